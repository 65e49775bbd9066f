import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { storageTrouble } from '../store/storage-trouble.ts';
import type { OriginalName, Originals } from './originals.ts';

/**
 * Originals as files `<office>/<first two digits>/<sha256>`; beside them `arriving` and `damaged`. Several server processes
 * may share the folder: who writes is settled by upload-lock.ts.
 */
export function fileOriginals(folder: string): Originals {
  const placeOf = ({ officeId, sha256 }: OriginalName): string => path.join(folder, officeId, sha256.slice(0, 2), sha256);
  const partOf = ({ officeId, sha256 }: OriginalName): string => path.join(folder, officeId, 'arriving', sha256);
  return {
    async begin(name) {
      await mkdir(path.dirname(partOf(name)), { recursive: true });
      await (await open(partOf(name), 'w', 0o600)).close();
    },
    // In its place it is only after it was hashed; a crash may have come before that was noted.
    heldBytes: async (arriving) => ((await isFile(placeOf(arriving))) ? arriving.byteLength : arriving.receivedBytes),
    async writeAt(arriving, offset, bytes, isGood) {
      const part = partOf(arriving);
      await mkdir(path.dirname(part), { recursive: true });
      const file = await openToWrite(part);
      try {
        return await copyIn(file, offset, bytes, isGood);
      } finally {
        await file.close();
      }
    },
    async complete(name) {
      const [part, place] = [partOf(name), placeOf(name)];
      if (await isFile(place)) return true;
      if ((await hashOf(part)) !== name.sha256) {
        await moveAside(part, path.join(folder, name.officeId, 'damaged'));
        return false;
      }
      await mkdir(path.dirname(place), { recursive: true });
      await rename(part, place);
      await syncFolder(path.dirname(place));
      return true;
    },
    async read(name) {
      try {
        return (await open(placeOf(name), 'r')).createReadStream();
      } catch (error) {
        if (isCode(error, 'ENOENT')) return null;
        throw error;
      }
    },
  };
}

async function copyIn(file: FileHandle, offset: number, bytes: AsyncIterable<Uint8Array>, isGood: () => boolean): Promise<number> {
  let end = offset;
  let isWhole = true;
  try {
    for await (const piece of bytes) {
      await writeAll(file, piece, end);
      end += piece.length;
    }
  } catch (error) {
    // The sender went away: what came is kept, the next piece goes on behind it. A disk's error is ours.
    if (isOfStorage(error)) throw error;
    isWhole = false;
  }
  if (isWhole && !isGood()) return offset;
  await file.datasync();
  return end;
}

async function writeAll(file: FileHandle, piece: Uint8Array, at: number): Promise<void> {
  // One write may end early, where the disk gets full in the middle.
  for (let done = 0; done < piece.length;) done += (await file.write(piece, done, piece.length - done, at + done)).bytesWritten;
}

async function openToWrite(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r+');
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
    return await open(file, 'w+', 0o600);
  }
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file, { highWaterMark: 256 * 1024 })) hash.update(piece as Buffer);
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
      if (!isCode(error, 'EEXIST')) throw error;
    }
  }
  // Three wrong copies of one original are enough to look at.
  await rm(part);
}

/** The disk can not take more, or not at all. */
export function isOfStorage(error: unknown): boolean {
  return storageTrouble(error) === 'storage' || isCode(error, 'EIO', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EPERM');
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

async function syncFolder(folder: string): Promise<void> {
  // A folder can not be opened for syncing on Windows; NTFS keeps the rename in its own journal.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}
