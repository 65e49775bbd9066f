import type { HashText } from '../../journal/change-id.ts';
import { shanghaiDate } from '../../kit/shanghai-time.ts';
import type { Instant, Uuid } from '../../kit/values.ts';
import { conflictsToSettle, type RecordState } from '../../sync/record-state.ts';
import { readRoomCheck } from '../room-check/read-room-check.ts';
import type { RoomCheck } from '../room-check/room-check.ts';
import type { InspectionLock } from './inspection.ts';
import { contentHash } from './lock-check.ts';
import type { PrintedFacts } from './printed-facts.ts';
import { readInspection, type Inspection, type PersonToSign } from './read-inspection.ts';
import { signingRequirements, type SigningGap } from './signing-requirements.ts';

/** `blocks`: 定稿 has to wait. `warns`: shown, a person decides. `roomCheckIds`: which rooms it is about. */
export type ConcludingGap = {
  readonly level: 'blocks' | 'warns';
  readonly code: ConcludingGapCode;
  readonly roomCheckIds: readonly Uuid[];
  /** Set for code `signing`. */
  readonly signing?: SigningGap;
};

export type ConcludingGapCode =
  | 'already-locked' | 'not-lead-officer' | 'signing' | 'conflicts' | 'started-missing' | 'ended-missing' | 'ended-before-started'
  | 'no-rooms' | 'room-without-number' | 'room-without-outcome' | 'same-room-twice' | 'mode-missing' | 'setting-missing' | 'claim-without-reason'
  | 'accompanying-missing' | 'place-missing' | 'sampling-missing' | 'fewer-rooms-than-checked' | 'instrument-missing' | 'instrument-expired';

export type ToConclude = {
  readonly inspection: RecordState;
  readonly rooms: readonly RecordState[];
  readonly people: ReadonlyMap<Uuid, PersonToSign>;
  readonly officerId: Uuid;
  readonly now: Instant;
};

/**
 * What stands between an inspection and its 定稿锁定. What signing needs blocks too: a locked record takes no more entries, so an
 * unasked recusal could never be written down afterwards. An inspection that was refused (拒绝检查) needs no rooms.
 */
export function concludingGaps(input: ToConclude): readonly ConcludingGap[] {
  const inspection = readInspection(input.inspection);
  const states = input.rooms.filter((room) => room.fields['removed'] !== true);
  const rooms = states.map(readRoomCheck);
  const { gaps: signingGaps, maySign } = signingRequirements(inspection, input.people, input.now);
  const gaps: ConcludingGap[] = [];
  const add = (level: ConcludingGap['level'], code: ConcludingGapCode, found: boolean | readonly RoomCheck[]): void => {
    if (found === true) gaps.push({ level, code, roomCheckIds: [] });
    else if (found !== false && found.length > 0) gaps.push({ level, code, roomCheckIds: found.map((room) => room.id) });
  };
  add('blocks', 'already-locked', inspection.lock !== null);
  add('blocks', 'not-lead-officer', inspection.leadOfficerId !== input.officerId);
  for (const signing of signingGaps) gaps.push({ level: signing.code === 'officer-does-not-count' && maySign ? 'warns' : 'blocks', code: 'signing', roomCheckIds: [], signing });
  const conflicting = [input.inspection, ...states].filter((state) => conflictsToSettle(state).length > 0);
  if (conflicting.length > 0) gaps.push({ level: 'blocks', code: 'conflicts', roomCheckIds: conflicting.map((state) => state.recordId) });
  add('blocks', 'started-missing', inspection.startedAt === null);
  add('blocks', 'ended-missing', inspection.endedAt === null);
  add('blocks', 'ended-before-started', inspection.startedAt !== null && inspection.endedAt !== null && inspection.endedAt < inspection.startedAt);
  addRoomGaps(inspection, rooms, add);
  addSurroundingGaps(inspection, rooms, add);
  return gaps;
}

type Add = (level: ConcludingGap['level'], code: ConcludingGapCode, found: boolean | readonly RoomCheck[]) => void;

function addRoomGaps(inspection: Inspection, rooms: readonly RoomCheck[], add: Add): void {
  const checked = rooms.filter((room) => room.outcome === 'checked');
  const running = checked.filter((room) => room.mode === 'cooling' || room.mode === 'heating');
  add('blocks', 'no-rooms', rooms.length === 0 && inspection.inspectionRefused === null);
  add('blocks', 'room-without-number', rooms.filter((room) => room.room.trim() === ''));
  add('blocks', 'room-without-outcome', rooms.filter((room) => room.outcome === null));
  add('blocks', 'mode-missing', checked.filter((room) => room.mode === null));
  add('blocks', 'setting-missing', running.filter((room) => room.setTemperatureC === null && room.setReadBy !== 'not-readable'));
  const numbers = new Map<string, number>();
  for (const room of rooms) numbers.set(room.room, (numbers.get(room.room) ?? 0) + 1);
  add('warns', 'same-room-twice', rooms.filter((room) => room.room.trim() !== '' && (numbers.get(room.room) ?? 0) > 1));
  add('warns', 'claim-without-reason', rooms.filter((room) => room.specialUse?.reason.trim() === '' || room.approvedNeed?.reason.trim() === ''));
}

function addSurroundingGaps(inspection: Inspection, rooms: readonly RoomCheck[], add: Add): void {
  const day = inspection.startedAt === null ? null : shanghaiDate(inspection.startedAt);
  const hasReadings = rooms.some((room) => room.readings.length > 0);
  add('warns', 'accompanying-missing', inspection.accompanying === null || inspection.accompanying.name.trim() === '');
  add('warns', 'place-missing', inspection.place.trim() === '');
  add('warns', 'sampling-missing', inspection.sampling === null || inspection.sampling.by.trim() === '' || inspection.totalRooms === null);
  add('warns', 'fewer-rooms-than-checked', inspection.totalRooms !== null && inspection.totalRooms < rooms.length);
  add('warns', 'instrument-missing', hasReadings && inspection.instruments.length === 0);
  add('warns', 'instrument-expired', day !== null && inspection.instruments.some((each) => each.validUntil !== null && each.validUntil < day));
}

export function mayConclude(gaps: readonly ConcludingGap[]): boolean {
  return gaps.every((gap) => gap.level === 'warns');
}

export type Locking = { readonly lockedAt: Instant; readonly lockedBy: Uuid; readonly hashText: HashText; readonly printed?: PrintedFacts };

/**
 * The lock of an inspection: what the lead officer's desk shows, by content hash, how far it had read each chain, and what papers
 * print of people and organs. Removed rooms are covered too, so that nothing comes back into a locked record. The inspection itself is first.
 */
export function lockOf(inspection: RecordState, rooms: readonly RecordState[], { lockedAt, lockedBy, hashText, printed }: Locking): InspectionLock {
  const records = [inspection, ...[...rooms].sort((a, b) => (a.recordId < b.recordId ? -1 : 1))];
  const seen: Record<string, number> = {};
  for (const record of records) {
    for (const [chainId, seq] of Object.entries(record.through)) seen[chainId] = Math.max(seq, seen[chainId] ?? 0);
  }
  return {
    lockedAt, lockedBy, seen,
    covers: records.map((record) => ({ recordId: record.recordId, contentHash: contentHash(record, hashText, record === inspection ? printed : undefined) })),
    ...(printed ? { printed } : {}),
  };
}
