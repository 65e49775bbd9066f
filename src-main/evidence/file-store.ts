import { createHash } from 'node:crypto';
import * as z from 'zod';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { jsonBytes, jsonOf } from '../journal/bytes.ts';
import { orDiskProblem } from '../journal/disk-problem.ts';
import { inFolder, placeFile, readWhole, type Disk } from '../journal/disk.ts';
import { oneAtATime } from '../journal/one-at-a-time.ts';
import type { EvidenceStore, StoredOriginal } from './store.ts';

/** Largest original that comes over the bridge in one piece. */
export const MAX_ORIGINAL_BYTES = 256 * 1024 * 1024;

/** Below this no photo is taken in any more: the last space is for text. */
const KEPT_FREE_BYTES = 64 * 1024 * 1024;

const Description = z.strictObject({ formatVersion: z.literal(0), mediaType: z.string().max(100), byteLength: z.number().int().min(0), order: z.number().int() });
type Description = z.infer<typeof Description>;

type Kept = StoredOriginal & { uploaded: boolean; readonly order: number };

/**
 * Originals as files `<first two digits>/<sha256>` with a description beside them (`.json`, put there first: the bytes are
 * what counts as stored) and an empty `.sent` once the server holds them. Rejects with the disk's error.
 */
export async function openEvidenceStore(disk: Disk, folder: string, keptFreeBytes = KEPT_FREE_BYTES): Promise<EvidenceStore> {
  await disk.makeFolder(folder);
  const originals = await listOriginals(disk, folder);
  const listeners = new Set<() => void>();
  const serially = oneAtATime();

  async function store(bytes: Uint8Array, mediaType: string, uploaded: boolean): Promise<Outcome<StoredOriginal>> {
    const sha256 = hashOf(bytes);
    const known = originals.get(sha256);
    const stored: StoredOriginal = { sha256, mediaType, byteLength: bytes.length };
    if (known && (await isIntact(disk, pathOf(folder, sha256), sha256))) {
      if (uploaded) await markSent(disk, folder, originals, sha256);
      return done(stored);
    }
    if ((await disk.free(folder)) < bytes.length + keptFreeBytes) return failed('disk-full', { bytes: bytes.length });
    const order = known?.order ?? nextOrder(originals);
    await placeOriginal(disk, folder, bytes, sha256, { formatVersion: 0, mediaType, byteLength: bytes.length, order });
    originals.set(sha256, { ...stored, uploaded: known?.uploaded ?? false, order });
    if (uploaded) await markSent(disk, folder, originals, sha256);
    return done(stored);
  }

  return {
    async put(bytes, mediaType) {
      if (bytes.length > MAX_ORIGINAL_BYTES) return failed('too-large', { limit: MAX_ORIGINAL_BYTES, length: bytes.length });
      if (bytes.length === 0) return failed('invalid-input', { field: 'bytes' });
      const stored = await serially(() => orDiskProblem(() => store(bytes, mediaType, false)));
      if (stored.ok) for (const listener of listeners) listener();
      return stored;
    },
    async keep(sha256, bytes, mediaType) {
      if (hashOf(bytes) !== sha256) return failed('evidence-damaged', { sha256 });
      return serially(() => orDiskProblem(() => store(bytes, mediaType, true)));
    },
    path: (sha256) => pathOf(folder, sha256),
    has: (sha256) => originals.has(sha256),
    describe(sha256) {
      const known = originals.get(sha256);
      return known ? originalOf(known) : null;
    },
    async read(sha256) {
      const known = originals.get(sha256);
      if (!known) return failed('evidence-missing', { sha256 });
      return orDiskProblem(async () => {
        const bytes = await readWhole(disk, pathOf(folder, sha256));
        if (bytes === null) return failed('evidence-missing', { sha256 });
        return hashOf(bytes) === sha256 ? done({ bytes, mediaType: known.mediaType }) : failed('evidence-damaged', { sha256 });
      });
    },
    notUploaded: () => [...originals.values()].filter((each) => !each.uploaded).sort((a, b) => a.order - b.order).map(originalOf),
    markUploaded: (sha256) => serially(() => orDiskProblem(async () => {
      await markSent(disk, folder, originals, sha256);
      return done(undefined);
    })),
    doubtUploads: () => serially(() => orDiskProblem(async () => {
      for (const kept of [...originals.values()].filter((each) => each.uploaded)) {
        await disk.remove(`${pathOf(folder, kept.sha256)}.sent`);
        originals.set(kept.sha256, { ...kept, uploaded: false });
      }
      return done(undefined);
    })),
    onStored(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function pathOf(folder: string, sha256: string): string {
  return inFolder(folder, sha256.slice(0, 2), sha256);
}

function originalOf({ sha256, mediaType, byteLength }: Kept): StoredOriginal {
  return { sha256, mediaType, byteLength };
}

/** Originals keep the order in which they came; a number, since no clock is trusted for order. */
function nextOrder(originals: ReadonlyMap<string, Kept>): number {
  let last = 0;
  for (const { order } of originals.values()) last = Math.max(last, order);
  return last + 1;
}

async function placeOriginal(disk: Disk, folder: string, bytes: Uint8Array, sha256: string, description: Description): Promise<void> {
  const shelf = inFolder(folder, sha256.slice(0, 2));
  await disk.makeFolder(shelf);
  await disk.fsyncFolder(folder);
  await placeFile(disk, shelf, `${sha256}.json`, jsonBytes(description));
  await placeFile(disk, shelf, sha256, bytes);
}

async function markSent(disk: Disk, folder: string, originals: Map<string, Kept>, sha256: string): Promise<void> {
  const known = originals.get(sha256);
  if (!known || known.uploaded) return;
  await placeFile(disk, inFolder(folder, sha256.slice(0, 2)), `${sha256}.sent`, new Uint8Array(0));
  originals.set(sha256, { ...known, uploaded: true });
}

async function listOriginals(disk: Disk, folder: string): Promise<Map<string, Kept>> {
  const originals = new Map<string, Kept>();
  for (const shelf of await disk.list(folder)) {
    if (!/^[0-9a-f]{2}$/.test(shelf)) continue;
    const names = new Set(await disk.list(inFolder(folder, shelf)));
    const hashes = [...names].filter((name) => /^[0-9a-f]{64}$/.test(name));
    for (const kept of await Promise.all(hashes.map((sha256) => keptOriginal(disk, folder, sha256, names)))) originals.set(kept.sha256, kept);
  }
  return originals;
}

/** Bytes whose description is lost are still evidence. */
async function keptOriginal(disk: Disk, folder: string, sha256: string, names: ReadonlySet<string>): Promise<Kept> {
  const path = pathOf(folder, sha256);
  const description = await describe(disk, `${path}.json`);
  const byteLength = description?.byteLength ?? (await disk.size(path)) ?? 0;
  const mediaType = description?.mediaType ?? 'application/octet-stream';
  return { sha256, mediaType, byteLength, order: description?.order ?? 0, uploaded: names.has(`${sha256}.sent`) };
}

async function describe(disk: Disk, path: string): Promise<Description | null> {
  const bytes = await readWhole(disk, path);
  try {
    return bytes === null ? null : (Description.safeParse(jsonOf(bytes)).data ?? null);
  } catch {
    return null;
  }
}

async function isIntact(disk: Disk, path: string, sha256: string): Promise<boolean> {
  const bytes = await readWhole(disk, path);
  return bytes !== null && hashOf(bytes) === sha256;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
