import type { InspectionLock } from '../domain/inspection/inspection.ts';
import type { AppliedChange } from '../journal/change.ts';
import { applyChange, emptyRecord, isBehind, lockRecord, type RecordState } from './record-state.ts';

export type FoldedBatch = {
  /** Every record the batch changed, in its new state. */
  readonly changed: ReadonlyMap<string, RecordState>;
  /**
   * Records to be folded again from all their changes (`foldRecord(changes, seen)`), since an applied change can not be
   * taken back out: a lock covers one that already held a change beyond it, or a change arrived behind a later one of its chain.
   */
  readonly refold: ReadonlyMap<string, Seen | null>;
};

type Seen = Readonly<Record<string, number>>;

/** The ids of the records a batch of changes can touch, covered ones included: what to read before `foldBatch`. */
export function touchedRecords(changes: readonly AppliedChange[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const change of changes) {
    ids.add(change.recordId);
    for (const cover of lockIn(change)?.covers ?? []) ids.add(cover.recordId);
  }
  return ids;
}

/** Adds a batch of changes to records: the same fold on every desk and on the server. */
export function foldBatch(before: ReadonlyMap<string, RecordState>, changes: readonly AppliedChange[]): FoldedBatch {
  const changed = new Map<string, RecordState>();
  const refold = new Map<string, Seen | null>();
  const current = (id: string): RecordState | null => changed.get(id) ?? before.get(id) ?? null;
  for (const change of changes) {
    const held = current(change.recordId);
    const behind = isBehind(held, change);
    const state = applyChange(held, change);
    if (behind) refold.set(change.recordId, refold.get(change.recordId) ?? null);
    else if (state === held) continue;
    else changed.set(change.recordId, state);
    const lock = lockIn(change);
    if (!lock || (behind && state.lockedThrough) || state.late.some((late) => late.id === change.id)) continue;
    cover(lock, change);
  }
  for (const [recordId, seen] of refold) {
    refold.set(recordId, seen ?? current(recordId)?.lockedThrough ?? null);
    changed.delete(recordId);
  }
  return { changed, refold };

  function cover(lock: InspectionLock, change: AppliedChange): void {
    const seen = lockView(lock, change);
    for (const recordId of new Set([change.recordId, ...lock.covers.map((each) => each.recordId)])) {
      const record = current(recordId) ?? emptyRecord({ recordId, recordType: 'roomCheck', officeId: change.officeId, officerId: change.officerId });
      if (record.lockedThrough) continue;
      const locked = lockRecord(record, seen);
      if (locked) changed.set(recordId, locked);
      else refold.set(recordId, seen);
    }
  }
}

/** What a lock covers of each chain: the lead's view, and of the lead's own chain everything up to the lock itself. */
export function lockView(lock: InspectionLock, change: Pick<AppliedChange, 'chainId' | 'seq'>): Readonly<Record<string, number>> {
  return { ...lock.seen, [change.chainId]: change.seq };
}

function lockIn(change: AppliedChange): InspectionLock | null {
  if (change.recordType !== 'inspection' || change.kind !== 'lock') return null;
  return (change.patch['lock']?.to ?? null) as InspectionLock | null;
}
