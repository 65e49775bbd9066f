import { randomUUID } from 'node:crypto';
import { done, type Outcome } from '#shared/kit/outcome.ts';
import { problem } from '#shared/kit/problem.ts';
import type { PageItem, Refusal } from '#shared/sync/wire.ts';
import { ownApplied, pulledApplied } from './applied.ts';
import type { BootClock } from './boot-clock.ts';
import { lastBlock } from './block-index.ts';
import type { ChainKey } from './chain-key.ts';
import type { Disk } from './disk.ts';
import { orDiskProblem } from './disk-problem.ts';
import type { ChainIdentity, Journal, Outgoing, OwnChange, Receipt } from './journal.ts';
import { appendChanges, appendReceipt, closeChain, completeIndex, haltChain, ownChain, receiptedThrough, type OwnChain } from './own-chain.ts';
import { openPageSets, type PageSets } from './page-sets.ts';
import { readBatches, type OwnReader } from './read-own.ts';
import { recoverJournal } from './recover-journal.ts';
import { reserveFile, type Reserve } from './reserve.ts';
import { takeWriterLock, type LockOwner, type WriterLock } from './writer-lock.ts';

export type JournalOptions = {
  readonly disk: Disk;
  /** The chain's own folder. */
  readonly folder: string;
  readonly chain: ChainIdentity;
  readonly key: ChainKey;
  readonly clock: BootClock;
  readonly lock: { readonly self: LockOwner; isAlive(owner: LockOwner): boolean };
  readonly sizes: JournalSizes;
  /** Version 4; the machine's own unless given. */
  readonly newId?: () => string;
};

export type JournalSizes = {
  readonly segmentBytes: number;
  /** Zeros written ahead of the frames (segment-writer.ts). */
  readonly growBytes: number;
  readonly reserveBytes: number;
  /** Appends from one checkpoint to the next. */
  readonly checkpointEvery: number;
  /** When the part before the checkpoint is verified behind the scenes, unless somebody needs it earlier. */
  readonly verifyAfterMs: number;
};

export const usualSizes: JournalSizes = { segmentBytes: 16 * 1024 * 1024, growBytes: 256 * 1024, reserveBytes: 16 * 1024 * 1024, checkpointEvery: 256, verifyAfterMs: 5000 };

/**
 * Opens a chain's journal for this process alone. Fails with `already-open` (another process has it), `profile-damaged`,
 * and the disk's problems; a damaged journal opens, for reading only.
 */
export async function openJournal(options: JournalOptions): Promise<Outcome<Journal>> {
  const { disk, folder, sizes } = options;
  const reserve = reserveFile(disk, folder, sizes.reserveBytes);
  const lock = await withRoom(reserve, () => takeWriterLock(disk, folder, options.lock.self, options.lock.isAlive));
  if (!lock.ok) return lock;
  const opened = await withRoom(reserve, () => openLocked(options, reserve, lock.value));
  if (!opened.ok) await lock.value.release();
  return opened;
}

async function openLocked(options: JournalOptions, reserve: Reserve, lock: WriterLock): Promise<Outcome<Journal>> {
  const { disk, folder, chain, key, clock, sizes } = options;
  const recovered = await recoverJournal(disk, folder, chain, key);
  if (!recovered.ok) return recovered;
  const { generationId } = recovered.value;
  const pages = await openPageSets({ disk, folder, generationId, maxBytes: sizes.segmentBytes, newId: options.newId ?? randomUUID });
  const { segmentBytes, growBytes, checkpointEvery } = sizes;
  const own = ownChain({ disk, folder, chain, key, clock, segmentBytes, growBytes, checkpointEvery, makeRoom: reserve.release }, recovered.value);
  const later = setTimeout(() => void completeIndex(own), sizes.verifyAfterMs);
  later.unref();
  // Without the reserve everything still works; it is made at the next start that finds the space.
  const reserved = reserve.ensure().catch(() => undefined);
  return done(journalOf(own, pages, async () => {
    clearTimeout(later);
    await reserved;
    await closeChain(own);
    await pages.close();
    await lock.release();
  }));
}

