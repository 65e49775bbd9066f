import { createHash } from 'node:crypto';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { MAX_EVIDENCE_BYTES } from '#shared/sync/media.ts';
import { orDiskProblem } from '../journal/disk-problem.ts';
import { inFolder, placeFile, readWhole, type Disk } from '../journal/disk.ts';
import { oneAtATime } from '../journal/one-at-a-time.ts';
import { arrive, removeHalfArrived, type ArrivedFile } from './arriving-file.ts';
import { describeOriginal, forgetSent, isIntact, listOriginals, markSent, nextOrder, originalOf, pathOf, piecesOf } from './shelf.ts';
import type { EvidenceStore, Pieces, StoredOriginal } from './store.ts';

/** Largest original that is ever held in memory: over the bridge it comes and goes in one piece. */
export const MAX_ORIGINAL_BYTES = 256 * 1024 * 1024;

const PAUSED = 'uploads-paused';

/** Below this no photo is taken in any more: the last space is for text. */
const KEPT_FREE_BYTES = 64 * 1024 * 1024;

/**
 * Originals as files `<first two digits>/<sha256>` with a description beside them (`.json`, put there first: the bytes are
 * what counts as stored) and an empty `.sent` once the server holds them. Rejects with the disk's error.
 */
export async function openEvidenceStore(disk: Disk, folder: string, keptFreeBytes = KEPT_FREE_BYTES): Promise<EvidenceStore> {
  await disk.makeFolder(folder);
  await removeHalfArrived(disk, folder);
  const originals = await listOriginals(disk, folder);
  const listeners = new Set<() => void>();
  const serially = oneAtATime();
  const room = { keptFreeBytes, maxBytes: MAX_EVIDENCE_BYTES };
  let paused = (await disk.size(inFolder(folder, PAUSED))) !== null;

  /** Puts what arrived under its hash; its bytes are on the disk already. */
  async function settle({ path, sha256, byteLength }: ArrivedFile, mediaType: string, uploaded: boolean): Promise<Outcome<StoredOriginal>> {
    const known = originals.get(sha256);
    const stored: StoredOriginal = { sha256, mediaType, byteLength };
    if (known && (await isIntact(disk, pathOf(folder, sha256), sha256))) await disk.remove(path);
    else {
      const order = known?.order ?? nextOrder(originals);
      await describeOriginal(disk, folder, sha256, { formatVersion: 0, mediaType, byteLength, order });
      await disk.rename(path, pathOf(folder, sha256));
      await disk.fsyncFolder(inFolder(folder, sha256.slice(0, 2)));
      originals.set(sha256, { ...stored, uploaded: known?.uploaded ?? false, order });
    }
    if (uploaded) await markSent(disk, folder, originals, sha256);
    return done(stored);
  }

  /** Two at once may arrive; only putting them in their place waits for its turn. */
  async function take(pieces: Pieces, mediaType: string, expectedBytes: number, sha256: string | null): Promise<Outcome<StoredOriginal>> {
    return orDiskProblem(async () => {
      const arrived = await arrive(disk, folder, pieces, expectedBytes, room);
      if (!arrived.ok) return arrived;
      const { path, byteLength } = arrived.value;
      const refused = sha256 !== null && arrived.value.sha256 !== sha256 ? failed('evidence-damaged', { sha256 }) : byteLength === 0 ? failed('invalid-input', { field: 'bytes' }) : null;
      if (refused) await disk.remove(path);
      return refused ?? (await serially(() => settle(arrived.value, mediaType, sha256 !== null)));
    });
  }
  function told(stored: Outcome<StoredOriginal>): Outcome<StoredOriginal> {
    if (stored.ok) for (const listener of listeners) listener();
    return stored;
  }

  return {
    async put(bytes, mediaType) {
      if (bytes.length > MAX_ORIGINAL_BYTES) return failed('too-large', { limit: MAX_ORIGINAL_BYTES, length: bytes.length });
      if (bytes.length === 0) return failed('invalid-input', { field: 'bytes' });
      return told(await take([bytes], mediaType, bytes.length, null));
    },
    import: async (pieces, mediaType, expectedBytes) => told(await take(pieces, mediaType, expectedBytes, null)),
    keep: (sha256, pieces, mediaType) => take(pieces, mediaType, 0, sha256),
    path: (sha256) => pathOf(folder, sha256),
    has: (sha256) => originals.has(sha256),
    describe(sha256) {
      const known = originals.get(sha256);
      return known ? originalOf(known) : null;
    },
    async read(sha256) {
      const known = originals.get(sha256);
      if (!known) return failed('evidence-missing', { sha256 });
      if (known.byteLength > MAX_ORIGINAL_BYTES) return failed('too-large', { limit: MAX_ORIGINAL_BYTES, length: known.byteLength });
      return orDiskProblem(() => readChecked(disk, folder, known));
    },
    pieces: (sha256) => piecesOf(disk, pathOf(folder, sha256)),
    isIntact: (sha256) => isIntact(disk, pathOf(folder, sha256), sha256),
    notUploaded: () => [...originals.values()].filter((each) => !each.uploaded).sort((a, b) => a.order - b.order).map(originalOf),
    markUploaded: (sha256) => serially(() => orDiskProblem(async () => {
      await markSent(disk, folder, originals, sha256);
      return done(undefined);
    })),
    doubtUploads: () => serially(() => orDiskProblem(async () => {
      await forgetSent(disk, folder, originals);
      return done(undefined);
    })),
    uploadsPaused: () => paused,
    pauseUploads: (wanted) => serially(() => orDiskProblem(async () => {
      await (wanted ? placeFile(disk, folder, PAUSED, new Uint8Array(0)) : disk.remove(inFolder(folder, PAUSED)));
      paused = wanted;
      return done(undefined);
    })),
    onStored(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

async function readChecked(disk: Disk, folder: string, { sha256, mediaType }: StoredOriginal): ReturnType<EvidenceStore['read']> {
  const bytes = await readWhole(disk, pathOf(folder, sha256));
  if (bytes === null) return failed('evidence-missing', { sha256 });
  const isOriginal = createHash('sha256').update(bytes).digest('hex') === sha256;
  return isOriginal ? done({ bytes, mediaType }) : failed('evidence-damaged', { sha256 });
}
