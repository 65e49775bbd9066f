import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AppliedChange } from '#shared/journal/change.ts';
import { applyChange, conflictsToSettle, foldRecord, listItems, lockRecord, patchOver, type RecordState } from '#shared/sync/record-state.ts';
import { acts, chainOf, choices, interleave, makeChange, play, recordIds } from './simulated-office.ts';

const roomId = recordIds[0]!;
const of = (changes: readonly AppliedChange[], recordId = roomId) => changes.filter((change) => change.recordId === recordId);
const fold = (changes: readonly AppliedChange[], seen: Readonly<Record<string, number>> | null = null) => foldRecord(changes, seen);

describe('the order in which changes arrive does not matter', () => {
  test('any interleaving of the desks gives the same record', () => {
    fc.assert(fc.property(acts, choices, choices, (script, one, other) => {
      const { changes } = play(script);
      for (const recordId of recordIds) expect(fold(of(interleave(changes, one), recordId))).toEqual(fold(of(interleave(changes, other), recordId)));
    }), { numRuns: 1000 });
  });

  test('desks that have exchanged everything show the same', () => {
    fc.assert(fc.property(acts, (script) => {
      const everybody = [0, 1, 2, 0, 1, 2].map((desk) => ({ kind: 'exchange' as const, desk }));
      const { changes, desks } = play([...script, ...everybody]);
      for (const recordId of recordIds) for (const desk of desks) expect(desk.records.get(recordId) ?? null).toEqual(fold(of(changes, recordId)));
    }), { numRuns: 500 });
  });

  test('the values are the changes that no other change names as its base', () => {
    fc.assert(fc.property(acts, choices, (script, order) => {
      const changes = of(interleave(play(script).changes, order));
      const state = fold(changes);
      for (const path of new Set(changes.flatMap((change) => Object.keys(change.patch)))) {
        const writers = changes.filter((change) => change.patch[path]);
        const named = new Set(writers.flatMap((change) => [change.patch[path]?.was, ...(change.patch[path]?.resolves ?? [])]));
        const heads = writers.filter((change) => !named.has(change.id)).map((change) => ({ by: change.id, value: change.patch[path]!.to })).sort((a, b) => (a.by < b.by ? -1 : 1));
        expect(state?.conflicts[path] ?? [{ by: state?.by[path], value: state?.fields[path] }]).toEqual(heads);
        expect(state?.fields[path]).toEqual(heads[0]?.value);
      }
    }), { numRuns: 500 });
  });

  test('a change delivered again changes nothing', () => {
    fc.assert(fc.property(acts, choices, fc.array(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 })), { maxLength: 10 }), (script, order, repeats) => {
      const changes = of(interleave(play(script).changes, order));
      const again = [...changes];
      for (const [which, gap] of changes.length > 0 ? repeats : []) {
        const change = changes[which % changes.length]!;
        again.splice(Math.min(again.length, again.indexOf(change) + 1 + gap), 0, change);
      }
      expect(fold(again)).toEqual(fold(changes));
    }));
  });

  test('who made the record is the author of its creation, also when his change comes after another’s', () => {
    const created = makeChange(0, 1, roomId, 'roomCheck', 'create', patchOver(null, { use: '办公' }));
    const edited = makeChange(1, 1, roomId, 'roomCheck', 'edit', patchOver(fold([created]), { use: '机房' }));
    expect(fold([edited, created])?.createdBy).toBe(created.officerId);
    expect(fold([edited, created])).toEqual(fold([created, edited]));
  });
});

