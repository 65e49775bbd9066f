import { expect, test } from 'vitest';
import type { AppliedChange } from '#shared/journal/change.ts';
import { conflictsToSettle, foldRecord, patchOver, type RecordState } from '#shared/sync/record-state.ts';

const fields = ['setTemperatureC', 'remarks', 'occupied', 'areaM2'];

/** A small generator of its own, so that a failing building can be had again by its number. */
function numbers(seed: number): (below: number) => number {
  let state = seed + 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Inspector = { readonly chainId: string; seq: number };

function written(by: Inspector, recordId: string, over: RecordState | null, values: Readonly<Record<string, string>>): AppliedChange {
  by.seq += 1;
  return {
    id: `${by.chainId}${by.seq}`.padStart(64, '0'), chainId: by.chainId, seq: by.seq, officeId: 'o', officerId: by.chainId, recordType: 'roomCheck', recordId,
    kind: over ? 'edit' : 'create', patch: patchOver(over, values), wall: '2026-08-12T06:00:00.000Z', receivedAt: null,
  };
}

function shuffled<T>(items: readonly T[], next: (below: number) => number): readonly T[] {
  return items.map((item) => [next(1_000_000), item] as const).sort(([a], [b]) => a - b).map(([, item]) => item);
}

test.each(Array.from({ length: 200 }, (_, seed) => seed))('three inspectors filling different rooms of one building never meet a conflict (building %i)', (seed) => {
  const next = numbers(seed);
  const inspectors: readonly Inspector[] = ['a', 'b', 'c'].map((chainId) => ({ chainId, seq: 0 }));
  const rooms = new Map<string, AppliedChange[]>();
  for (let step = 0; step < 60; step += 1) {
    const who = next(3);
    const inspector = inspectors[who] as Inspector;
    const recordId = `room-${who}-${next(5)}`;
    const before = rooms.get(recordId) ?? [];
    rooms.set(recordId, [...before, written(inspector, recordId, foldRecord(before, null), { [fields[next(fields.length)] as string]: String(next(40)) })]);
  }
  for (const changes of rooms.values()) {
    const state = foldRecord(shuffled(changes, next), null);
    expect(state?.conflicts).toEqual({});
    expect(state).toEqual(foldRecord(changes, null));
  }
});

test('two typing the same cell meet one conflict with both values on both desks, and settling on one desk clears it on the other', () => {
  const [one, two] = [{ chainId: 'a', seq: 0 }, { chainId: 'b', seq: 0 }];
  const made = written(one, 'room', null, { room: '0301' });
  const seen = foldRecord([made], null);
  const mine = written(one, 'room', seen, { setTemperatureC: '24' });
  const theirs = written(two, 'room', seen, { setTemperatureC: '26' });
  const desks = [[made, mine, theirs], [made, theirs, mine]];
  for (const changes of desks) {
    const state = foldRecord(changes, null) as RecordState;
    expect(conflictsToSettle(state)).toEqual(['setTemperatureC']);
    expect(state.conflicts['setTemperatureC']?.map(({ value }) => value)).toEqual(['24', '26']);
  }
  const settled = written(two, 'room', foldRecord(desks[1] as AppliedChange[], null), { setTemperatureC: '25' });
  for (const changes of desks) expect(foldRecord([...changes, settled], null)).toMatchObject({ conflicts: {}, fields: { setTemperatureC: '25' } });
});
