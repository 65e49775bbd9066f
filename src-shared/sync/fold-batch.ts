import type { InspectionLock } from '../domain/inspection/inspection.ts';
import type { AppliedChange } from '../journal/change.ts';
import { applyChange, emptyRecord, lockRecord, type RecordState } from './record-state.ts';

export type FoldedBatch = {
  /** Every record the batch changed, in its new state. */
  readonly changed: ReadonlyMap<string, RecordState>;
  /**
   * Records a lock covers that already held a change beyond it: to be folded again from all their changes
   * (`foldRecord(changes, seen)`), since an applied change can not be taken back out.
   */
  readonly refold: ReadonlyMap<string, Readonly<Record<string, number>>>;
};

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
  const refold = new Map<string, Readonly<Record<string, number>>>();
  const current = (id: string): RecordState | null => changed.get(id) ?? before.get(id) ?? null;
  for (const change of changes) {
    const held = current(change.recordId);
    const state = applyChange(held, change);
    if (state === held) continue;
    changed.set(change.recordId, state);
    const lock = lockIn(change);
    if (!lock || state.late.some((late) => late.id === change.id)) continue;
    const seen = lockView(lock, change);
    for (const recordId of new Set([change.recordId, ...lock.covers.map((cover) => cover.recordId)])) {
      const record = current(recordId) ?? emptyRecord({ recordId, recordType: 'roomCheck', officeId: change.officeId, officerId: change.officerId });
      if (record.lockedThrough) continue;
      const locked = lockRecord(record, seen);
      if (locked) changed.set(recordId, locked);
      else refold.set(recordId, seen);
    }
  }
  for (const recordId of refold.keys()) changed.delete(recordId);
  return { changed, refold };
}

/** What a lock covers of each chain: the lead's view, and of the lead's own chain everything up to the lock itself. */
export function lockView(lock: InspectionLock, change: Pick<AppliedChange, 'chainId' | 'seq'>): Readonly<Record<string, number>> {
  return { ...lock.seen, [change.chainId]: change.seq };
}

function lockIn(change: AppliedChange): InspectionLock | null {
  if (change.recordType !== 'inspection' || change.kind !== 'lock') return null;
  return (change.patch['lock']?.to ?? null) as InspectionLock | null;
}
