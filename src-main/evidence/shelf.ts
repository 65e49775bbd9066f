import { createHash } from 'node:crypto';
import * as z from 'zod';
import { jsonBytes, jsonOf } from '../journal/bytes.ts';
import { inFolder, placeFile, readWhole, type Disk } from '../journal/disk.ts';
import type { StoredOriginal } from './store.ts';

// The files of a store of originals: `<first two digits>/<sha256>`, `.json` and `.sent` beside it.

const READ_BYTES = 1024 * 1024;

const Description = z.strictObject({ formatVersion: z.literal(0), mediaType: z.string().max(100), byteLength: z.number().int().min(0), order: z.number().int() });
type Description = z.infer<typeof Description>;

/** An original as it lies here. */
export type Kept = StoredOriginal & { readonly uploaded: boolean; readonly order: number };

export function pathOf(folder: string, sha256: string): string {
  return inFolder(folder, sha256.slice(0, 2), sha256);
}

export function originalOf({ sha256, mediaType, byteLength }: Kept): StoredOriginal {
  return { sha256, mediaType, byteLength };
}

/** Originals keep the order in which they came; a number, since no clock is trusted for order. */
export function nextOrder(originals: ReadonlyMap<string, Kept>): number {
  let last = 0;
  for (const { order } of originals.values()) last = Math.max(last, order);
  return last + 1;
}

export async function describeOriginal(disk: Disk, folder: string, sha256: string, description: Description): Promise<void> {
  const shelf = inFolder(folder, sha256.slice(0, 2));
  await disk.makeFolder(shelf);
  await disk.fsyncFolder(folder);
  await placeFile(disk, shelf, `${sha256}.json`, jsonBytes(description));
}

export async function markSent(disk: Disk, folder: string, originals: Map<string, Kept>, sha256: string): Promise<void> {
  const known = originals.get(sha256);
  if (!known || known.uploaded) return;
  await placeFile(disk, inFolder(folder, sha256.slice(0, 2)), `${sha256}.sent`, new Uint8Array(0));
  originals.set(sha256, { ...known, uploaded: true });
}

export async function forgetSent(disk: Disk, folder: string, originals: Map<string, Kept>): Promise<void> {
  for (const kept of [...originals.values()].filter((each) => each.uploaded)) {
    await disk.remove(`${pathOf(folder, kept.sha256)}.sent`);
    originals.set(kept.sha256, { ...kept, uploaded: false });
  }
}

export async function listOriginals(disk: Disk, folder: string): Promise<Map<string, Kept>> {
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

export async function isIntact(disk: Disk, path: string, sha256: string): Promise<boolean> {
  if ((await disk.size(path)) === null) return false;
  const hash = createHash('sha256');
  for await (const piece of piecesOf(disk, path)) hash.update(piece);
  return hash.digest('hex') === sha256;
}

export async function* piecesOf(disk: Disk, path: string): AsyncGenerator<Uint8Array, void, void> {
  for (let offset = 0; ;) {
    const piece = await disk.read(path, offset, READ_BYTES);
    if (piece.length === 0) return;
    yield piece;
    offset += piece.length;
  }
}
