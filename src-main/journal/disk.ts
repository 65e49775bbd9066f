/**
 * Everything the journal, the keys and the evidence ask of a disk. Tests put in one that forgets what was not synced,
 * or that fails at the n-th call; failures are Node's errors with their `code` (ENOSPC, EIO, EROFS …).
 */
export type Disk = {
  /** `fresh` fails with EEXIST when the file is there; `existing` fails with ENOENT when it is not. */
  open(path: string, how: 'fresh' | 'existing'): Promise<DiskFile>;
  /** Bytes [offset, offset + length), fewer where the file ends. */
  read(path: string, offset: number, length: number): Promise<Uint8Array>;
  /** Length in bytes, null when there is no such file. */
  size(path: string): Promise<number | null>;
  /** Names in the folder, sorted; empty when there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
  makeFolder(folder: string): Promise<void>;
  /** Replaces `to` in one step. */
  rename(from: string, to: string): Promise<void>;
  /** Nothing happens when there is no such file. */
  remove(path: string): Promise<void>;
  /** Makes names in the folder durable: creation, renaming, removal. */
  fsyncFolder(folder: string): Promise<void>;
  /** Bytes that we may still write on the folder's volume. */
  free(folder: string): Promise<number>;
};

export type DiskFile = {
  /** All of `bytes` at `offset`, or an error. */
  writeAt(bytes: Uint8Array, offset: number): Promise<void>;
  /** Returns once everything written to this file would survive a power cut. */
  fdatasync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
};

/** Joins with `/`, which every platform's calls accept; the folders themselves come from `node:path`. */
export function inFolder(folder: string, ...names: readonly string[]): string {
  return [folder, ...names].join('/');
}

/** Puts a whole file in its place so that a power cut leaves the old one or the new one, never half of it. */
export async function placeFile(disk: Disk, folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const part = inFolder(folder, `${name}.part`);
  await disk.remove(part);
  const file = await disk.open(part, 'fresh');
  try {
    await file.writeAt(bytes, 0);
    await file.fdatasync();
  } finally {
    await file.close();
  }
  await disk.rename(part, inFolder(folder, name));
  await disk.fsyncFolder(folder);
}

/** The whole file, null when there is none. */
export async function readWhole(disk: Disk, path: string): Promise<Uint8Array | null> {
  const size = await disk.size(path);
  return size === null ? null : disk.read(path, 0, size);
}
