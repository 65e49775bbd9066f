import { roomFigures } from '#shared/domain/room-check/room-figures.ts';
import { groupId } from './room-lines.ts';
import type { RoomRow } from './room-row.ts';

export type Counts = { readonly rooms: number; readonly done: number; readonly exceeding: number; readonly toVerify: number; readonly leads: number };
export type RoomCounts = Counts & {
  /** Cells whose text was not taken. */
  readonly refused: number;
  /** Rooms with something to settle: two values, or a change after the lock. */
  readonly unsettled: number;
  /** By id of the group line. */
  readonly floors: Readonly<Record<string, Counts>>;
};

const none: Counts = { rooms: 0, done: 0, exceeding: 0, toVerify: 0, leads: 0 };

/** A row's share, computed once a row object: counting a thousand rows after a key must cost nothing. */
const shares = new WeakMap<RoomRow, Counts>();

export function countRooms(rows: readonly RoomRow[]): RoomCounts {
  const floors: Record<string, Counts> = {};
  let all = none;
  let refused = 0;
  let unsettled = 0;
  for (const row of rows) {
    const share = shareOf(row);
    const group = groupId(row.room.floor);
    floors[group] = add(floors[group] ?? none, share);
    all = add(all, share);
    refused += Object.keys(row.refused).length;
    if (row.conflicts + row.late > 0) unsettled += 1;
  }
  return { ...all, refused, unsettled, floors };
}

function shareOf(row: RoomRow): Counts {
  const held = shares.get(row);
  if (held) return held;
  const figures = roomFigures([row.room]);
  const share = { rooms: 1, done: figures.done, exceeding: figures.exceeding, toVerify: figures.toVerify, leads: figures.leads };
  shares.set(row, share);
  return share;
}

function add(left: Counts, right: Counts): Counts {
  return {
    rooms: left.rooms + right.rooms, done: left.done + right.done, exceeding: left.exceeding + right.exceeding,
    toVerify: left.toVerify + right.toVerify, leads: left.leads + right.leads,
  };
}
