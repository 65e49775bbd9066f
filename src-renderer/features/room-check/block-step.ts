import type { RoomColumnId } from '#shared/domain/room-check/columns.ts';
import type { CellText } from '../../ui/grid/grid-types.ts';
import { entryOfCell } from './cell-entry.ts';
import type { Fields } from './room-records.ts';
import { emptyValue, roomOf, type Refused } from './room-row.ts';
import type { RefusalEdit, RoomEdit, RoomStep } from './room-undo.ts';
import type { TypingTools } from './typing-session.ts';

type BlockTools = TypingTools & {
  /** Values of a room; undefined for one that does not exist yet. */
  fields(id: string): Fields | undefined;
  refused(id: string, column: RoomColumnId): Refused | null;
};

/**
 * What a block of texts writes, room by room: accepted values together as one step, refused texts as marks in their
 * cells. Pasted readings carry no time: nobody knows when they were taken.
 */
export function blockStep(cells: readonly CellText[], tools: BlockTools): RoomStep {
  const refusals: RefusalEdit[] = [];
  const edits: RoomEdit[] = [];
  const byRoom = new Map<string, CellText[]>();
  for (const cell of cells) {
    const held = byRoom.get(cell.rowId);
    if (held) held.push(cell);
    else byRoom.set(cell.rowId, [cell]);
  }
  const now = tools.clock();
  for (const [id, texts] of byRoom) {
    const existing = tools.fields(id);
    const fields = existing ?? {};
    let after: Fields = {};
    for (const { column: name, text } of texts) {
      const column = name as RoomColumnId;
      const entry = entryOfCell(column, text, roomOf(id, { ...fields, ...after }), { readAt: null, now, today: tools.today, newId: tools.newId });
      after = { ...after, ...entry.values };
      const before = tools.refused(id, column);
      if (before || entry.problem) refusals.push({ id, column, before, after: entry.problem ? { text, problem: entry.problem } : null });
    }
    // A new row of nothing but refused texts still has to be there to show them.
    if (!existing && Object.keys(after).length === 0 && refusals.some((refusal) => refusal.id === id)) after = { room: '' };
    const before = Object.fromEntries(Object.keys(after).map((path) => [path, fields[path] ?? emptyValue(path)]));
    edits.push({ id, before, after });
  }
  return { edits: edits.filter((edit) => Object.keys(edit.after).length > 0), refusals };
}
