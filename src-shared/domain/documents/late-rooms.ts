import { isLaterOfChain, type RecordState } from '../../sync/record-state.ts';
import type { InspectionLock } from '../inspection/inspection.ts';

/** A room that came, or changed, after 定稿: a supplement (补充) that a person accepts or rejects. */
export type LateRoom = {
  readonly recordId: string;
  readonly room: string;
  /** new: no part of what was locked. changed: covered, and somebody's later entry is kept aside; record: the inspection's own. */
  readonly what: 'new' | 'changed' | 'record';
  readonly changeIds: readonly string[];
  readonly decision: 'supplement-accepted' | 'supplement-rejected' | null;
};

/**
 * What arrived beyond the lock of an inspection (`records`: the inspection itself and its rooms), in the order of the room numbers. A decision holds for the changes it
 * names: whatever comes after it is open again.
 */
export function lateRooms(lock: InspectionLock, records: readonly RecordState[], amendments: readonly RecordState[]): readonly LateRoom[] {
  const covered = new Set(lock.covers.map((cover) => cover.recordId));
  return records
    .flatMap((record): LateRoom[] => {
      const isNew = !covered.has(record.recordId);
      const changeIds = isNew ? [...new Set(Object.values(record.by))].sort() : record.late.map((change) => change.id);
      if (changeIds.length === 0 || (isNew && record.fields['removed'] === true)) return [];
      return [{ recordId: record.recordId, room: roomName(record), what: record.recordType === 'inspection' ? 'record' : isNew ? 'new' : 'changed', changeIds, decision: decisionOn(record.recordId, changeIds, amendments) }];
    })
    .sort((a, b) => (a.room < b.room ? -1 : 1));
}

/** Rooms as they were locked: what papers made after 定稿 print. */
export function lockedRooms(lock: InspectionLock, rooms: readonly RecordState[]): readonly RecordState[] {
  const covered = new Set(lock.covers.map((cover) => cover.recordId));
  return rooms.filter((record) => covered.has(record.recordId));
}

/**
 * Rooms that figures, cases and hand-overs go by: before 定稿 all that are there, after it those it covers, as they were locked,
 * and new ones that a person accepted as a supplement. What nobody decided on, or somebody rejected, is no finding.
 */
export function roomsThatCount(lock: InspectionLock | null, rooms: readonly RecordState[], amendments: readonly RecordState[]): readonly RecordState[] {
  const present = rooms.filter((record) => record.fields['removed'] !== true);
  if (!lock) return present;
  const covered = new Set(lock.covers.map((cover) => cover.recordId));
  const accepted = new Set(lateRooms(lock, rooms, amendments).filter((late) => late.what === 'new' && late.decision === 'supplement-accepted').map((late) => late.recordId));
  return present.filter(({ recordId }) => covered.has(recordId) || accepted.has(recordId));
}

function roomName(record: RecordState): string {
  const late = record.late.flatMap((change) => (change.patch['room'] ? [String(change.patch['room'].to)] : []));
  return String(record.fields['room'] ?? late.at(-1) ?? '');
}

/**
 * The decision on exactly these late changes, or on more. No clock orders decisions: of one chain the later place counts; of two people
 * who decided without seeing each other the one who rejects, since nothing goes on paper that a colleague turned down.
 */
export function decisionRecord(recordId: string, changeIds: readonly string[], amendments: readonly RecordState[]): RecordState | null {
  const all = amendments
    .filter(({ fields }) => fields['targetRecordId'] === recordId && fields['decision'] !== 'corrected')
    .filter(({ fields }) => changeIds.every((id) => ((fields['lateChangeIds'] ?? []) as readonly string[]).includes(id)));
  const latest = all.filter((one) => !all.some((other) => isLaterOfChain(other, one))).sort((a, b) => (a.recordId < b.recordId ? -1 : 1));
  return latest.find(({ fields }) => fields['decision'] === 'supplement-rejected') ?? latest[0] ?? null;
}

function decisionOn(recordId: string, changeIds: readonly string[], amendments: readonly RecordState[]): LateRoom['decision'] {
  return (decisionRecord(recordId, changeIds, amendments)?.fields['decision'] ?? null) as LateRoom['decision'];
}
