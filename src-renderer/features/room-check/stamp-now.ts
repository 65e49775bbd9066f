import type { RoomCheck } from '#shared/domain/room-check/room-check.ts';
import type { Instant } from '#shared/kit/values.ts';
import type { Fields } from './room-records.ts';

/** Ctrl+;: the time now for readings that have none, or for the adjustment. Null where a cell knows no time. */
export function stampedNow(column: string, room: RoomCheck | null, now: Instant): Fields | null {
  if (!room) return null;
  if (column === 'readings') {
    const timeless = room.readings.filter((reading) => reading.at === null);
    if (timeless.length === 0) return null;
    return Object.fromEntries(timeless.map(({ id, valueC, point }) => [`readings/${id}`, { valueC, at: now, point }]));
  }
  if ((column === 'adjustedAt' || column === 'adjustedToC') && room.adjusted) return { adjusted: { toC: room.adjusted.toC, at: now } };
  return null;
}
