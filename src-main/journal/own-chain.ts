import { MAX_APPEND_CHANGES, PIECE_CHANGES } from '#shared/journal/append-limits.ts';
import { JOURNAL_FORMAT, type Checkpoint, type ReceiptBody } from '#shared/journal/bodies.ts';
import type { ChainPosition } from '#shared/journal/chain.ts';
import { encodeFrame, frameTypes } from '#shared/journal/frame.ts';
import type { NewChange } from '#shared/journal/change.ts';
import { done, type Outcome } from '#shared/kit/outcome.ts';
import { problem, type Problem } from '#shared/kit/problem.ts';
import type { Refusal } from '#shared/sync/wire.ts';
import { batchFrames, type BatchFrames } from './batch-frame.ts';
import type { BlockIndex } from './block-index.ts';
import type { BootClock } from './boot-clock.ts';
import { jsonBytes } from './bytes.ts';
import type { ChainKey } from './chain-key.ts';
import { envelopeProblem } from './check-changes.ts';
import { writeCheckpoint } from './checkpoint.ts';
import { commitQueue, type ChainState, type CommitQueue } from './commit-queue.ts';
import { journalFolder, segmentHeader } from './create-journal.ts';
import type { Disk } from './disk.ts';
import { diskProblem, errorCode } from './disk-problem.ts';
import type { ChainIdentity, Receipt } from './journal.ts';
import { nextTurn } from './next-turn.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { Recovered } from './recover-journal.ts';
import { emptyScan, noteDamage, scanJournal, type JournalScan } from './scan-journal.ts';
import { segmentWriter, type SegmentWriter } from './segment-writer.ts';

export type OwnChainOptions = {
  readonly disk: Disk;
  readonly folder: string;
  readonly chain: ChainIdentity;
  readonly key: ChainKey;
  readonly clock: BootClock;
  readonly segmentBytes: number;
  readonly growBytes: number;
  readonly checkpointEvery: number;
  makeRoom(): Promise<boolean>;
};

/** The own part of a journal while it is open. Written by the functions of this file only. */
export type OwnChain = {
  readonly options: OwnChainOptions;
  readonly recovered: Recovered;
  readonly writer: SegmentWriter;
  readonly queue: CommitQueue;
  /** Good bytes of every segment but the last. */
  readonly segmentBytes: Map<number, number>;
  readonly index: BlockIndex<ChainPosition>;
  readonly refused: Map<string, Refusal>;
  receipts: readonly Receipt[];
  /** The index and the receipts know everything behind this seq. */
  knownFrom: number;
  /** Why nothing may be written. */
  problem: Problem | null;
  mark: Mark;
  framesSinceCheckpoint: number;
  readonly checkpointing: <T>(task: () => Promise<T>) => Promise<T>;
  older: { readonly scan: JournalScan; readonly finished: Promise<void> } | null;
};

/** A place up to which everything is durable, with the state there. */
type Mark = ChainState & { readonly segment: number; readonly bytes: number };

export function ownChain(options: OwnChainOptions, recovered: Recovered): OwnChain {
  const { tail, checkpoint, end } = recovered;
  const segmentBytes = new Map(recovered.segments.slice(1).map(({ segment, header }) => [segment - 1, header.continues.bytesBefore]));
  const start: ChainState = { position: tail.position, fieldNumbers: tail.fieldNumbers };
  const writer = segmentWriter({
    disk: options.disk, folder: journalFolder(options.folder), extension: 'seg', end,
    mayAppend: recovered.wasClean, maxBytes: options.segmentBytes, growBytes: options.growBytes,
    header(segment, bytesBefore) {
      segmentBytes.set(segment - 1, bytesBefore);
      const { position } = queue.state();
      return segmentHeader(options.chain, options.key.publicKey, recovered.generationId, segment, { ...position, bytesBefore });
    },
    makeRoom: options.makeRoom,
  });
  const queue = commitQueue(writer, start);
  return {
    options, recovered, writer, queue, segmentBytes, index: tail.index,
    refused: new Map([...(checkpoint?.refused ?? []).filter((each) => !tail.published.has(each.id)).map((each) => [each.id, each] as const), ...tail.refused]),
    receipts: checkpoint?.receipt ? [checkpoint.receipt, ...tail.receipts] : tail.receipts,
    knownFrom: checkpoint?.seq ?? 0,
    problem: tail.damage,
    mark: { ...start, ...end }, framesSinceCheckpoint: 0, checkpointing: oneAtATime(), older: null,
  };
}

export async function appendChanges(own: OwnChain, changes: readonly NewChange[]): Promise<Outcome<BatchFrames>> {
  if (own.problem) return { ok: false, problem: own.problem };
  const flaw = await envelopeFlaw(changes);
  if (flaw) return { ok: false, problem: flaw };
  return own.queue.commit(async (before, inWrite) => {
    if (own.problem) return { ok: false, problem: own.problem };
    const made = await batchFrames(changes, before, inWrite, own.options);
    if (!made.ok) return made;
    const { bytes, frames, after } = made.value;
    return done({
      frame: bytes, after, value: made.value,
      committed({ segment, from }) {
        for (const frame of frames) own.index.note({ segment, from: from + frame.from }, frame.before, frame.changes.map((change) => change.body.recordId));
        own.mark = { ...after, segment, bytes: from + bytes.length };
        countFrame(own);
      },
    });
  });
}

