import { GENESIS } from '../../../src-shared/journal/change.ts';
import { done, failed } from '../../../src-shared/kit/outcome.ts';
import type { Problem } from '../../../src-shared/kit/problem.ts';
import type { PageItem, PushedChange, Refusal } from '../../../src-shared/sync/wire.ts';
import type { ChainIdentity } from '../../../src-main/journal/journal.ts';
import type { SyncJournal } from '../../../src-main/sync/exchange-round.ts';
import { idAt, signedBy } from './real-office.ts';

/** What a laptop has on disk: it outlives the engine, as files outlive a killed process. */
export type LaptopDisk = {
  readonly chain: ChainIdentity;
  readonly own: { readonly id: string; readonly body: PushedChange }[];
  pages: PageItem[];
  cursor: number;
  /** Pulled anew beside them; null usually. */
  filling: PageItem[] | null;
  generation: number;
  receipt: { seq: number; id: string } | null;
  refused: Map<string, Refusal>;
  halted: Problem | null;
  /** Where pulling goes on. */
  reached: { readonly cursor: number; readonly cursorId: string | null };
};

export function laptopDisk(chain: ChainIdentity): LaptopDisk {
  return { chain, own: [], pages: [], cursor: 0, reached: { cursor: 0, cursorId: null }, filling: null, generation: 1, receipt: null, refused: new Map(), halted: null };
}

/** The journal's promises to the exchange, over an array. One append is one change unless a batch is given. */
export function journalModel(disk: LaptopDisk): SyncJournal & { append(...bodies: readonly PushedChange[]): void } {
  const listeners = new Set<() => void>();
  const isOwn = (item: PageItem): boolean => item.deviceId === disk.chain.deviceId && item.officerId === disk.chain.officerId;
  return {
    chain: disk.chain,
    get generationId() {
      return `generation ${disk.generation}`;
    },
    append(...bodies) {
      for (const body of bodies) disk.own.push({ id: idAt(disk.chain, disk.own.length + 1, disk.own.at(-1)?.id ?? GENESIS, body), body });
      for (const listener of listeners) listener();
    },
    head: () => ({ seq: disk.own.length, id: disk.own.at(-1)?.id ?? GENESIS }),
    async outgoing(fromSeq, maxChanges) {
      const changes = disk.own.slice(fromSeq - 1, fromSeq - 1 + maxChanges).map((each) => each.body);
      return changes.length === 0 ? null : { fromSeq, throughSeq: fromSeq + changes.length - 1, changes, signature: signedBy(disk.chain, disk.own[fromSeq - 2 + changes.length]?.id ?? '') };
    },
    receiptedThrough: () => disk.receipt?.seq ?? 0,
    refusals: () => [...disk.refused.values()].sort((a, b) => a.seq - b.seq),
    async recordReceipt(receipt, refused) {
      if (receipt && receipt.seq > disk.own.length) return failed('chain-mismatch', { seq: receipt.seq });
      if (receipt && disk.own[receipt.seq - 1]?.id !== receipt.id) return failed('fork', { seq: receipt.seq });
      if (receipt && receipt.seq > (disk.receipt?.seq ?? 0)) disk.receipt = { seq: receipt.seq, id: receipt.id };
      if (refused === null) return done(undefined);
      for (const { seq, id } of disk.refused.values()) if (seq <= (receipt?.seq ?? 0)) disk.refused.delete(id);
      for (const refusal of refused) disk.refused.set(refusal.id, refusal);
      return done(undefined);
    },
    async appendPage(items, cursor, after, cursorId) {
      if (after !== undefined && after !== disk.reached.cursor) return done(undefined);
      (disk.filling ?? disk.pages).push(...items);
      const last = items.at(-1);
      disk.reached = { cursor, cursorId: last?.cursor === cursor ? last.id : (cursorId ?? null) };
      if (!disk.filling) disk.cursor = cursor;
      return done(undefined);
    },
    async pulled(after, limit) {
      const rest = (disk.filling ?? disk.pages).filter((item) => item.cursor > after);
      const taken = rest.slice(0, limit);
      return { items: taken.filter((item) => !isOwn(item)), cursor: taken.at(-1)?.cursor ?? disk.cursor, more: taken.length < rest.length };
    },
    pulledTo: () => disk.reached,
    async pullAnew() {
      disk.filling = [];
      disk.reached = { cursor: 0, cursorId: null };
      return done(undefined);
    },
    isPullingAnew: () => disk.filling !== null,
    async pulledAll() {
      if (!disk.filling) return done(undefined);
      Object.assign(disk, { pages: disk.filling, cursor: disk.reached.cursor, filling: null, generation: disk.generation + 1 });
      return done(undefined);
    },
    cursor: () => disk.cursor,
    halt(problem) { disk.halted ??= problem; },
    onAppended(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
