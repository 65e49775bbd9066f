import { shanghaiTimeOfDay, instantInShanghai } from '../../kit/shanghai-time.ts';
import { done, failed, type Outcome } from '../../kit/outcome.ts';
import type { DateText, Instant, JsonValue } from '../../kit/values.ts';
import { parseCell } from './cell-input.ts';
import { roomColumn, type RoomColumnId } from './columns.ts';
import type { RoomCheck } from './room-check.ts';

/** What a cell's value needs from outside: rules own neither clock nor ids. */
export type CellStamp = {
  /** Time of a reading entered now; null for pasted and imported readings, whose time nobody knows. */
  readonly readAt: Instant | null;
  /** Time of an adjustment entered without its own time. */
  readonly now: Instant;
  /** Shanghai date that a typed `HH:MM` belongs to: the day of the inspection. */
  readonly today: DateText;
  /** A new id for a list item. */
  readonly newId: () => string;
};

/** New values of record fields, as `desk.draft({ recordType: 'roomCheck', recordId, values })` takes them. */
export type RoomValues = Readonly<Record<string, JsonValue>>;

/**
 * The fields that the text of one cell changes in `room`. Fields that stay as they are are left out, so an empty
 * object means nothing to save. Fails as `parseCell`, and with `incomplete` where a part needs its other part first.
 */
export function valuesOfCell(columnId: RoomColumnId, text: string, room: RoomCheck, stamp: CellStamp): Outcome<RoomValues> {
  const parsed = parseCell(columnId, text);
  if (!parsed.ok) return parsed;
  const value = parsed.value;
  switch (columnId) {
    case 'readings':
      return done(readingValues(value as readonly string[], room, stamp));
    case 'adjustedToC':
      return done(adjustedTo(value as string | null, room, stamp));
    case 'adjustedAt':
      return adjustedAt(value as string | null, room, stamp);
    case 'specialUse':
      return done(changed({ specialUse: value === '' ? null : { reason: value } }, room.specialUse?.reason === value || (value === '' && room.specialUse === null)));
    case 'approvedNeed':
      return done(approvedNeed(value as string, room.approvedNeed?.approvalDocument ?? null, room));
    case 'approvalDocument':
      return done(approvedNeed(room.approvedNeed?.reason ?? '', value === '' ? null : (value as string), room));
    default: {
      const field = roomColumn(columnId).field;
      return done(changed({ [field]: value }, room[field] === value));
    }
  }
}

function changed(values: RoomValues, same: boolean): RoomValues {
  return same ? {} : values;
}

/** Reading n of the text replaces reading n of the room; an unchanged one keeps its time, a missing one is removed. */
function readingValues(texts: readonly string[], room: RoomCheck, stamp: CellStamp): RoomValues {
  const values: Record<string, JsonValue> = {};
  let point = 0;
  for (const [index, valueC] of texts.entries()) {
    const held = room.readings[index];
    point = held?.point ?? point + 1;
    if (held?.valueC === valueC) continue;
    values[`readings/${held?.id ?? stamp.newId()}`] = { valueC, at: stamp.readAt, point };
  }
  for (const extra of room.readings.slice(texts.length)) values[`readings/${extra.id}`] = null;
  return values;
}

function adjustedTo(toC: string | null, room: RoomCheck, stamp: CellStamp): RoomValues {
  if (toC === null) return changed({ adjusted: null }, room.adjusted === null);
  return changed({ adjusted: { toC, at: room.adjusted?.at ?? stamp.now } }, room.adjusted?.toC === toC);
}

function adjustedAt(time: string | null, room: RoomCheck, stamp: CellStamp): Outcome<RoomValues> {
  if (room.adjusted === null) return time === null ? done({}) : failed('incomplete', { field: 'adjustedAt', needs: 'adjustedToC' });
  if (time === null || time === shanghaiTimeOfDay(room.adjusted.at)) return done({});
  return done({ adjusted: { toC: room.adjusted.toC, at: instantInShanghai(stamp.today, time) } });
}

function approvedNeed(reason: string, approvalDocument: string | null, room: RoomCheck): RoomValues {
  const next = reason === '' && approvalDocument === null ? null : { reason, approvalDocument };
  const held = room.approvedNeed;
  return changed({ approvedNeed: next }, held?.reason === next?.reason && (held?.approvalDocument ?? null) === (next?.approvalDocument ?? null) && (held === null) === (next === null));
}
