import type { RoomCheck } from '#shared/domain/room-check/room-check.ts';
import type { Instant } from '#shared/kit/values.ts';
import type { Fields } from './room-records.ts';

/** One more reading at the next point. It says that the room was checked where nobody has said anything yet. */
export function addedReading(room: RoomCheck, valueC: string, at: Instant | null, id: string): Fields {
  const point = Math.min(50, 1 + room.readings.reduce((most, reading) => Math.max(most, reading.point), 0));
  return { [`readings/${id}`]: { valueC, at, point }, ...impliedOutcome(room) };
}

/** Who reads a panel or takes a reading was in the room. */
export function impliedOutcome(room: RoomCheck): Fields {
  return room.outcome === null ? { outcome: 'checked' } : {};
}
