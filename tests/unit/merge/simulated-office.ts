import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { AppliedChange } from '#shared/journal/change.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { applyChange, patchOver, type RecordState } from '#shared/sync/record-state.ts';

/** What people at several desks do: edit what they see, hand it in, fetch what others handed in, settle conflicts. */
export type Act =
  | { readonly kind: 'edit'; readonly desk: number; readonly record: number; readonly field: string; readonly value: JsonValue }
  | { readonly kind: 'exchange'; readonly desk: number };

export const recordIds = [1, 2].map((n) => `0190c5a0-0000-7000-8000-00000000000${n}`);
const officeId = '0190c5a0-0000-7000-8000-0000000000aa';
const officerOf = (desk: number): string => `0190c5a0-0000-7000-8000-0000000000b${desk}`;
export const chainOf = (desk: number): string => `0190c5a0-0000-7000-8000-0000000000c${desk}.${officerOf(desk)}`;

export const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('edit' as const), desk: fc.integer({ min: 0, max: 2 }), record: fc.integer({ min: 0, max: 1 }), field: fc.constantFrom('use', 'remarks', 'readings/r1'), value: fc.constantFrom<JsonValue[]>('a', 'b', null) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('exchange' as const), desk: fc.integer({ min: 0, max: 2 }) }) },
  ),
  { minLength: 1, maxLength: 24 },
);

export type Desk = { readonly chainId: string; records: Map<string, RecordState>; seq: number; handedIn: number; fetched: number; own: AppliedChange[] };

/** Plays the acts; every change names as `was` what its author's desk showed. */
export function play(script: readonly Act[]): { readonly changes: readonly AppliedChange[]; readonly desks: readonly Desk[] } {
  const feed: AppliedChange[] = [];
  const changes: AppliedChange[] = [];
  const desks: Desk[] = [0, 1, 2].map((desk) => ({ chainId: chainOf(desk), records: new Map(), seq: 0, handedIn: 0, fetched: 0, own: [] }));
  for (const act of script) {
    const desk = desks[act.desk]!;
    if (act.kind === 'exchange') exchange(desk, feed);
    else {
      const recordId = recordIds[act.record]!;
      const before = desk.records.get(recordId) ?? null;
      const change = makeChange(act.desk, (desk.seq += 1), recordId, 'roomCheck', before ? 'edit' : 'create', patchOver(before, { [act.field]: act.value }));
      desk.own.push(change);
      changes.push(change);
      desk.records.set(recordId, applyChange(before, change));
    }
  }
  return { changes, desks };
}

function exchange(desk: Desk, feed: AppliedChange[]): void {
  feed.push(...desk.own.slice(desk.handedIn));
  desk.handedIn = desk.own.length;
  for (const change of feed.slice(desk.fetched)) desk.records.set(change.recordId, applyChange(desk.records.get(change.recordId) ?? null, change));
  desk.fetched = feed.length;
}

export function makeChange(desk: number, seq: number, recordId: string, recordType: string, kind: string, patch: AppliedChange['patch']): AppliedChange {
  const chainId = chainOf(desk);
  return {
    id: createHash('sha256').update(`${chainId} ${seq}`).digest('hex'), chainId, seq, officeId, officerId: officerOf(desk), recordType, recordId, kind, patch,
    wall: '2026-08-12T06:00:00.000Z', receivedAt: null,
  };
}

/** The changes in another order, in which every chain keeps its own. `choices` decide which chain is next. */
export function interleave(changes: readonly AppliedChange[], choices: readonly number[]): readonly AppliedChange[] {
  const queues = new Map<string, AppliedChange[]>();
  for (const change of [...changes].sort((a, b) => a.seq - b.seq)) queues.set(change.chainId, [...(queues.get(change.chainId) ?? []), change]);
  const order: AppliedChange[] = [];
  for (let step = 0; order.length < changes.length; step += 1) {
    const waiting = [...queues.values()].filter((queue) => queue.length > 0);
    order.push(waiting[(choices[step % choices.length] ?? 0) % waiting.length]!.shift()!);
  }
  return order;
}

export const choices = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 30 });
