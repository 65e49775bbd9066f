import type { BatchBody } from '#shared/journal/bodies.ts';
import { verifyBatch, type ChainedChange, type ChainPosition } from '#shared/journal/chain.ts';
import { frameTypes, type Frame } from '#shared/journal/frame.ts';
import type { Block } from './block-index.ts';
import { hashText, jsonOf } from './bytes.ts';
import { journalFolder } from './create-journal.ts';
import { inFolder, type Disk } from './disk.ts';
import { framesIn } from './frames-in.ts';
import type { ChainIdentity, OwnChange, Receipt } from './journal.ts';
import type { JournalPlace } from './scan-journal.ts';
import { segmentName } from './segments.ts';

export type OwnReader = {
  readonly disk: Disk;
  readonly folder: string;
  readonly chain: ChainIdentity;
  /** Good bytes of a segment that is not the last; null when unknown, its whole file counts then. */
  bytesOf(segment: number): number | null;
  receipts(): readonly Receipt[];
};

/** One append at a time from `block` to `end`, with its changes' places recomputed. */
export async function* readBatches(reader: OwnReader, block: Block<ChainPosition>, end: JournalPlace): AsyncGenerator<readonly OwnChange[]> {
  for (let segment = block.segment; segment <= end.segment; segment += 1) {
    const path = inFolder(journalFolder(reader.folder), segmentName(segment, 'seg'));
    const size = await reader.disk.size(path);
    // A missing segment is damage that the recovery has reported; what lies around it is read all the same.
    if (size === null) continue;
    const from = segment === block.segment ? block.offset : 0;
    const to = segment === end.segment ? end.bytes : (reader.bytesOf(segment) ?? size);
    for await (const piece of framesIn(reader.disk, path, from, to)) {
      const changes = piece.kind === 'frame' ? ownChanges(piece.frame, reader) : null;
      if (changes) yield changes;
    }
  }
}

/** Null for frames of another kind and for damaged ones. The batch's own word for its place was verified at the start. */
function ownChanges(frame: Frame, reader: OwnReader): readonly OwnChange[] | null {
  if (frame.type !== frameTypes.batch) return null;
  try {
    const batch = jsonOf(frame.body) as BatchBody;
    const chained = verifyBatch(batch, reader.chain, { seq: batch.firstSeq - 1, id: batch.prev }, hashText, null);
    return chained.ok ? chained.value.map((change) => ownChange(change, batch, reader.receipts())) : null;
  } catch {
    return null;
  }
}

function ownChange(change: ChainedChange, batch: BatchBody, receipts: readonly Receipt[]): OwnChange {
  const batchEnd = { seq: batch.firstSeq + batch.count - 1, signature: batch.signature };
  return { ...change, batchId: batch.batchId, batchEnd, receivedAt: receivedAt(change.seq, receipts) };
}

/** The server's time in the first receipt that covers `seq`. Receipts ascend by seq. */
export function receivedAt(seq: number, receipts: readonly Receipt[]): string | null {
  let low = 0;
  let high = receipts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((receipts[middle]?.seq ?? 0) >= seq) high = middle;
    else low = middle + 1;
  }
  return receipts[low]?.receivedAt ?? null;
}
