import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RecordTypeName } from '#shared/domain/records.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk } from '../store/desk-context.tsx';
import { useSeenRecord } from './seen-record.ts';

export type RecordForm = {
  /** The record with what was typed or ticked a moment ago in the place of what is stored. */
  readonly record: RecordState;
  /** As typed a moment ago, else as stored; null when never set. */
  current(path: string): JsonValue;
  text(path: string): string;
  /** Kept by the desk and journaled after its rest. */
  put(path: string, value: JsonValue): void;
  /** One part of a value made of several; `usual` stands in for a value never set. */
  putPart(path: string, part: string, value: JsonValue, usual: Readonly<Record<string, JsonValue>>): void;
  /** Journals now, and ends a typing: for `onBlur`. */
  readonly leave: () => void;
};

/**
 * The fields of one record as a form. What was put shows at once and is what the next change builds on: a second tick comes
 * before the journal has the first, and name, post and telephone are parts of one field.
 */
export function useRecordForm(record: RecordState): RecordForm {
  const desk = useDesk();
  const [typed, setTyped] = useState<Typed>(nothingTyped);
  // What the next key builds on, also before the last one is drawn.
  const latest = useRef(typed);
  const keep = useCallback((next: Typed): void => {
    latest.current = next;
    setTyped(next);
  }, []);
  useEffect(() => {
    const saved = desk.saveState().kind === 'saved';
    const left = [...latest.current].filter(([path, value]) => !saved && !same(record.fields[path], value));
    if (left.length < latest.current.size) keep(new Map(left));
  }, [desk, keep, record]);
  const seen = useSeenRecord();
  return useMemo(() => {
    const shown = withTyped(record, typed);
    const current = (path: string): JsonValue => (latest.current.has(path) ? latest.current.get(path) : record.fields[path]) ?? null;
    const put = (path: string, value: JsonValue): void => {
      keep(new Map(latest.current).set(path, value));
      desk.draft({ recordType: record.recordType as RecordTypeName, recordId: record.recordId, values: { [path]: value }, over: seen.at(record) });
    };
    return {
      record: shown,
      current,
      put,
      text: (path) => String(shown.fields[path] ?? ''),
      putPart: (path, part, value, usual) => put(path, { ...usual, ...(current(path) as Record<string, JsonValue> | null), [part]: value }),
      leave() {
        seen.leave();
        void desk.flush();
      },
    };
  }, [desk, keep, record, seen, typed]);
}

type Typed = ReadonlyMap<string, JsonValue>;
const nothingTyped: Typed = new Map();

/** A list item that was taken out is gone, not empty. */
function withTyped(record: RecordState, typed: Typed): RecordState {
  if (typed.size === 0) return record;
  const fields = { ...record.fields };
  for (const [path, value] of typed) {
    if (value === null && path.includes('/')) delete fields[path];
    else fields[path] = value;
  }
  return { ...record, fields };
}

function same(left: JsonValue | undefined, right: JsonValue): boolean {
  return JSON.stringify(left ?? null) === JSON.stringify(right);
}
