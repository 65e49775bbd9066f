import cryptoModule from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import zlib from 'node:zlib';
import { seeded } from '../unit/journal/forgetful-disk.ts';

/**
 * Makes this process the simulation's own: its clock, its timers and its randomness are those of the seed, for the product's
 * code as for ours. Imported before everything else, since some modules take hold of a function when they are loaded.
 * What happens then depends on nothing but the seed: there is no thread, no real timer and no real chance left.
 */
const realImmediate = setImmediate;
const RealDate = Date;
export const realNow: () => number = performance.now.bind(performance);

/** The true time of the world, in ms since 1970. Laptops may believe otherwise. */
let now = 0;
let order = 0;
let random = seeded(0);
let heap: Timer[] = [];

type Timer = { readonly at: number; readonly order: number; run: (() => void) | null };

export const world = {
  now: () => now,
  /** Begins anew: no timer is left of what was before. */
  begin(seed: number, at: number): void {
    now = at;
    order = 0;
    heap = [];
    random = seeded(seed);
  },
  after(delayMs: number, run: () => void): () => void {
    const timer: Timer = { at: now + Math.max(0, delayMs), order: (order += 1), run };
    push(timer);
    return () => { timer.run = null; };
  },
  delay: (ms: number): Promise<void> => new Promise((resolve) => { world.after(ms, resolve); }),
  /** Lets everything come to rest that waits for nothing but other code. */
  settle: (): Promise<void> => new Promise((resolve) => { realImmediate(resolve); }),
  /** Lets `ms` pass; what is due runs in its order, and what it starts settles before the next. */
  async pass(ms: number): Promise<void> {
    const until = now + ms;
    await world.settle();
    for (let timer = heap[0]; timer && timer.at <= until; timer = heap[0]) {
      pop();
      if (!timer.run) continue;
      now = timer.at;
      timer.run();
      await world.settle();
    }
    now = until;
  },
  /** The same, but only until `isTrue`; false when it did not come true in that time. */
  async passUntil(isTrue: () => boolean, mostMs: number): Promise<boolean> {
    const until = now + mostMs;
    await world.settle();
    for (let timer = heap[0]; !isTrue() && timer && timer.at <= until; timer = heap[0]) {
      pop();
      if (!timer.run) continue;
      now = timer.at;
      timer.run();
      await world.settle();
    }
    if (!isTrue()) now = until;
    return isTrue();
  },
};

function isBefore(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function push(timer: Timer): void {
  let at = heap.push(timer) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isBefore(heap[at] as Timer, heap[parent] as Timer)) break;
    swap(at, parent);
    at = parent;
  }
}

function pop(): void {
  const last = heap.pop() as Timer;
  if (heap.length === 0) return;
  heap[0] = last;
  for (let at = 0; ; ) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2]) if (child < heap.length && isBefore(heap[child] as Timer, heap[least] as Timer)) least = child;
    if (least === at) return;
    swap(at, least);
    at = least;
  }
}

function swap(a: number, b: number): void {
  [heap[a], heap[b]] = [heap[b] as Timer, heap[a] as Timer];
}

function timeout(run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): object {
  const forget = world.after(ms, () => run(...given));
  const handle = { forget, ref: () => handle, unref: () => handle, hasRef: () => false };
  return handle;
}

function clear(handle: { forget?: () => void } | null | undefined): void {
  handle?.forget?.();
}

class WorldDate extends RealDate {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(now);
    else super(...(given as [number]));
  }
  static override now(): number {
    return now;
  }
}

function fill<T extends ArrayBufferView>(view: T): T {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Math.floor(random() * 256);
  filled += 1;
  return view;
}

/** How often somebody asked for random bytes: tells when a pool was filled anew. */
let filled = 0;
export const timesFilled = (): number => filled;

function uuid(): string {
  const hex = fill(Buffer.alloc(16)).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

type Packed = (body: Uint8Array, options: object, done: (error: unknown, packed?: Buffer) => void) => void;

/** The same work at once instead of on a thread of the pool. */
function atOnce(work: (body: Uint8Array, options: object) => Buffer): Packed {
  return (body, options, done) => {
    let packed: Buffer;
    try {
      packed = work(body, options);
    } catch (error) {
      queueMicrotask(() => done(error));
      return;
    }
    queueMicrotask(() => done(null, packed));
  };
}

Object.assign(Math, { random: () => random() });
Object.assign(globalThis, { setTimeout: timeout, clearTimeout: clear, Date: WorldDate, setImmediate: (run: () => void) => queueMicrotask(run) });
Object.defineProperty(globalThis.crypto, 'getRandomValues', { value: fill });
Object.assign(cryptoModule, { randomUUID: uuid, randomBytes: (length: number) => fill(Buffer.alloc(length)), randomFillSync: fill });
Object.assign(zlib, { gzip: atOnce((body, options) => zlib.gzipSync(body, options)), gunzip: atOnce((body, options) => zlib.gunzipSync(body, options)) });
syncBuiltinESMExports();
