import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import type { AppliedChange } from '#shared/journal/change.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { foldBatch, lockView, touchedRecords } from '#shared/sync/fold-batch.ts';
import { foldRecord, patchOver, type RecordState } from '#shared/sync/record-state.ts';
import { acts, choices, interleave, makeChange, play, recordIds } from './simulated-office.ts';

const inspectionId = '0190c5a0-0000-7000-8000-0000000000dd';

/** Rooms written by three desks, and the lead's lock (desk 0) over what that desk showed after `before`. */
function concluded(before: Parameters<typeof play>[0], after: Parameters<typeof play>[0]) {
  const atLock = play(before).desks[0]!;
  const all = play([...before, ...after]).changes;
  const seen: Record<string, number> = {};
  for (const record of atLock.records.values()) for (const [chain, seq] of Object.entries(record.through)) seen[chain] = Math.max(seq, seen[chain] ?? 0);
  // The lock takes the lead's next seq; what the lead wrote later moves up by one.
  const moved = all.map((change) => (change.chainId === atLock.chainId && change.seq > atLock.seq ? makeChange(0, change.seq + 1, change.recordId, change.recordType, change.kind, change.patch) : change));
  const renamed = new Map(all.map((change, index) => [change.id, moved[index]!.id]));
  const patched = moved.map((change) => ({ ...change, patch: Object.fromEntries(Object.entries(change.patch).map(([path, patch]) => [path, rename(patch, renamed)])) }));
  const lock: InspectionLock = { lockedAt: '2026-08-12T08:00:00.000Z', lockedBy: '0190c5a0-0000-7000-8000-0000000000b0', seen, covers: [inspectionId, ...recordIds].map((recordId) => ({ recordId, contentHash: '0'.repeat(64) })) };
  const lockChange = makeChange(0, atLock.seq + 1, inspectionId, 'inspection', 'lock', patchOver(null, { lock: lock as unknown as JsonValue }));
  return { changes: [...patched, lockChange], view: lockView(lock, lockChange) };
}

function rename(patch: AppliedChange['patch'][string], ids: ReadonlyMap<string, string>): AppliedChange['patch'][string] {
  const was = patch.was === null ? null : (ids.get(patch.was) ?? patch.was);
  return patch.resolves ? { was, to: patch.to, resolves: patch.resolves.map((id) => ids.get(id) ?? id) } : { was, to: patch.to };
}

/** A desk that takes the changes in batches, and folds again from its files what a lock asks for. */
function deskAfter(order: readonly AppliedChange[], batchSizes: readonly number[]): ReadonlyMap<string, RecordState> {
  const records = new Map<string, RecordState>();
  let at = 0;
  for (let batch = 0; at < order.length; batch += 1) {
    const page = order.slice(at, at + (batchSizes[batch % batchSizes.length] ?? 1));
    at += page.length;
    const before = new Map([...touchedRecords(page)].flatMap((id) => (records.has(id) ? [[id, records.get(id)!] as const] : [])));
    const { changed, refold } = foldBatch(before, page);
    for (const [id, state] of changed) records.set(id, state);
    for (const [id, seen] of refold) records.set(id, foldRecord(order.slice(0, at).filter((change) => change.recordId === id), seen)!);
  }
  return records;
}

const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 });

describe('a lock among the pages', () => {
  test('every desk ends with the same records, however the changes were ordered and paged', () => {
    fc.assert(fc.property(acts, acts, choices, choices, sizes, sizes, (before, after, one, other, pages, otherPages) => {
      const { changes } = concluded(before, after);
      const here = deskAfter(interleave(changes, one), pages);
      const there = deskAfter(interleave(changes, other), otherPages);
      for (const id of [inspectionId, ...recordIds]) expect(withoutAuthor(here.get(id))).toEqual(withoutAuthor(there.get(id)));
    }), { numRuns: 1000 });
  });

  test('a covered room holds what the lead saw; the rest is late', () => {
    fc.assert(fc.property(acts, acts, choices, sizes, (before, after, order, pages) => {
      const { changes, view } = concluded(before, after);
      const desk = deskAfter(interleave(changes, order), pages);
      expect(desk.get(inspectionId)).toMatchObject({ fields: { lock: expect.anything() }, lockedThrough: view, late: [] });
      for (const id of recordIds) {
        const own = changes.filter((change) => change.recordId === id);
        const covered = own.filter((change) => change.seq <= (view[change.chainId] ?? 0));
        expect(desk.get(id)?.fields ?? {}).toEqual(foldRecord(covered, null)?.fields ?? {});
        expect(desk.get(id)?.late.map((change) => change.id).sort() ?? []).toEqual(own.filter((change) => !covered.includes(change)).map((change) => change.id).sort());
      }
    }), { numRuns: 500 });
  });

  test('a batch taken twice changes nothing', () => {
    fc.assert(fc.property(acts, acts, choices, (before, after, order) => {
      const changes = interleave(concluded(before, after).changes, order);
      const once = deskAfter(changes, [changes.length]);
      const again = foldBatch(once, changes);
      expect([...again.changed]).toEqual([]);
      // A repeated change can not be told from one that was published behind a later one: folded anew, nothing differs.
      for (const [id, seen] of again.refold) expect(foldRecord(changes.filter((change) => change.recordId === id), seen)).toEqual(once.get(id));
    }));
  });

  test('a change published behind later ones of its chain ends in the same records on every desk', () => {
    fc.assert(fc.property(acts, acts, choices, sizes, sizes, fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), (before, after, order, pages, otherPages, held) => {
      const { changes } = concluded(before, after);
      const inOrder = interleave(changes, order);
      const isHeld = (index: number): boolean => held[index % held.length] ?? false;
      const asJudgedAgain = [...inOrder.filter((_change, index) => !isHeld(index)), ...inOrder.filter((_change, index) => isHeld(index))];
      const here = deskAfter(inOrder, pages);
      const there = deskAfter(asJudgedAgain, otherPages);
      for (const id of [inspectionId, ...recordIds]) expect(withoutAuthor(there.get(id))).toEqual(withoutAuthor(here.get(id)));
    }), { numRuns: 1000 });
  });
});

/** A record that a lock names before any of its changes came is made by the locking officer, until its author is known. */
function withoutAuthor(state: RecordState | undefined): unknown {
  if (!state) return null;
  const empty = Object.keys(state.through).length === 0 && state.late.length === 0;
  return empty ? { ...state, createdBy: '' } : state;
}
