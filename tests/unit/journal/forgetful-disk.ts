import type { Disk, DiskFile } from '../../../src-main/journal/disk.ts';

type Op = { readonly offset: number; readonly bytes: Uint8Array } | { readonly truncate: number };
type NameOp = { readonly folder: string; readonly apply: (names: Map<string, Inode>) => void };
type Inode = { live: Uint8Array; durable: Uint8Array; pending: Op[] };

export type Random = () => number;

const SECTOR = 512;

/**
 * A disk in memory that keeps apart what a process sees and what would survive a power cut: writes until fdatasync, names
 * until their folder is synced. A cut keeps any sectors of unsynced writes and any first part of the unsynced names.
 */
export class ForgetfulDisk implements Disk {
  calls = 0;
  /** The call at which the power goes; from then on nothing answers any more, as for a dead process. */
  cutAtCall = Infinity;
  /** The call that fails once, with this code; -1 = none. */
  failAtCall = -1;
  failCode = 'EIO';
  /** Bytes that fit in all; Infinity = no limit. */
  capacity = Infinity;
  readonly powerCut: Promise<void>;
  private cutNow: () => void = () => undefined;
  private names = new Map<string, Inode>();
  private durableNames = new Map<string, Inode>();
  private pendingNames: NameOp[] = [];

  constructor() {
    this.powerCut = new Promise((resolve) => {
      this.cutNow = resolve;
    });
  }

  /** The disk that the next process finds after a power cut. */
  afterPowerCut(random: Random): ForgetfulDisk {
    const keep = Math.floor(random() * (this.pendingNames.length + 1));
    const names = new Map(this.durableNames);
    for (const op of this.pendingNames.slice(0, keep)) op.apply(names);
    return ForgetfulDisk.of([...names].map(([path, inode]) => [path, survivor(inode, random)]));
  }

  /** A power cut that keeps of each file what was synced, or its first `bytes` when that is more. */
  afterPowerCutAt(bytes: number): ForgetfulDisk {
    return ForgetfulDisk.of([...this.names].map(([path, { live, durable }]) => [path, durable.length >= bytes ? durable : live.slice(0, bytes)]));
  }

  /** The disk that the next process finds after kill -9: everything that was written. */
  afterKill(): ForgetfulDisk {
    return ForgetfulDisk.of(this.files());
  }

  /**
   * The same disk for the next process after kill -9: a power cut may still take what nobody has synced. The process that
   * had it until now must not write any more.
   */
  handedOver(): ForgetfulDisk {
    const disk = new ForgetfulDisk();
    [disk.names, disk.durableNames, disk.pendingNames] = [this.names, this.durableNames, this.pendingNames];
    return disk;
  }

  static of(files: Iterable<readonly [string, Uint8Array]>): ForgetfulDisk {
    const disk = new ForgetfulDisk();
    for (const [path, bytes] of files) {
      const inode = { live: bytes.slice(), durable: bytes.slice(), pending: [] };
      disk.names.set(path, inode);
      disk.durableNames.set(path, inode);
    }
    return disk;
  }

  files(): (readonly [string, Uint8Array])[] {
    return [...this.names].map(([path, inode]) => [path, inode.live.slice()] as const);
  }

  file(path: string): Uint8Array {
    const inode = this.names.get(path);
    if (!inode) throw coded('ENOENT');
    return inode.live.slice();
  }

  async open(path: string, how: 'fresh' | 'existing'): Promise<DiskFile> {
    await this.call();
    let inode = this.names.get(path);
    if (how === 'fresh' && inode) throw coded('EEXIST');
    if (how === 'existing' && !inode) throw coded('ENOENT');
    if (!inode) {
      const fresh: Inode = { live: new Uint8Array(0), durable: new Uint8Array(0), pending: [] };
      this.name(path, (names) => names.set(path, fresh));
      inode = fresh;
    }
    return this.handle(inode);
  }

  async read(path: string, offset: number, length: number): Promise<Uint8Array> {
    await this.call();
    return this.file(path).slice(offset, offset + length);
  }

  async size(path: string): Promise<number | null> {
    await this.call();
    return this.names.get(path)?.live.length ?? null;
  }

