import { fdatasync, write } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, statfs, type FileHandle } from 'node:fs/promises';
import type { Disk, DiskFile } from './disk.ts';

/** The real disk, for what is ours: other users of the laptop can not read it. */
export const nodeDisk: Disk = {
  open: (path, how) => openFile(path, how, 0o600),
  async read(path, offset, length) {
    const handle = await open(path, 'r');
    try {
      return await readFully(handle, offset, length);
    } finally {
      await handle.close();
    }
  },
  async size(path) {
    try {
      return (await stat(path)).size;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  },
  async list(folder) {
    try {
      return (await readdir(folder)).sort();
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  },
  async makeFolder(folder) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  },
  rename,
  async remove(path) {
    await rm(path, { force: true });
  },
  async fsyncFolder(folder) {
    // Windows can not open a folder for syncing; NTFS journals names itself.
    if (process.platform === 'win32') return;
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  async free(folder) {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
};

/** The same disk for files that a person saves somewhere: whoever may read the folder may read them. */
export const personsDisk: Disk = { ...nodeDisk, open: (path, how) => openFile(path, how, 0o666) };

async function openFile(path: string, how: 'fresh' | 'existing', mode: number): Promise<DiskFile> {
  return fileOf(await open(path, how === 'fresh' ? 'wx+' : 'r+', mode));
}

function fileOf(handle: FileHandle): DiskFile {
  return {
    async writeAt(bytes, offset) {
      let done = 0;
      // One write may end early, for instance where the disk gets full in the middle.
      while (done < bytes.length) done += await writeSome(handle.fd, bytes, done, offset + done);
    },
    fdatasync: () => syncData(handle.fd),
    truncate: (length) => handle.truncate(length),
    close: () => handle.close(),
  };
}

// The two calls of every save go without the FileHandle's own promises: on a quick disk those cost as much as the write.
function writeSome(fd: number, bytes: Uint8Array, from: number, at: number): Promise<number> {
  return new Promise((resolve, reject) => {
    write(fd, bytes, from, bytes.length - from, at, (error, written) => (error ? reject(error) : resolve(written)));
  });
}

function syncData(fd: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fdatasync(fd, (error) => (error ? reject(error) : resolve()));
  });
}

async function readFully(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) return bytes.subarray(0, done);
    done += bytesRead;
  }
  return bytes;
}

function isMissing(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'ENOENT';
}
