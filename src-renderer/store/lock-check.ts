import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import { contentHash, lockStanding } from '#shared/domain/inspection/lock-check.ts';
import { problem, type Problem } from '#shared/kit/problem.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import type { Desk } from './desk.ts';
import { hashText } from './hash-text.ts';

/** open: not locked, or not here. Else what the desk holds against its lock; `rooms` are names, `inspection`: its own record too. */
export type LockCheck =
  | { readonly kind: 'open' | 'alike' }
  | { readonly kind: 'awaited'; readonly count: number }
  | { readonly kind: 'unlike'; readonly inspection: boolean; readonly rooms: readonly string[] };

/** Hashing gives way to typing and drawing after so many milliseconds. */
const SLICE_MS = 8;

export type LockChecker = (inspectionId: string) => Promise<LockCheck>;

/** Compares what the desk holds of an inspection with its lock, in slices; hashes of unchanged records are kept. Never writes. */
export function lockChecker(desk: Pick<Desk, 'get' | 'children' | 'parked'>, pause: () => Promise<void> = afterDrawing): LockChecker {
  const hashes = new WeakMap<RecordState, string>();
  return async (inspectionId) => {
    const inspection = await desk.get(inspectionId);
    const lock = (inspection?.fields['lock'] ?? null) as InspectionLock | null;
    if (!inspection || !lock) return { kind: 'open' };
    const records = [inspection, ...(await desk.children('roomCheck', inspectionId))];
    const parked = new Set((await desk.parked()).map((change) => change.recordId));
    let sliceEnd = performance.now() + SLICE_MS;
    for (const record of records) {
      if (hashes.has(record)) continue;
      hashes.set(record, contentHash(record, hashText, record === inspection ? lock.printed : undefined));
      if (performance.now() < sliceEnd) continue;
      await pause();
      sliceEnd = performance.now() + SLICE_MS;
    }
    const standing = lockStanding({ lock, records, parked, hashOf: (record) => hashes.get(record) ?? '' });
    if (standing.kind === 'alike') return standing;
    if (standing.kind === 'awaited') return { kind: 'awaited', count: standing.recordIds.length };
    const named = new Map(records.map((record) => [record.recordId, String(record.fields['room'] ?? '')]));
    const rooms = standing.recordIds.filter((id) => id !== inspectionId).map((id) => named.get(id) ?? '');
    return { kind: 'unlike', inspection: standing.recordIds.includes(inspectionId), rooms: rooms.sort() };
  };
}

/** Why nothing is made or handed over of an inspection now; null: it may be. */
export function lockProblem(check: LockCheck): Problem | null {
  if (check.kind === 'unlike') return problem('locked', { reason: 'unlike' });
  return check.kind === 'awaited' ? problem('incomplete', { reason: 'awaited' }) : null;
}

function afterDrawing(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