  async list(folder: string): Promise<readonly string[]> {
    await this.call();
    const prefix = `${folder}/`;
    const below = [...this.names.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
    return [...new Set(below.map((name) => name.split('/')[0] ?? ''))].sort();
  }

  async makeFolder(): Promise<void> {
    await this.call();
  }

  async rename(from: string, to: string): Promise<void> {
    await this.call();
    const inode = this.names.get(from);
    if (!inode) throw coded('ENOENT');
    this.name(to, (names) => {
      names.delete(from);
      names.set(to, inode);
    });
  }

  async remove(path: string): Promise<void> {
    await this.call();
    if (this.names.has(path)) this.name(path, (names) => names.delete(path));
  }

  async fsyncFolder(folder: string): Promise<void> {
    await this.call();
    const here = this.pendingNames.filter((op) => op.folder === folder);
    for (const op of here) op.apply(this.durableNames);
    this.pendingNames = this.pendingNames.filter((op) => op.folder !== folder);
  }

  async free(): Promise<number> {
    await this.call();
    return this.capacity - this.used();
  }

  private handle(inode: Inode): DiskFile {
    return {
      writeAt: async (bytes, offset) => {
        await this.call(() => this.write(inode, bytes.subarray(0, Math.floor(bytes.length / 2)), offset));
        this.write(inode, bytes, offset);
      },
      fdatasync: async () => {
        await this.call();
        inode.durable = inode.live.slice();
        inode.pending = [];
      },
      truncate: async (length) => {
        await this.call();
        inode.pending.push({ truncate: length });
        inode.live = truncated(inode.live, length);
      },
      close: async () => undefined,
    };
  }

  private write(inode: Inode, bytes: Uint8Array, offset: number): void {
    const room = this.capacity - this.used() + inode.live.length - offset;
    const fits = bytes.slice(0, Math.max(0, Math.min(bytes.length, room)));
    inode.pending.push({ offset, bytes: fits });
    inode.live = written(inode.live, fits, offset);
    if (fits.length < bytes.length) throw coded('ENOSPC');
  }

  private used(): number {
    return [...new Set(this.names.values())].reduce((sum, inode) => sum + inode.live.length, 0);
  }

  private name(path: string, apply: (names: Map<string, Inode>) => void): void {
    apply(this.names);
    this.pendingNames.push({ folder: path.slice(0, path.lastIndexOf('/')), apply });
  }

  /** Counts a call; `halfDone` is what a call that fails in the middle has done by then. */
  private async call(halfDone?: () => void): Promise<void> {
    await Promise.resolve();
    this.calls += 1;
    if (this.calls >= this.cutAtCall) {
      halfDone?.();
      this.cutNow();
      await new Promise(() => undefined);
    }
    if (this.calls === this.failAtCall) {
      halfDone?.();
      throw coded(this.failCode);
    }
  }
}

/** A small fast random source with a seed, so that a failing case can be played again. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function survivor(inode: Inode, random: Random): Uint8Array {
  let bytes: Uint8Array = inode.durable.slice();
  // Some cuts keep everything, some nothing, most keep some sectors in no particular order.
  const share = [0, 1, random()][Math.floor(random() * 3)] ?? 0;
  for (const op of inode.pending) {
    if ('truncate' in op) {
      if (random() < share) bytes = truncated(bytes, op.truncate);
      continue;
    }
    for (let at = 0; at < op.bytes.length; ) {
      const end = Math.min(op.bytes.length, at + SECTOR - ((op.offset + at) % SECTOR));
      if (random() < share) bytes = written(bytes, op.bytes.subarray(at, end), op.offset + at);
      at = end;
    }
  }
  return bytes;
}

function written(before: Uint8Array, bytes: Uint8Array, offset: number): Uint8Array {
  const after = new Uint8Array(Math.max(before.length, offset + bytes.length));
  after.set(before);
  after.set(bytes, offset);
  return after;
}

function truncated(before: Uint8Array, length: number): Uint8Array {
  const after = new Uint8Array(length);
  after.set(before.subarray(0, length));
  return after;
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}
