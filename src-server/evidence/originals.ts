import { createHash } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/** The files of the originals: `<office>/<first two digits>/<sha256>`, and beside them what is on its way or was wrong. */
export type Originals = {
  /**
   * Writes what arrives at `offset`, fsyncs, and returns how many bytes the file holds for sure, also when the sender went
   * away in the middle. Stops at `limit`.
   */
  writeAt(officeId: string, sha256: string, offset: number, limit: number, bytes: AsyncIterable<Uint8Array>): Promise<{ readonly end: number; readonly overflow: boolean }>;
  /** Is the whole original in its place? Nothing gets there that does not hash to its name. */
  isInPlace(officeId: string, sha256: string): Promise<boolean>;
  /** True when the received bytes hash to their name: then they are the original. Else they are moved aside. */
  complete(officeId: string, sha256: string): Promise<boolean>;
  read(officeId: string, sha256: string): ReadStream;
};

export function originals(folder: string): Originals {
  const placeOf = (officeId: string, sha256: string): string => path.join(folder, officeId, sha256.slice(0, 2), sha256);
  const partOf = (officeId: string, sha256: string): string => path.join(folder, officeId, 'arriving', sha256);
  return {
    async writeAt(officeId, sha256, offset, limit, bytes) {
      const part = partOf(officeId, sha256);
      await mkdir(path.dirname(part), { recursive: true });
      const file = await openToWrite(part);
      try {
        return await copyIn(file, offset, limit, bytes);
      } finally {
        await file.close();
      }
    },
    async isInPlace(officeId, sha256) {
      try {
        return (await stat(placeOf(officeId, sha256))).isFile();
      } catch {
        return false;
      }
    },
    async complete(officeId, sha256) {
      const part = partOf(officeId, sha256);
      if ((await hashOf(part)) !== sha256) {
        await moveAside(part, path.join(folder, officeId, 'damaged'));
        return false;
      }
      const place = placeOf(officeId, sha256);
      await mkdir(path.dirname(place), { recursive: true });
      await rename(part, place);
      await syncFolder(path.dirname(place));
      return true;
    },
    read: (officeId, sha256) => createReadStream(placeOf(officeId, sha256)),
  };
}

async function copyIn(file: FileHandle, offset: number, limit: number, bytes: AsyncIterable<Uint8Array>): Promise<{ readonly end: number; readonly overflow: boolean }> {
  let end = offset;
  let overflow = false;
  try {
    for await (const piece of bytes) {
      const taken = piece.subarray(0, limit - end);
      await file.write(taken, 0, taken.length, end);
      end += taken.length;
      if (taken.length < piece.length) {
        overflow = true;
        break;
      }
    }
  } catch (error) {
    // The sender went away: what came is kept, the next piece goes on behind it. A disk's error is ours.
    if (isOfDisk(error)) throw error;
  }
  await file.datasync();
  return { end, overflow };
}

function isOfDisk(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOSPC', 'EIO', 'EDQUOT', 'EFBIG', 'EROFS'].includes(String(error.code));
}

async function openToWrite(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r+');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return await open(file, 'w+', 0o600);
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/** Kept under a name of its own: what arrived wrong may still be the only copy of something. */
async function moveAside(part: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let n = 1; n <= 3; n += 1) {
    const place = path.join(folder, `${path.basename(part)}.${n}`);
    try {
      await (await open(place, 'wx')).close();
      await rename(part, place);
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
  // Three wrong copies of one original are enough to look at.
  await rm(part);
}

async function syncFolder(folder: string): Promise<void> {
  // A folder can not be opened for syncing on Windows; NTFS keeps the rename in its own journal.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}