async function envelopeFlaw(changes: readonly NewChange[]): Promise<Problem | null> {
  if (changes.length <= PIECE_CHANGES) return envelopeProblem(changes);
  if (changes.length > MAX_APPEND_CHANGES) return problem('too-large', { limit: MAX_APPEND_CHANGES, length: changes.length });
  for (let at = 0; at < changes.length; at += PIECE_CHANGES) {
    const flaw = envelopeProblem(changes.slice(at, at + PIECE_CHANGES));
    if (flaw) return flaw;
    await nextTurn();
  }
  return null;
}

/** Appends what is new of a receipt and of refusals. */
export async function appendReceipt(own: OwnChain, body: Omit<ReceiptBody, 'inWrite'>): Promise<Outcome<void>> {
  const take = (): void => {
    if (body.receipt && body.receipt.seq > receiptedThrough(own)) own.receipts = [...own.receipts, body.receipt];
    for (const id of body.published ?? []) own.refused.delete(id);
    for (const refusal of body.refused) own.refused.set(refusal.id, refusal);
  };
  if (own.problem) {
    take();
    return done(undefined);
  }
  return own.queue.commit((before, inWrite) => {
    const frame = encodeFrame(frameTypes.receipt, jsonBytes({ inWrite, ...body } satisfies ReceiptBody));
    return done({ frame, after: before, value: undefined, committed: take });
  });
}

export function receiptedThrough(own: OwnChain): number {
  return own.receipts.at(-1)?.seq ?? 0;
}

/** Stops writing; the first reason stays. */
export function haltChain(own: OwnChain, reason: Problem): { readonly ok: false; readonly problem: Problem } {
  own.problem ??= reason;
  return { ok: false, problem: reason };
}

/** Verifies what lies before the checkpoint and completes the index; once, whoever asks. Damage found there stops writing. */
export function completeIndex(own: OwnChain): Promise<void> {
  const { checkpoint, segments } = own.recovered;
  if (!checkpoint) return Promise.resolve();
  if (own.older) return own.older.finished;
  const scan = emptyScan('none');
  const finished = scanOlder(own, scan, checkpoint, segments);
  own.older = { scan, finished };
  return finished;
}

async function scanOlder(own: OwnChain, scan: JournalScan, checkpoint: Checkpoint, segments: Recovered['segments']): Promise<void> {
  const { disk, chain, key } = own.options;
  try {
    await scanJournal(disk, segments, { segment: 1, bytes: 0 }, checkpoint, chain, key, scan);
  } catch (error) {
    if (errorCode(error) === null) throw error;
    haltChain(own, diskProblem(error).problem);
  }
  if (scan.stopped) return;
  if (scan.position.id !== checkpoint.id) noteDamage(scan, checkpoint.segment, checkpoint.bytes);
  own.index.prepend(scan.index);
  const last = scan.receipts.at(-1)?.seq ?? 0;
  own.receipts = [...scan.receipts, ...own.receipts.filter((receipt) => receipt.seq > last)];
  own.knownFrom = 0;
  if (scan.damage) haltChain(own, scan.damage);
}

function countFrame(own: OwnChain): void {
  own.framesSinceCheckpoint += 1;
  if (own.framesSinceCheckpoint < own.options.checkpointEvery) return;
  own.framesSinceCheckpoint = 0;
  void own.checkpointing(async () => {
    if (own.problem === null) await placeCheckpoint(own, own.mark);
  });
}

async function placeCheckpoint(own: OwnChain, mark: Mark): Promise<void> {
  const { disk, folder, key } = own.options;
  const checkpoint: Checkpoint = {
    format: JOURNAL_FORMAT, generationId: own.recovered.generationId, segment: mark.segment, bytes: mark.bytes,
    ...mark.position, receipt: own.receipts.at(-1) ?? null, refused: [...own.refused.values()], fieldNumbers: mark.fieldNumbers,
  };
  try {
    await writeCheckpoint(disk, journalFolder(folder), checkpoint, key);
  } catch (error) {
    // Only the next start gets slower. The old checkpoint stays valid.
    if (errorCode(error) === null) throw error;
  }
}

/** Ends cleanly: everything synced, and a checkpoint at the very end that lets the next start write on. */
export async function closeChain(own: OwnChain): Promise<void> {
  await own.queue.idle();
  if (own.older) {
    own.older.scan.stopped = true;
    await own.older.finished;
  }
  const wasWritable = own.problem === null;
  // Whoever still holds the journal must not write behind the lock that is about to be released.
  own.problem ??= problem('not-signed-in');
  const { end, wasClean } = own.recovered;
  const now = own.writer.end();
  const wrote = now.segment !== end.segment || (wasClean && now.bytes !== end.bytes);
  if (wrote && wasWritable && (await own.writer.sync()).ok) {
    const { segment, bytes } = own.writer.end();
    await own.checkpointing(() => placeCheckpoint(own, { ...own.queue.state(), segment, bytes }));
  }
  await own.checkpointing(() => own.writer.close());
}
