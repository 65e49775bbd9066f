import { isLead, measuredVerdict, type MeasuredVerdict } from '#shared/domain/room-check/measured-verdict.ts';
import type { RoomColumnId } from '#shared/domain/room-check/columns.ts';
import { readRoomCheck } from '#shared/domain/room-check/read-room-check.ts';
import type { RoomCheck } from '#shared/domain/room-check/room-check.ts';
import { settingVerdict } from '#shared/domain/room-check/setting-verdict.ts';
import type { Verdict } from '#shared/domain/room-check/verdict.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { RecordState } from '#shared/sync/record-state.ts';

/** Text that a cell did not take, kept in view with its reason. It is never stored. */
export type Refused = { readonly text: string; readonly problem: Problem };
export type RefusedCells = Readonly<Partial<Record<RoomColumnId, Refused>>>;

/** A room as the grid shows it: what is known with what is being typed, and both verdicts on that. */
export type RoomRow = {
  readonly id: string;
  /** The empty row at the end, no record yet. */
  readonly isNew: boolean;
  readonly room: RoomCheck;
  readonly setting: Verdict;
  readonly measured: MeasuredVerdict;
  readonly lead: boolean;
  readonly refused: RefusedCells;
  /** Fields on which two people differ, and changes that came after the lock: both wait for a person. */
  readonly conflicts: number;
  readonly late: number;
};

export type RowParts = {
  readonly id: string;
  readonly isNew: boolean;
  /** Null for a row that has no record yet. */
  readonly state: RecordState | null;
  readonly fields: Readonly<Record<string, JsonValue>>;
  readonly refused: RefusedCells;
  readonly instrumentErrorC: string | null;
};

export const nothingRefused: RefusedCells = {};

export function roomRow({ id, isNew, state, fields, refused, instrumentErrorC }: RowParts): RoomRow {
  const room = roomOf(id, fields);
  const setting = settingVerdict(room);
  const measured = measuredVerdict(room, instrumentErrorC);
  return {
    id, isNew, room, setting, measured, refused,
    lead: isLead(setting, measured),
    conflicts: Object.keys(state?.conflicts ?? {}).length,
    late: state?.late.length ?? 0,
  };
}

/** A room out of field values, whether they are stored yet or not. */
export function roomOf(id: string, fields: Readonly<Record<string, JsonValue>>): RoomCheck {
  return readRoomCheck({ ...bareRecord, recordId: id, fields });
}

const bareRecord: Omit<RecordState, 'recordId' | 'fields'> = {
  recordType: 'roomCheck', officeId: '', createdBy: '', by: {}, conflicts: {}, awaited: {}, through: {}, lockedThrough: null, late: [],
};

/** What a field holds that nobody has set: nothing, never 0. */
export function emptyValue(path: string): JsonValue {
  if (path === 'room' || path === 'floor' || path === 'use' || path === 'remarks') return '';
  return path === 'removed' ? false : path === 'order' ? 0 : null;
}
