import { roomColumn, type RoomColumn, type RoomColumnId } from '#shared/domain/room-check/columns.ts';
import { formatCell } from '#shared/domain/room-check/cell-input.ts';
import type { RoomCheck } from '#shared/domain/room-check/room-check.ts';

/** What is asked in a room, in the order of looking around: door, panel, thermometer, windows. */
export const walkFields: readonly RoomColumnId[] = ['outcome', 'mode', 'setTemperatureC', 'setReadBy', 'readings', 'openings', 'occupied', 'adjustedToC'];

export function walkColumn(at: number): RoomColumn {
  return roomColumn(walkFields[at] ?? 'outcome');
}

/** Where Enter leads: past what a room that was not entered, or a machine that is off, has no answer for. */
export function nextField(at: number, room: RoomCheck): number | null {
  for (let next = at + 1; next < walkFields.length; next += 1) if (asks(walkFields[next], room)) return next;
  return null;
}

export function previousField(at: number, room: RoomCheck): number | null {
  for (let next = at - 1; next >= 0; next -= 1) if (asks(walkFields[next], room)) return next;
  return null;
}

function asks(field: RoomColumnId | undefined, room: RoomCheck): boolean {
  if (field === 'outcome' || field === undefined) return true;
  if (room.outcome !== null && room.outcome !== 'checked') return false;
  if (field === 'setTemperatureC' || field === 'setReadBy' || field === 'adjustedToC') return room.mode !== 'fan' && room.mode !== 'off';
  return true;
}

/** The text a field starts from. Readings start empty: what is typed there is one more. */
export function startText(field: RoomColumnId, room: RoomCheck): string {
  return field === 'readings' ? '' : formatCell(field, room);
}

/** The text of the whole cell for what is typed in a field of the walk. */
export function cellText(field: RoomColumnId, typed: string, readBefore: string): string {
  return field === 'readings' ? `${readBefore} ${typed}`.trim() : typed;
}
