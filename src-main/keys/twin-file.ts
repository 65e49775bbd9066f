import type * as z from 'zod';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { jsonBytes, jsonOf } from '../journal/bytes.ts';
import { inFolder, placeFile, readWhole, type Disk } from '../journal/disk.ts';

/**
 * Small files without which nobody gets in (keys, who the chain belongs to) lie there twice, each put in place in one
 * step. One copy may be lost or damaged.
 */
export async function placeTwins(disk: Disk, folder: string, name: string, value: object): Promise<void> {
  const bytes = jsonBytes(value);
  await placeFile(disk, folder, twinName(name), bytes);
  await placeFile(disk, folder, name, bytes);
}

/** The readable copies, different ones only, the first file first. */
export async function readTwins<T>(disk: Disk, folder: string, name: string, schema: z.ZodType<T>): Promise<readonly T[]> {
  const values: T[] = [];
  const seen = new Set<string>();
  for (const each of [name, twinName(name)]) {
    const bytes = await readWhole(disk, inFolder(folder, each));
    const text = bytes === null ? null : Buffer.from(bytes).toString('latin1');
    if (bytes === null || text === null || seen.has(text)) continue;
    seen.add(text);
    const value = parsed(bytes, schema);
    if (value !== null) values.push(value);
  }
  return values;
}

/** The first readable copy; `profile-damaged` when there is none. */
export async function readTwin<T>(disk: Disk, folder: string, name: string, schema: z.ZodType<T>): Promise<Outcome<T>> {
  const [value] = await readTwins(disk, folder, name, schema);
  return value === undefined ? failed('profile-damaged', { file: name }) : done(value);
}

function twinName(name: string): string {
  return name.replace(/\.json$/, '.copy.json');
}

function parsed<T>(bytes: Uint8Array, schema: z.ZodType<T>): T | null {
  try {
    return schema.safeParse(jsonOf(bytes)).data ?? null;
  } catch {
    return null;
  }
}
