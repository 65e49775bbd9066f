import { roomColumnIds, type RoomColumnId } from '#shared/domain/room-check/columns.ts';
import { parsePaste } from '#shared/domain/room-check/parse-paste.ts';
import type { CellText } from '../../ui/grid/grid-types.ts';
import { roomKey } from './floor-of-room.ts';
import type { RoomRow } from './room-row.ts';

/**
 * A table from the clipboard whose first line names columns: each line goes to the room it names, or becomes a room.
 * Null for any other text: then cells go where they are pasted.
 */
export function readClipboardRooms(
  text: string,
  rowIds: readonly string[],
  firstColumn: string,
  rooms: { roomIndex(): ReadonlyMap<string, RoomRow>; newId(): string },
): readonly CellText[] | null {
  if (!(roomColumnIds as readonly string[]).includes(firstColumn)) return null;
  const read = parsePaste(text, firstColumn as RoomColumnId);
  if (!read.ok || read.value.header === null) return null;
  const { rows, bad } = read.value;
  const ids = new Map([...rooms.roomIndex()].map(([key, row]) => [key, row.id]));
  return rows.flatMap(({ line, cells }, at) => {
    const refused = bad.filter((cell) => cell.line === line);
    const number = cells.find((cell) => cell.column === 'room')?.text ?? null;
    const rowId = number === null ? (rowIds[at] ?? rooms.newId()) : roomIdFor(number, ids, rooms.newId);
    return [...cells, ...refused].map(({ column, text: cell }) => ({ rowId, column, text: cell }));
  });
}

function roomIdFor(number: string, ids: Map<string, string>, newId: () => string): string {
  const key = roomKey(number);
  const id = ids.get(key) ?? newId();
  ids.set(key, id);
  return id;
}
