import type { JsonValue } from '#shared/kit/values.ts';
import { changedValues, type RecordState } from '#shared/sync/record-state.ts';

/** What the dialog changed of the record it was opened over, as the `over` of the office's acts; nothing for a new record. */
export function changedSince(record: RecordState | null, values: Readonly<Record<string, JsonValue>>): { readonly over?: Record<string, string | null> } {
  // No key at all: what crosses the bridge is JSON, which knows no `undefined`.
  if (!record) return {};
  return { over: Object.fromEntries(Object.keys(changedValues(record, values)).map((field) => [field, record.by[field] ?? null])) };
}
