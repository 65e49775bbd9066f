import { SegmentHeader, type Checkpoint } from '#shared/journal/bodies.ts';
import { chainStart } from '#shared/journal/chain.ts';
import { failed, done, type Outcome } from '#shared/kit/outcome.ts';
import type { ChainKey } from './chain-key.ts';
import { readCheckpoint } from './checkpoint.ts';
import { journalFolder, readGeneration } from './create-journal.ts';
import { inFolder, placeFile, type Disk } from './disk.ts';
import type { ChainIdentity } from './journal.ts';
import { bytesOf, emptyScan, noteDamage, scanJournal, type JournalPlace, type JournalScan, type JournalSegment } from './scan-journal.ts';
import { listSegments, segmentName } from './segments.ts';

/** A journal as it was found: its tail verified, its end clean. */
export type Recovered = {
  readonly generationId: string;
  readonly segments: readonly JournalSegment[];
  /** What lies behind the checkpoint, or everything when there is no usable one. */
  readonly tail: JournalScan;
  /** Still to be verified from the beginning up to it; null when the tail is everything. */
  readonly checkpoint: Checkpoint | null;
  readonly end: { readonly segment: number; readonly bytes: number };
  /** The program ended by itself the last time: the last segment may be written on. */
  readonly wasClean: boolean;
};

/**
 * Reads the end of a journal. A torn tail is copied to `torn/` and cut; with damage anywhere else nothing on the disk is
 * touched. Rejects with the disk's error; fails with `profile-damaged` when nothing tells which journal it is.
 */
export async function recoverJournal(disk: Disk, folder: string, chain: ChainIdentity, key: ChainKey): Promise<Outcome<Recovered>> {
  const journal = journalFolder(folder);
  const { segments, unreadable } = await listSegments(disk, journal, 'seg', SegmentHeader);
  const generationId = (await readGeneration(disk, folder)) ?? segments[0]?.header.generationId;
  if (generationId === undefined) return failed('profile-damaged');
  const found = await readCheckpoint(disk, journal, generationId, key);
  const checkpoint = found && holds(segments, found) ? found : null;
  const tail = emptyScan('each', checkpoint ? { seq: checkpoint.seq, id: checkpoint.id } : chainStart);
  if (checkpoint) Object.assign(tail, { fieldNumbers: checkpoint.fieldNumbers });
  const strangers = segments.filter((each) => each.header.generationId !== generationId || each.header.publicKey !== key.publicKey);
  const [gap] = [...unreadable, ...strangers.map((each) => each.segment)];
  if (gap !== undefined || segments.length === 0) noteDamage(tail, gap ?? 1, 0);
  if (found && !checkpoint) noteDamage(tail, found.segment, found.bytes);
  const from: JournalPlace = checkpoint ?? { segment: 1, bytes: 0 };
  const torn = await scanJournal(disk, segments, from, null, chain, key, tail);
  const last = segments.at(-1);
  const end = torn ?? { segment: last?.segment ?? 0, bytes: last ? bytesOf(segments, segments.length - 1) : 0 };
  const wasClean = checkpoint !== null && torn === null && checkpoint.segment === end.segment && checkpoint.bytes === end.bytes;
  if (tail.damage === null) await settleEnd(disk, folder, segments, torn, wasClean);
  return done({ generationId, segments, tail, checkpoint, end, wasClean });
}

/** Whether the checkpoint's place is there: a journal shorter than its own mark was cut or put back from a copy. */
function holds(segments: readonly JournalSegment[], checkpoint: Checkpoint): boolean {
  const at = segments.findIndex((each) => each.segment === checkpoint.segment);
  return at !== -1 && bytesOf(segments, at) >= checkpoint.bytes;
}

/** After an unclean end what was read may be in the system's memory only, names included: a power cut would take it. */
async function settleEnd(disk: Disk, folder: string, segments: readonly JournalSegment[], torn: JournalPlace | null, wasClean: boolean): Promise<void> {
  const last = segments.at(-1);
  if (wasClean || !last) return;
  const journal = journalFolder(folder);
  const rest = torn ? withoutZeros(await disk.read(last.path, torn.bytes, last.bytes - torn.bytes)) : null;
  if (torn && rest && rest.length > 0) await keepAside(disk, folder, `${segmentName(torn.segment, 'seg')}.${torn.bytes}`, rest);
  const file = await disk.open(last.path, 'existing');
  try {
    if (torn) await file.truncate(torn.bytes);
    await file.fdatasync();
  } finally {
    await file.close();
  }
  await disk.fsyncFolder(journal);
}

/** Nothing of a journal is ever simply thrown away. */
async function keepAside(disk: Disk, folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const torn = inFolder(folder, 'torn');
  await disk.makeFolder(torn);
  await placeFile(disk, torn, name, bytes);
  await disk.fsyncFolder(folder);
}

/** Without the zeros written ahead: no frame ends in one, since bodies are JSON. */
function withoutZeros(bytes: Uint8Array): Uint8Array {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0) length -= 1;
  return bytes.subarray(0, length);
}
