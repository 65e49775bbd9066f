import type { BatchBody, ReceiptBody, SegmentHeader } from '#shared/journal/bodies.ts';
import { chainStart, verifyBatch, type ChainedChange, type ChainPosition } from '#shared/journal/chain.ts';
import { frameTypes, type Frame } from '#shared/journal/frame.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { problem } from '#shared/kit/problem.ts';
import type { Refusal } from '#shared/sync/wire.ts';
import { blockIndex, type BlockIndex } from './block-index.ts';
import { hashText, jsonOf } from './bytes.ts';
import type { ChainKey } from './chain-key.ts';
import type { Disk } from './disk.ts';
import { noteFieldNumber, type FieldNumbers } from './field-number.ts';
import { framesIn } from './frames-in.ts';
import type { ChainIdentity, Receipt } from './journal.ts';
import type { Segment } from './segments.ts';

/** What a walk over the journal's frames has gathered so far. */
export type JournalScan = {
  position: ChainPosition;
  readonly index: BlockIndex<ChainPosition>;
  /** Ascending by seq. */
  readonly receipts: Receipt[];
  readonly refused: Map<string, Refusal>;
  /** Ids refused before this walk began, and published in it. */
  readonly published: Set<string>;
  fieldNumbers: FieldNumbers;
  /** The first damage met; reading goes on behind it. */
  damage: Problem | null;
  /** Whether each append's signature is verified, or only the chain because a later signature proves it. */
  readonly signatures: 'each' | 'none';
  /** An append of several parts whose last part has not come yet. */
  open: OpenAppend | null;
  /** Set from outside to end the walk early; what was gathered is then incomplete. */
  stopped: boolean;
};

/** Where a walk begins or ends: bytes of a segment. */
export type JournalPlace = { readonly segment: number; readonly bytes: number };

export type JournalSegment = Segment<SegmentHeader>;

export function emptyScan(signatures: JournalScan['signatures'], position: ChainPosition = chainStart): JournalScan {
  return { position, index: blockIndex(), receipts: [], refused: new Map(), published: new Set(), fieldNumbers: {}, damage: null, signatures, open: null, stopped: false };
}

/** The bytes of a segment that are the journal's: the next segment says so, the last one goes to its end. */
export function bytesOf(segments: readonly JournalSegment[], at: number): number {
  const segment = segments[at];
  const next = segments[at + 1];
  if (!segment) return 0;
  return next && next.segment === segment.segment + 1 ? next.header.continues.bytesBefore : segment.bytes;
}

/**
 * Walks the frames from one place to another, verifies the chain and gathers into `scan`. Damage never stops the walk: it
 * is noted, and reading goes on with the next append whose signature proves it. `to` null = to the very end; resolves then
 * to where a torn end begins, null when there is none. An append of several parts counts once its last part is there.
 */
export async function scanJournal(
  disk: Disk, segments: readonly JournalSegment[], from: JournalPlace, to: JournalPlace | null,
  chain: ChainIdentity, key: ChainKey, scan: JournalScan,
): Promise<JournalPlace | null> {
  for (const [at, segment] of segments.entries()) {
    if (segment.segment < from.segment || (to && segment.segment > to.segment)) continue;
    const start = segment.segment === from.segment ? Math.max(from.bytes, segment.headerEnd) : segment.headerEnd;
    if (scan.open) endBroken(scan, chain);
    if (segment.segment !== from.segment) noteHeader(segment, scan);
    const end = to && segment.segment === to.segment ? to.bytes : bytesOf(segments, at);
    for await (const piece of framesIn(disk, segment.path, start, end)) {
      if (scan.stopped) return null;
      if (piece.kind === 'frame') {
        takeFrame(piece.frame, { segment: segment.segment, from: piece.from }, chain, key, scan);
      } else if (to === null && at === segments.length - 1 && (await onlyLastWrite(disk, segment.path, piece, end))) {
        return tornAt(scan, { segment: segment.segment, bytes: piece.from });
      } else {
        noteDamage(scan, segment.segment, piece.from);
      }
    }
  }
  if (scan.open && to === null) return tornAt(scan, null);
  if (scan.open) endBroken(scan, chain);
  return null;
}

/** What lacks its last part was never acknowledged: all of it is torn. */
function tornAt(scan: JournalScan, gap: JournalPlace | null): JournalPlace | null {
  const { open } = scan;
  scan.open = null;
  return open ? { segment: open.place.segment, bytes: open.place.from } : gap;
}

/**
 * Whether all that follows a gap belongs to the same write as the gap. A write begins only when the one before is durable,
 * so such a write never was acknowledged: sectors reach the disk in any order, and a power cut may keep later ones.
 */
async function onlyLastWrite(disk: Disk, path: string, gap: { readonly from: number; readonly to: number }, end: number): Promise<boolean> {
  for await (const piece of framesIn(disk, path, gap.to, end)) {
    if (piece.kind === 'gap') continue;
    const inWrite = (bodyOf(piece.frame) as { inWrite?: unknown } | null)?.inWrite;
    if (typeof inWrite !== 'number' || piece.from - inWrite > gap.from) return false;
  }
  return true;
}