describe('two people at one field', () => {
  const base = makeChange(0, 1, roomId, 'roomCheck', 'create', patchOver(null, { use: '办公', remarks: '' }));
  const start = applyChange(null, base);
  const hers = makeChange(1, 1, roomId, 'roomCheck', 'edit', patchOver(start, { use: '会议室' }));
  const his = makeChange(2, 1, roomId, 'roomCheck', 'edit', patchOver(start, { use: '机房' }));
  const both = applyChange(applyChange(start, hers), his);

  test('both values are kept and every desk shows the same one', () => {
    expect(both.conflicts['use']?.map((head) => head.value).sort()).toEqual(['会议室', '机房'].sort());
    expect(applyChange(applyChange(start, his), hers)).toEqual(both);
  });

  test('the same value written twice is no question to ask', () => {
    const same = makeChange(2, 1, roomId, 'roomCheck', 'edit', patchOver(start, { use: '会议室' }));
    expect(conflictsToSettle(applyChange(applyChange(start, hers), same))).toEqual([]);
    expect(conflictsToSettle(both)).toEqual(['use']);
  });

  test('different fields of one room merge without a question', () => {
    const remark = makeChange(2, 1, roomId, 'roomCheck', 'edit', patchOver(start, { remarks: '靠窗' }));
    expect(applyChange(applyChange(start, hers), remark)).toMatchObject({ fields: { use: '会议室', remarks: '靠窗' }, conflicts: {} });
  });

  test('a person settles it, for everybody and in any order', () => {
    const settled = makeChange(0, 2, roomId, 'roomCheck', 'edit', patchOver(both, { use: '会议室兼机房' }));
    for (const order of [[base, hers, his, settled], [base, settled, his, hers], [hers, base, settled, his]]) {
      expect(fold(order)).toMatchObject({ fields: { use: '会议室兼机房' }, conflicts: {} });
    }
  });

  test('a third who did not know of the settlement opens the question again', () => {
    const settled = makeChange(0, 2, roomId, 'roomCheck', 'edit', patchOver(both, { use: '会议室兼机房' }));
    const unaware = makeChange(1, 2, roomId, 'roomCheck', 'edit', patchOver(applyChange(start, hers), { use: '小会议室' }));
    expect(fold([base, hers, his, settled, unaware])?.conflicts['use']?.map((head) => head.value).sort()).toEqual(['会议室兼机房', '小会议室'].sort());
  });
});

describe('a locked record', () => {
  const seenThrough = (state: RecordState | null) => state?.through ?? {};

  test('what the lead had seen is in it, everything else is late, whatever arrives first', () => {
    fc.assert(fc.property(acts, acts, choices, choices, (before, after, one, other) => {
      const { changes } = play([...before, ...after]);
      const lead = play(before).desks[0]!;
      const seen = seenThrough(lead.records.get(roomId) ?? null);
      const locked = fold(of(interleave(changes, one)), seen);
      expect(locked).toEqual(fold(of(interleave(changes, other)), seen));
      if (!locked) return;
      const covered = of(changes).filter((change) => change.seq <= (seen[change.chainId] ?? 0));
      expect(locked.late.map((change) => change.id).sort()).toEqual(of(changes).filter((change) => !covered.includes(change)).map((change) => change.id).sort());
      expect(locked.fields).toEqual(fold(covered)?.fields ?? {});
    }), { numRuns: 500 });
  });

  test('locking before or after the changes arrive is the same', () => {
    const first = makeChange(0, 1, roomId, 'roomCheck', 'create', patchOver(null, { use: '办公' }));
    const late = makeChange(1, 1, roomId, 'roomCheck', 'edit', patchOver(applyChange(null, first), { use: '机房' }));
    const seen = { [chainOf(0)]: 1 };
    const afterwards = applyChange(lockRecord(applyChange(null, first), seen)!, late);
    expect(afterwards).toMatchObject({ fields: { use: '办公' }, late: [{ id: late.id }] });
    expect(fold([late, first], seen)).toEqual(afterwards);
    expect(applyChange(afterwards, late)).toEqual(afterwards);
  });

  test('a record that already holds a change beyond the lock has to be folded again', () => {
    const first = makeChange(0, 1, roomId, 'roomCheck', 'create', patchOver(null, { use: '办公' }));
    const beyond = makeChange(1, 1, roomId, 'roomCheck', 'edit', patchOver(applyChange(null, first), { use: '机房' }));
    expect(lockRecord(applyChange(applyChange(null, first), beyond), { [chainOf(0)]: 1 })).toBeNull();
  });
});

test('removed list items are not listed, the others by id', () => {
  const created = makeChange(0, 1, roomId, 'roomCheck', 'create', patchOver(null, { 'readings/b': 2, 'readings/a': 1, 'readings/c': 3, 'readingsOther/x': 4 }));
  const state = applyChange(null, created);
  const removed = makeChange(0, 2, roomId, 'roomCheck', 'edit', patchOver(state, { 'readings/b': null }));
  expect(listItems(applyChange(state, removed), 'readings')).toEqual([['a', 1], ['c', 3]]);
});

test('a field named like a part of every object is an ordinary field', () => {
  const created = makeChange(0, 1, roomId, 'roomCheck', 'create', { constructor: { was: null, to: 1 }, toString: { was: null, to: 2 } } as never);
  expect(applyChange(null, created)).toMatchObject({ conflicts: {}, by: { constructor: created.id, toString: created.id } });
});
