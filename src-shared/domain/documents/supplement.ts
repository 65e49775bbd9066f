import type { HashText } from '../../journal/change-id.ts';
import { withLateEntries, type RecordState } from '../../sync/record-state.ts';
import { lockIdOf } from '../inspection/lock-id.ts';
import type { InspectionLock } from '../inspection/inspection.ts';
import { contentHash } from '../inspection/lock-check.ts';
import type { SupplementOf } from './document.ts';
import { decisionRecord, lateRooms } from './late-rooms.ts';
import type { PaperRecord } from './read-document.ts';

/** A room that came, or was written on, after 定稿 and that a person accepted. */
export type AcceptedRoom = {
  readonly what: 'new' | 'changed';
  /** The room as accepted; of a covered one as locked, with the late entries over it. */
  readonly state: RecordState;
  readonly contentHash: string;
  readonly decision: { readonly by: string; readonly at: string; readonly reason: string };
};

/** What a 补充房间明细表 is made of. */
export type Supplement = {
  readonly of: SupplementOf;
  /** The 现场检查笔录, then the 房间明细表 if there is one. */
  readonly originals: readonly PaperRecord[];
  readonly lockedAt: string;
  readonly rooms: readonly AcceptedRoom[];
};

export type SupplementRecords = {
  readonly inspection: RecordState;
  /** Every room check that is here. */
  readonly rooms: readonly RecordState[];
  readonly amendments: readonly RecordState[];
  readonly papers: readonly PaperRecord[];
};

/**
 * The accepted rooms that stand on no valid supplement yet. Null: there are none, or there is no 现场检查笔录 that they could belong to.
 * Entries into the inspection itself are no room: they take a 补正.
 */
export function supplementDue(records: SupplementRecords, hashText: HashText): Supplement | null {
  const held = new Set(records.papers.filter((paper) => !paper.voided).flatMap((paper) => paper.supplement?.covers ?? []).map(keyOf));
  return supplementWith(records, acceptedRooms(records, hashText).filter((room) => !held.has(keyOf({ recordId: room.state.recordId, contentHash: room.contentHash }))));
}

/** The supplement that a numbered paper was begun with. Null when one of its rooms is no longer what it was, or its original was made void. */
export function supplementBegun(records: SupplementRecords, begun: SupplementOf, hashText: HashText): Supplement | null {
  const named = new Set(begun.covers.map(keyOf));
  const rooms = acceptedRooms(records, hashText).filter((room) => named.has(keyOf({ recordId: room.state.recordId, contentHash: room.contentHash })));
  const supplement = rooms.length === named.size ? supplementWith(records, rooms) : null;
  return supplement?.of.originalSha256 === begun.originalSha256 ? supplement : null;
}

function supplementWith({ inspection, papers }: SupplementRecords, rooms: readonly AcceptedRoom[]): Supplement | null {
  const lock = (inspection.fields['lock'] ?? null) as InspectionLock | null;
  const lockId = lockIdOf(inspection);
  const [original, list] = (['record-of-inspection', 'room-list'] as const).map((kind) => papers.find((paper) => paper.kind === kind && paper.pdf && !paper.voided));
  if (!lock || lockId === null || rooms.length === 0 || !original?.pdf) return null;
  const covers = rooms.map((room) => ({ recordId: room.state.recordId, contentHash: room.contentHash }));
  return {
    of: { originalId: original.id, originalSha256: original.pdf.evidence.sha256, lockId, covers },
    originals: list ? [original, list] : [original], lockedAt: lock.lockedAt, rooms,
  };
}

/** In the order of their names; a room that a late entry took away adds nothing. */
function acceptedRooms({ inspection, rooms, amendments }: SupplementRecords, hashText: HashText): readonly AcceptedRoom[] {
  const lock = (inspection.fields['lock'] ?? null) as InspectionLock | null;
  if (!lock) return [];
  const byId = new Map(rooms.map((room) => [room.recordId, room]));
  return lateRooms(lock, rooms, amendments).flatMap((late): readonly AcceptedRoom[] => {
    const room = byId.get(late.recordId);
    const decided = late.decision === 'supplement-accepted' ? decisionRecord(late.recordId, late.changeIds, amendments) : null;
    if (!room || !decided || late.what === 'record') return [];
    const state = late.what === 'changed' ? withLateEntries(room) : room;
    if (state.fields['removed'] === true) return [];
    const decision = { by: decided.createdBy, at: String(decided.fields['at'] ?? ''), reason: String(decided.fields['reason'] ?? '') };
    return [{ what: late.what, state, contentHash: contentHash(state, hashText), decision }];
  });
}

function keyOf({ recordId, contentHash: hash }: SupplementOf['covers'][number]): string {
  return `${recordId} ${hash}`;
}
