import type { JsonValue } from '#shared/kit/values.ts';
import { changedValues, type RecordState } from '#shared/sync/record-state.ts';

/** What the dialog changed of the record it was opened over, for `over` of the office's acts; undefined for a new record. */
export function changedSince(record: RecordState | null, values: Readonly<Record<string, JsonValue>>): Record<string, string | null> | undefined {
  if (!record) return undefined;
  return Object.fromEntries(Object.keys(changedValues(record, values)).map((field) => [field, record.by[field] ?? null]));
}
