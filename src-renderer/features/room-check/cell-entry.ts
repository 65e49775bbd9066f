import { valuesOfCell, type CellStamp } from '#shared/domain/room-check/cell-values.ts';
import type { RoomColumnId } from '#shared/domain/room-check/columns.ts';
import type { RoomCheck } from '#shared/domain/room-check/room-check.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { Fields } from './room-records.ts';

export type Entry = { readonly values: Fields; readonly problem: Problem | null };

/** Columns whose value can only come from having been in the room. */
const seenInside: ReadonlySet<RoomColumnId> = new Set(['setTemperatureC', 'readings', 'adjustedToC', 'openings', 'occupied', 'mode']);

/**
 * What the text of one cell writes. A setting or a reading says that the room was checked, so a room without an outcome
 * gets it; a room that could not be entered keeps what it has.
 */
export function entryOfCell(column: RoomColumnId, text: string, room: RoomCheck, stamp: CellStamp): Entry {
  const read = valuesOfCell(column, text, room, stamp);
  if (!read.ok) return { values: {}, problem: read.problem };
  const implied = room.outcome === null && seenInside.has(column) && Object.values(read.value).some((value) => value !== null);
  return { values: implied ? { ...read.value, outcome: 'checked' } : read.value, problem: null };
}

/** Readings that stay as they were a key ago keep the time of that key: each reading has its own. */
export function keepTimes(values: Fields, before: Fields): Fields {
  const kept = Object.entries(values).map(([path, value]): [string, JsonValue] => {
    const earlier = before[path];
    return [path, path.startsWith('readings/') && isReading(value) && isReading(earlier) && earlier.valueC === value.valueC ? earlier : value];
  });
  return Object.fromEntries(kept);
}

function isReading(value: JsonValue | undefined): value is { readonly valueC: string; readonly [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && 'valueC' in value;
}

/** Ids that stay the same while one cell is being typed: the first new reading keeps its id from key to key. */
export function stableIds(newId: () => string): { readonly restart: () => void; readonly next: () => string } {
  const ids: string[] = [];
  let used = 0;
  return {
    restart: () => {
      used = 0;
    },
    next() {
      used += 1;
      const held = ids[used - 1];
      if (held !== undefined) return held;
      const made = newId();
      ids.push(made);
      return made;
    },
  };
}
