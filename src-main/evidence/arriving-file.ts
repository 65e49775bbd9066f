import { createHash, randomUUID } from 'node:crypto';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { inFolder, type Disk, type DiskFile } from '../journal/disk.ts';
import type { Pieces } from './store.ts';

/** Bytes that arrived whole and are on the disk, under a name that nobody else knows yet. */
export type ArrivedFile = { readonly path: string; readonly sha256: string; readonly byteLength: number };

export type Room = {
  /** Bytes that stay free: the last space is for text. */
  readonly keptFreeBytes: number;
  readonly maxBytes: number;
};

const MARK = 'arriving-';
/** The disk is asked again after so many bytes. */
const ASK_FREE_EVERY_BYTES = 64 * 1024 * 1024;

/**
 * Writes what comes piece by piece beside the originals, hashing it, and fsyncs. Fails with `too-large`, `disk-full`, and
 * leaves nothing behind then; rejects with the disk's error, leaving at most a file that the next start removes.
 */
export async function arrive(disk: Disk, folder: string, pieces: Pieces, expectedBytes: number, room: Room): Promise<Outcome<ArrivedFile>> {
  if (expectedBytes > room.maxBytes) return failed('too-large', { limit: room.maxBytes, length: expectedBytes });
  if ((await disk.free(folder)) < expectedBytes + room.keptFreeBytes) return failed('disk-full', { bytes: expectedBytes });
  const path = inFolder(folder, `${MARK}${randomUUID()}`);
  const file = await disk.open(path, 'fresh');
  let written: Outcome<Omit<ArrivedFile, 'path'>>;
  try {
    written = await writeAll(disk, folder, file, pieces, room);
    if (written.ok) await file.fdatasync();
  } catch (error) {
    await file.close();
    await disk.remove(path);
    throw error;
  }
  await file.close();
  if (!written.ok) {
    await disk.remove(path);
    return written;
  }
  return done({ path, ...written.value });
}

async function writeAll(disk: Disk, folder: string, file: DiskFile, pieces: Pieces, room: Room): Promise<Outcome<Omit<ArrivedFile, 'path'>>> {
  const hash = createHash('sha256');
  let byteLength = 0;
  let asked = 0;
  for await (const piece of pieces) {
    if (byteLength + piece.length > room.maxBytes) return failed('too-large', { limit: room.maxBytes });
    await file.writeAt(piece, byteLength);
    hash.update(piece);
    byteLength += piece.length;
    if (byteLength - asked >= ASK_FREE_EVERY_BYTES) {
      asked = byteLength;
      if ((await disk.free(folder)) < room.keptFreeBytes) return failed('disk-full', { bytes: byteLength });
    }
  }
  return done({ sha256: hash.digest('hex'), byteLength });
}

/** What a crash left in the middle; nobody was told that it is stored. */
export async function removeHalfArrived(disk: Disk, folder: string): Promise<void> {
  for (const name of await disk.list(folder)) if (name.startsWith(MARK)) await disk.remove(inFolder(folder, name));
}