function journalOf(own: OwnChain, pages: PageSets, close: () => Promise<void>): Journal {
  const { chain } = own.options;
  const isOwn = (item: PageItem): boolean => item.deviceId === chain.deviceId && item.officerId === chain.officerId;
  const listeners = new Set<() => void>();
  return {
    chain,
    get generationId() {
      return pages.generationId();
    },
    async append(changes) {
      const appended = await appendChanges(own, changes);
      if (!appended.ok) return appended;
      for (const listener of listeners) listener();
      const { batchId, changes: chained } = appended.value;
      return done({ batchId, changes: chained.map((change) => ownApplied({ ...change, receivedAt: null }, chain)) });
    },
    own: (fromSeq, limit) => readOwn(own, fromSeq, limit),
    outgoing: (fromSeq, maxChanges, maxBytes) => outgoing(own, fromSeq, maxChanges, maxBytes),
    head: () => own.queue.state().position,
    receiptedThrough: () => receiptedThrough(own),
    refusals: () => [...own.refused.values()].sort((a, b) => a.seq - b.seq),
    recordReceipt: (receipt, refused) => orDiskProblem(() => recordReceipt(own, receipt, refused)),
    async appendPage(items, cursor, after, cursorId) {
      const kept = await pages.append(items, cursor, after, cursorId);
      return kept.ok ? orDiskProblem(() => compareOwn(own, items.filter(isOwn))) : kept;
    },
    pages: (after, limit) => pages.read(after, limit, (item) => !isOwn(item)),
    cursor: pages.cursor,
    pulledTo: pages.pulledTo,
    pulled: (after, limit) => pages.pulled(after, limit, (item) => !isOwn(item)),
    pullAnew: pages.pullAnew,
    isPullingAnew: pages.isPullingAnew,
    pulledAll: pages.pulledAll,
    async changesOf(recordIds) {
      const mine = await ownOfRecords(own, recordIds);
      const pulled = await pages.of(recordIds, (item) => !isOwn(item));
      return [...mine.map((change) => ownApplied(change, chain)), ...pulled.map((item) => pulledApplied(item, chain.officeId))];
    },
    readOnly: () => own.problem,
    halt: (reason) => void haltChain(own, reason),
    onAppended(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close,
  };
}

async function readOwn(own: OwnChain, fromSeq: number, limit: number): Promise<readonly OwnChange[]> {
  const found: OwnChange[] = [];
  for await (const batch of batchesFrom(own, fromSeq)) {
    for (const change of batch) {
      if (change.seq < fromSeq) continue;
      if (found.length === limit) return found;
      found.push(change);
    }
  }
  return found;
}

async function outgoing(own: OwnChain, fromSeq: number, maxChanges: number, maxBytes: number): Promise<Outgoing | null> {
  const changes: OwnChange[] = [];
  let bytes = 0;
  for await (const batch of batchesFrom(own, fromSeq)) {
    const fresh = batch.filter((change) => change.seq >= fromSeq);
    bytes += fresh.reduce((sum, change) => sum + Buffer.byteLength(JSON.stringify(change.body)) + 1, 0);
    // One append always fits: it is limited to less than a request may hold.
    if (changes.length > 0 && (changes.length + fresh.length > maxChanges || bytes > maxBytes)) break;
    changes.push(...fresh);
  }
  const last = changes.at(-1);
  return last ? { fromSeq, throughSeq: last.seq, changes: changes.map((change) => change.body), signature: last.batchEnd.signature } : null;
}

async function* batchesFrom(own: OwnChain, fromSeq: number): AsyncGenerator<readonly OwnChange[]> {
  const head = own.queue.state().position;
  if (fromSeq > head.seq) return;
  if (fromSeq <= own.knownFrom) await completeIndex(own);
  const blocks = own.index.blocks();
  const block = blocks[lastBlock(blocks, (before) => before.seq >= fromSeq)];
  if (block) yield* readBatches(readerOf(own), block, own.writer.end());
}

async function ownOfRecords(own: OwnChain, recordIds: ReadonlySet<string>): Promise<readonly OwnChange[]> {
  await completeIndex(own);
  const blocks = own.index.blocks();
  const found: OwnChange[] = [];
  for (const number of own.index.blocksOf(recordIds)) {
    const block = blocks[number];
    const next = blocks[number + 1];
    const end = next ? { segment: next.segment, bytes: next.offset } : own.writer.end();
    if (!block) continue;
    for await (const batch of readBatches(readerOf(own), block, end)) found.push(...batch.filter((change) => recordIds.has(change.body.recordId)));
  }
  return found;
}

function readerOf(own: OwnChain): OwnReader {
  const { disk, folder, chain } = own.options;
  return { disk, folder, chain, bytesOf: (segment) => own.segmentBytes.get(segment) ?? null, receipts: () => own.receipts };
}

async function recordReceipt(own: OwnChain, receipt: Receipt | null, refused: readonly Refusal[] | null): Promise<Outcome<void>> {
  const fresh = receipt && receipt.seq > receiptedThrough(own) ? receipt : null;
  const { unknown, published } = refusedAnew(own, receipt?.seq ?? 0, refused);
  const named = fresh ?? (receipt && receipt.seq < receiptedThrough(own) ? receipt : null);
  if (named) {
    // A server that was set back names an earlier change: it has to be ours, too.
    const head = own.queue.state().position;
    if (named.seq > head.seq) return haltChain(own, problem('chain-mismatch', { seq: named.seq, head: head.seq }));
    const [mine] = await readOwn(own, named.seq, 1);
    if (mine && mine.id !== named.id) return haltChain(own, problem('fork', { seq: named.seq }));
  }
  if (!fresh && unknown.length === 0 && published.length === 0) return done(undefined);
  return appendReceipt(own, { receipt: fresh, refused: unknown, ...(published.length > 0 ? { published } : {}) });
}

/** What the server's list says that we did not know. Of changes that it does not hold it says nothing. */
function refusedAnew(own: OwnChain, heldThrough: number, refused: readonly Refusal[] | null): { readonly unknown: Refusal[]; readonly published: string[] } {
  if (refused === null) return { unknown: [], published: [] };
  const named = new Set(refused.map(({ id }) => id));
  return {
    unknown: refused.filter((each) => JSON.stringify(own.refused.get(each.id)?.problem) !== JSON.stringify(each.problem)),
    published: [...own.refused.values()].filter(({ seq, id }) => seq <= heldThrough && !named.has(id)).map(({ id }) => id),
  };
}

/** What the feed says of our own changes, against what we wrote. */
async function compareOwn(own: OwnChain, items: readonly PageItem[]): Promise<Outcome<void>> {
  const seqs = items.map((item) => item.seq);
  if (seqs.length === 0) return done(undefined);
  const first = Math.min(...seqs);
  const highest = Math.max(...seqs);
  const head = own.queue.state().position;
  if (highest > head.seq) return haltChain(own, problem('chain-mismatch', { seq: highest, head: head.seq }));
  const mine = new Map((await readOwn(own, first, highest - first + 1)).map((change) => [change.seq, change.id]));
  const forked = items.find((item) => mine.has(item.seq) && mine.get(item.seq) !== item.id);
  return forked ? haltChain(own, problem('fork', { seq: forked.seq })) : done(undefined);
}

/** On a full disk the reserve is given up rather than the person locked out. */
async function withRoom<T>(reserve: Reserve, task: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  const first = await orDiskProblem(task);
  if (first.ok || first.problem.code !== 'disk-full') return first;
  const released = await orDiskProblem(async () => done(await reserve.release()));
  return released.ok && released.value ? orDiskProblem(task) : first;
}
