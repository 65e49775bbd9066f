import { fieldSchema } from '#shared/domain/records.ts';
import type { FieldPatch, NewChange } from '#shared/journal/change.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { changedValues, headIds, patchOver, patchOverSeen, type RecordState } from '#shared/sync/record-state.ts';
import type { Edit } from './desk.ts';

export type Seen = {
  /** Ids of the changes a field showed when it was typed in; null: nothing came in between. */
  readonly at: (recordId: string, path: string) => readonly string[] | null;
  /** Written at this desk in this session: the person knows it, on whatever screen it was. */
  readonly isOwn: (changeId: string) => boolean;
};

/**
 * Turns edits into changes over what their author saw, while `now` is what the desk holds. A value its field can not hold is
 * named and nothing is written; what changes nothing is left out.
 */
export function newChanges(edits: readonly Edit[], now: ReadonlyMap<string, RecordState>, seen: Seen): Outcome<readonly NewChange[]> {
  const merged = new Map<string, Edit>();
  for (const edit of edits) {
    const earlier = merged.get(edit.recordId);
    merged.set(edit.recordId, earlier ? { ...earlier, ...edit, values: { ...earlier.values, ...edit.values } } : edit);
  }
  const changes: NewChange[] = [];
  for (const edit of merged.values()) {
    const { recordType, recordId, kind, over } = edit;
    const flaw = valueFlaw(edit);
    if (flaw) return flaw;
    const state = now.get(recordId) ?? null;
    const values = over ? changedValues(over, edit.values) : edit.values;
    if (over && Object.keys(values).length === 0) continue;
    const patch: Record<string, FieldPatch> = patchOver(state, values);
    for (const [path, to] of Object.entries(values)) {
      const shown = over === undefined ? seen.at(recordId, path) : headIds(over, path);
      if (shown) patch[path] = patchOverSeen(state, path, to, shown, seen.isOwn);
    }
    changes.push({ recordType, recordId, kind: kind ?? (state ? 'edit' : 'create'), patch });
  }
  return done(changes);
}

function valueFlaw({ recordType, values }: Edit): Outcome<never> | null {
  for (const [path, value] of Object.entries(values)) {
    const schema = fieldSchema(recordType, path);
    if (!schema) return failed('invalid-input', { field: path });
    if (value === null && path.includes('/')) continue;
    if (!schema.safeParse(value).success) return failed(typeof value === 'string' && value.length > 2000 ? 'field-too-long' : 'invalid-input', { field: path });
  }
  return null;
}
