import * as z from 'zod';
import { JOURNAL_FORMAT, type SegmentHeader } from '#shared/journal/bodies.ts';
import { chainStart } from '#shared/journal/chain.ts';
import { encodeFrame, frameTypes } from '#shared/journal/frame.ts';
import { Uuid } from '#shared/kit/values.ts';
import { jsonBytes, jsonOf } from './bytes.ts';
import type { ChainKey } from './chain-key.ts';
import { writeCheckpoint } from './checkpoint.ts';
import { inFolder, placeFile, readWhole, type Disk } from './disk.ts';
import type { ChainIdentity } from './journal.ts';
import { segmentName } from './segments.ts';

/** Where the parts of a chain's folder lie. */
export function journalFolder(folder: string): string {
  return inFolder(folder, 'journal');
}

const generationName = 'generation.json';
const Generation = z.strictObject({ formatVersion: z.literal(JOURNAL_FORMAT), generationId: Uuid });

/**
 * Makes the empty journal of a new chain: once, at enrolment. Opening never makes one, since an empty journal in the
 * place of a lost one would give the same numbers a second time. Rejects with the disk's error.
 */
export async function createJournal(disk: Disk, folder: string, chain: ChainIdentity, key: ChainKey, generationId: string): Promise<void> {
  const journal = journalFolder(folder);
  await disk.makeFolder(journal);
  await placeFile(disk, folder, generationName, jsonBytes({ formatVersion: JOURNAL_FORMAT, generationId } satisfies z.infer<typeof Generation>));
  const header = segmentHeader(chain, key.publicKey, generationId, 1, { ...chainStart, bytesBefore: 0 });
  const first = encodeFrame(frameTypes.header, jsonBytes(header));
  await placeFile(disk, journal, segmentName(1, 'seg'), first);
  const place = { segment: 1, bytes: first.length };
  await writeCheckpoint(disk, journal, { format: JOURNAL_FORMAT, generationId, ...place, ...chainStart, receipt: null, refused: [], fieldNumbers: {} }, key);
  await disk.fsyncFolder(folder);
}

export function segmentHeader(
  chain: ChainIdentity, publicKey: string, generationId: string, segment: number, continues: SegmentHeader['continues'],
): SegmentHeader {
  const { officeId, deviceId, officerId, chainCode } = chain;
  return { file: 'journal', format: JOURNAL_FORMAT, chain: { officeId, deviceId, officerId, chainCode }, publicKey, generationId, segment, continues };
}

/** Null when the file is missing or damaged; the segments name the generation too. */
export async function readGeneration(disk: Disk, folder: string): Promise<string | null> {
  const bytes = await readWhole(disk, inFolder(folder, generationName));
  try {
    return bytes === null ? null : (Generation.safeParse(jsonOf(bytes)).data?.generationId ?? null);
  } catch {
    return null;
  }
}
