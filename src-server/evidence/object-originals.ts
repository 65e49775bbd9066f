import { createHash, randomUUID } from 'node:crypto';
import { MAX_CHECKED_BYTES } from '#shared/sync/media.ts';
import { MIN_PART_BYTES, objectParts, type Arrived, type Bucket, type ObjectParts } from './object-parts.ts';
import type { Arriving, OriginalName, Originals } from './originals.ts';

/**
 * Longer than a tail and what a request with a checksum may bring together, so that such a request is taken as a whole or
 * not at all; 4 GiB stay far below the 10,000 parts that are allowed.
 */
const LONGEST_PART_BYTES = MIN_PART_BYTES + MAX_CHECKED_BYTES + 1;
/** Requests that hold a part in memory at a time; the others wait with their bytes still on the line. */
const AT_A_TIME = 4;

/**
 * Originals as objects `<office>/<sha256>` of one bucket. A piece of 4 MiB is too short for a part, so the first of two is
 * kept as a tail of its own and the second makes the part: each byte is acknowledged only when the store holds it. Nothing is
 * under the final key that a reader would be given before it was read back and hashed: readers ask the database first.
 */
export async function objectOriginals(bucket: Bucket): Promise<Originals> {
  const objects = await objectParts(bucket);
  const turn = turns(AT_A_TIME);
  return {
    async begin(name, _mediaType, byteLength) {
      // There already although the database does not know it, as after a backup was put back: it is read and judged, not replaced.
      if ((await objects.arrived(keyOf(name))) !== 'whole') await objects.begin(keyOf(name), byteLength);
    },
    async heldBytes({ byteLength, ...name }) {
      const arrived = await objects.arrived(keyOf(name));
      if (arrived === 'whole') return byteLength;
      if (arrived) return partBytes(arrived) + arrived.tailBytes;
      // Lost, or removed by a rule of the bucket for uploads that nobody went on with.
      await objects.begin(keyOf(name), byteLength);
      return 0;
    },
    writeAt: (name, offset, bytes, isGood) => turn(() => write(objects, name, offset, bytes, isGood)),
    async complete(name) {
      const key = keyOf(name);
      const arrived = await objects.arrived(key);
      if (arrived !== null && arrived !== 'whole') await objects.putTogether(arrived);
      if ((await hashOf(objects, key)) === name.sha256) {
        await objects.forget(key, true);
        return true;
      }
      // Kept under a name of its own: what arrived wrong may still be the only copy of something.
      await objects.copy(key, `${name.officeId}/damaged/${name.sha256}.${randomUUID()}`);
      await objects.forget(key);
      return false;
    },
    read: (name) => objects.bytesOf(keyOf(name)),
  };
}

function keyOf({ officeId, sha256 }: OriginalName): string {
  return `${officeId}/${sha256}`;
}

function partBytes({ parts }: Arrived): number {
  return parts.reduce((sum, { Size = 0 }) => sum + Size, 0);
}

/** Gathers what arrives behind the tail and puts it away in parts; what is left at the end becomes the tail. */
function partWriter(objects: ObjectParts, key: string, arrived: Arrived, tail: Buffer) {
  let parts = arrived.parts.length;
  let waiting: Uint8Array[] = tail.length > 0 ? [tail] : [];
  let waitingBytes = tail.length;
  const putPart = async (): Promise<void> => {
    await objects.putPart(arrived, Buffer.concat(waiting), parts + 1);
    parts += 1;
    waiting = [];
    waitingBytes = 0;
  };
  return {
    async take(piece: Uint8Array): Promise<void> {
      waiting.push(piece);
      waitingBytes += piece.length;
      if (waitingBytes >= LONGEST_PART_BYTES) await putPart();
    },
    async end(isLast: boolean): Promise<void> {
      if (waitingBytes >= MIN_PART_BYTES || (isLast && waitingBytes > 0)) await putPart();
      else if (waitingBytes > 0) await objects.putTail(key, Buffer.concat(waiting), parts);
    },
  };
}

async function write(objects: ObjectParts, { byteLength, ...name }: Arriving, offset: number, bytes: AsyncIterable<Uint8Array>, isGood: () => boolean): Promise<number> {
  const key = keyOf(name);
  const arrived = await objects.arrived(key);
  if (arrived === null || arrived === 'whole') throw new Error('bytes for an upload that is not under way');
  const writer = partWriter(objects, key, arrived, await objects.tail(key, arrived));
  let end = offset;
  let isWhole = true;
  let storeError: unknown = null;
  try {
    for await (const piece of bytes) {
      await writer.take(piece).catch((error: unknown) => {
        storeError = error;
        throw error;
      });
      end += piece.length;
    }
  } catch {
    // The sender went away: what came is kept. The store's error is ours.
    isWhole = false;
  }
  if (storeError) throw storeError;
  if (end === offset || (isWhole && !isGood())) return offset;
  await writer.end(end === byteLength);
  return end;
}

/** At most `count` at a time, in the order in which they came. */
function turns(count: number): <T>(run: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (run) => {
    if (running >= count) await new Promise<void>((go) => { waiting.push(go); });
    else running += 1;
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

async function hashOf(objects: ObjectParts, key: string): Promise<string | null> {
  const bytes = await objects.bytesOf(key);
  if (!bytes) return null;
  const hash = createHash('sha256');
  for await (const piece of bytes) hash.update(piece as Buffer);
  return hash.digest('hex');
}
