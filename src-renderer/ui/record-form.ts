import { useEffect, useMemo, useRef } from 'react';
import type { RecordTypeName } from '#shared/domain/records.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk } from '../store/desk-context.tsx';

export type RecordForm = {
  readonly record: RecordState;
  /** As typed a moment ago, else as stored; null when never set. */
  current(path: string): JsonValue;
  text(path: string): string;
  /** Kept by the desk and journaled after its rest. */
  put(path: string, value: JsonValue): void;
  /** One part of a value made of several; `usual` stands in for a value never set. */
  putPart(path: string, part: string, value: JsonValue, usual: Readonly<Record<string, JsonValue>>): void;
  /** Journals now: for `onBlur`. */
  readonly leave: () => void;
};

/**
 * The fields of one record as a form. A value made of parts (name, post, telephone) is one field of the record, so what was
 * typed into one part must be known while the next is typed, before the journal has it.
 */
export function useRecordForm(record: RecordState): RecordForm {
  const desk = useDesk();
  const pending = useRef(new Map<string, JsonValue>());
  useEffect(() => {
    const saved = desk.saveState().kind === 'saved';
    for (const [path, value] of pending.current) if (saved || same(record.fields[path], value)) pending.current.delete(path);
  }, [desk, record]);
  return useMemo(() => {
    const current = (path: string): JsonValue => pending.current.get(path) ?? record.fields[path] ?? null;
    const put = (path: string, value: JsonValue): void => {
      pending.current.set(path, value);
      desk.draft({ recordType: record.recordType as RecordTypeName, recordId: record.recordId, values: { [path]: value } });
    };
    return {
      record,
      current,
      put,
      text: (path) => String(record.fields[path] ?? ''),
      putPart: (path, part, value, usual) => put(path, { ...usual, ...(current(path) as Record<string, JsonValue> | null), [part]: value }),
      leave: () => void desk.flush(),
    };
  }, [desk, record]);
}

function same(left: JsonValue | undefined, right: JsonValue): boolean {
  return JSON.stringify(left ?? null) === JSON.stringify(right);
}
