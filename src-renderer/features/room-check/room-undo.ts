import type { RoomColumnId } from '#shared/domain/room-check/columns.ts';
import type { Fields } from './room-records.ts';
import type { Refused } from './room-row.ts';

/** One room's part in a step: values before and after, by field. */
export type RoomEdit = { readonly id: string; readonly before: Fields; readonly after: Fields };
export type RefusalEdit = { readonly id: string; readonly column: RoomColumnId; readonly before: Refused | null; readonly after: Refused | null };

/** What one Ctrl+Z takes back: values, added rooms (by `removed`), and texts that were not taken. */
export type RoomStep = { readonly edits: readonly RoomEdit[]; readonly refusals: readonly RefusalEdit[] };

export function isEmptyStep(step: RoomStep): boolean {
  return step.refusals.length === 0 && step.edits.every((edit) => Object.keys(edit.after).length === 0);
}
