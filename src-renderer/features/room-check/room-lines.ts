import type { GridLine } from '../../ui/grid/grid-types.ts';
import type { RoomRow } from './room-row.ts';

export type FloorCounts = { readonly floor: string; readonly rooms: number; readonly done: number; readonly exceeding: number; readonly toVerify: number };

/**
 * Rooms in the order of the walk, a heading over each floor. Floors come in the order in which their first room does, so
 * that a walk down the building stays a walk down the building.
 */
export function roomLines(rows: readonly RoomRow[], newRowId: string): readonly GridLine[] {
  const sorted = [...rows].sort((a, b) => a.room.order - b.room.order || (a.id < b.id ? -1 : 1));
  const floors = new Map<string, RoomRow[]>();
  for (const row of sorted) {
    const same = floors.get(row.room.floor);
    if (same) same.push(row);
    else floors.set(row.room.floor, [row]);
  }
  const lines: GridLine[] = [];
  for (const [floor, members] of floors) {
    lines.push({ kind: 'group', id: groupId(floor) });
    for (const row of members) lines.push({ kind: 'row', id: row.id });
  }
  lines.push({ kind: 'new', id: newRowId });
  return lines;
}

export function groupId(floor: string): string {
  return `floor:${floor}`;
}

export function floorOfGroup(id: string): string {
  return id.slice('floor:'.length);
}