export function noteDamage(scan: JournalScan, segment: number, at: number): void {
  scan.damage ??= problem('journal-damaged', { segment, at });
}

function noteHeader(segment: JournalSegment, scan: JournalScan): void {
  const { seq, id } = segment.header.continues;
  if (seq !== scan.position.seq || id !== scan.position.id) noteDamage(scan, segment.segment, 0);
}

function takeFrame(
  frame: Frame, place: { readonly segment: number; readonly from: number }, chain: ChainIdentity, key: ChainKey, scan: JournalScan,
): void {
  const body = bodyOf(frame);
  const next = frame.type === frameTypes.batch ? (body as BatchBody | null) : null;
  if (scan.open && !goesOn(scan.open, next)) endBroken(scan, chain);
  if (frame.type === frameTypes.receipt && body) {
    takeReceipt(body as ReceiptBody, scan);
    return;
  }
  const changes = frame.type === frameTypes.batch && body ? verified(body as BatchBody, chain, key, scan) : null;
  if (!changes) {
    noteDamage(scan, place.segment, place.from);
    return;
  }
  const part = next?.part;
  if (!part) {
    takeChanges(scan, place, changes, chain);
    return;
  }
  scan.open ??= { batchId: next.batchId, place, parts: [] };
  scan.open.parts.push({ place, changes });
  if (part.no !== scan.open.parts.length) endBroken(scan, chain);
  else if (part.no === part.of) endWhole(scan, chain);
}

/** Parts of one append, verified and not counted yet. */
type OpenAppend = { readonly batchId: string; readonly place: FramePlace; readonly parts: { readonly place: FramePlace; readonly changes: readonly ChainedChange[] }[] };
type FramePlace = { readonly segment: number; readonly from: number };

function goesOn(open: OpenAppend, next: BatchBody | null): boolean {
  return next?.batchId === open.batchId && next.part?.no === open.parts.length + 1;
}

function endWhole(scan: JournalScan, chain: ChainIdentity): void {
  const parts = scan.open?.parts ?? [];
  scan.open = null;
  for (const { place, changes } of parts) takeChanges(scan, place, changes, chain);
}

/** A part is missing with something later behind it: the append was acknowledged once. What is there of it is still read. */
function endBroken(scan: JournalScan, chain: ChainIdentity): void {
  if (scan.open) noteDamage(scan, scan.open.place.segment, scan.open.place.from);
  endWhole(scan, chain);
}

function takeChanges(scan: JournalScan, place: FramePlace, changes: readonly ChainedChange[], chain: ChainIdentity): void {
  const first = changes[0] as ChainedChange;
  const last = changes.at(-1) as ChainedChange;
  scan.index.note(place, { seq: first.seq - 1, id: first.prev }, changes.map((change) => change.body.recordId));
  for (const change of changes) scan.fieldNumbers = noteFieldNumber(change.body, scan.fieldNumbers, chain.chainCode);
  scan.position = { seq: last.seq, id: last.id };
}

/** The last change that was verified, those of an append that is not whole yet included. */
function verifiedThrough(scan: JournalScan): ChainPosition {
  const last = scan.open?.parts.at(-1)?.changes.at(-1);
  return last ? { seq: last.seq, id: last.id } : scan.position;
}

function takeReceipt(body: ReceiptBody, scan: JournalScan): void {
  if (body.receipt && body.receipt.seq > (scan.receipts.at(-1)?.seq ?? 0)) scan.receipts.push(body.receipt);
  for (const id of body.published ?? []) {
    scan.refused.delete(id);
    scan.published.add(id);
  }
  for (const refusal of body.refused) scan.refused.set(refusal.id, refusal);
}

/**
 * The batch's changes, in step with what came before. Behind damage the batch is taken by its own word for its place,
 * provided that it lies further on and its signature holds.
 */
function verified(batch: BatchBody, chain: ChainIdentity, key: ChainKey, scan: JournalScan): readonly ChainedChange[] | null {
  const before = verifiedThrough(scan);
  try {
    const verify = (id: string, signature: string): boolean => key.verify(Buffer.from(id, 'hex'), signature);
    const inStep = verifyBatch(batch, chain, before, hashText, scan.signatures === 'each' ? verify : null);
    if (inStep.ok) return inStep.value;
    const alone = verifyBatch(batch, chain, { seq: batch.firstSeq - 1, id: batch.prev }, hashText, verify);
    if (!alone.ok || batch.firstSeq <= before.seq) return null;
    scan.damage ??= problem('journal-damaged', { seq: before.seq + 1 });
    return alone.value;
  } catch {
    // A checksum that fits and a body of another shape: not written by us.
    return null;
  }
}

function bodyOf(frame: Frame): unknown {
  try {
    return jsonOf(frame.body);
  } catch {
    return null;
  }
}
