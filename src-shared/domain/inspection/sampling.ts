import type * as z from 'zod';
import { rateOf, roomFigures, type Rate, type RoomFigures } from '../room-check/room-figures.ts';
import type { RoomCheck } from '../room-check/room-check.ts';
import type { Sampling } from './inspection.ts';

/** How much of the building was looked at. The draw of *which unit* is checked is the server's; rooms are picked on site by a named person. */
export type SamplingReport = {
  readonly method: z.infer<typeof Sampling>['method'] | null;
  readonly by: string;
  /** Rooms with an outcome, of the rooms the unit has. */
  readonly visited: Rate;
  readonly floors: readonly FloorFigures[];
};

export type FloorFigures = { readonly floor: string; readonly figures: RoomFigures };

export function samplingReport(sampling: z.infer<typeof Sampling> | null, totalRooms: number | null, rooms: readonly RoomCheck[]): SamplingReport {
  const visited = rooms.filter((room) => room.outcome !== null).length;
  return { method: sampling?.method ?? null, by: sampling?.by ?? '', visited: rateOf(visited, totalRooms ?? 0), floors: figuresByFloor(rooms) };
}

/** Figures floor by floor, floors in the order in which the rooms stand on the desk. */
export function figuresByFloor(rooms: readonly RoomCheck[]): readonly FloorFigures[] {
  const floors = new Map<string, RoomCheck[]>();
  for (const room of rooms) {
    const held = floors.get(room.floor);
    if (held) held.push(room);
    else floors.set(room.floor, [room]);
  }
  return [...floors].map(([floor, held]) => ({ floor, figures: roomFigures(held) }));
}
