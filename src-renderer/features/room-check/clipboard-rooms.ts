import { roomColumnIds, type RoomColumnId } from '#shared/domain/room-check/columns.ts';
import { parsePaste } from '#shared/domain/room-check/parse-paste.ts';
import type { CellText } from '../../ui/grid/grid-types.ts';
import type { RoomRow } from './room-row.ts';

/**
 * A table from the clipboard whose first line names columns: each line goes to the room it names, or becomes a room.
 * Null for any other text: then cells go where they are pasted.
 */
export function readClipboardRooms(
  text: string,
  rowIds: readonly string[],
  firstColumn: string,
  rooms: { findRoom(number: string): RoomRow | null; newId(): string },
): readonly CellText[] | null {
  if (!(roomColumnIds as readonly string[]).includes(firstColumn)) return null;
  const read = parsePaste(text, firstColumn as RoomColumnId);
  if (!read.ok || read.value.header === null) return null;
  const { rows, bad } = read.value;
  const made = new Map<string, string>();
  return rows.flatMap(({ line, cells }, at) => {
    const refused = bad.filter((cell) => cell.line === line);
    const number = cells.find((cell) => cell.column === 'room')?.text ?? null;
    const rowId = number === null ? (rowIds[at] ?? rooms.newId()) : roomIdFor(number, rooms, made);
    return [...cells, ...refused].map(({ column, text: cell }) => ({ rowId, column, text: cell }));
  });
}

function roomIdFor(number: string, rooms: { findRoom(number: string): RoomRow | null; newId(): string }, made: Map<string, string>): string {
  const held = rooms.findRoom(number)?.id ?? made.get(number);
  if (held !== undefined) return held;
  const id = rooms.newId();
  made.set(number, id);
  return id;
}
