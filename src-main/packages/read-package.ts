import { createHash } from 'node:crypto';
import type * as z from 'zod';
import { entryPlaces, refusedPackage, verifyPackage, type ReadPackage } from '#shared/package/codec.ts';
import type { PackageEntry } from '#shared/package/manifest.ts';
import { done, type Outcome } from '#shared/kit/outcome.ts';
import { rangeOf } from '../evidence/file-range.ts';
import { joinBytes, jsonOf } from '../journal/bytes.ts';
import { packageParts } from './package-parts.ts';

/** A package on a disk, whole at the moment it was opened; what is read from it later is hashed again. */
export type OpenPackage = ReadPackage & {
  readonly entries: readonly PackageEntry[];
  /** The bytes of an original, not hashed: whoever stores them compares. */
  pieces(entry: PackageEntry): AsyncIterable<Uint8Array>;
  /** A short file as the schema's value; `package-refused` for anything else. */
  json<T>(entry: PackageEntry, schema: z.ZodType<T>): Promise<Outcome<T>>;
};

/** Verifies every byte before anything of it is used. Rejects with the disk's error. */
export async function openPackage(file: string): Promise<Outcome<OpenPackage>> {
  const read = await verifyPackage(rangeOf(file, 0, Number.MAX_SAFE_INTEGER), packageParts);
  if (!read.ok) return read;
  const places = new Map(entryPlaces(read.value).map(({ entry, from }) => [entry.name, from]));
  const pieces = (entry: PackageEntry): AsyncIterable<Uint8Array> => rangeOf(file, places.get(entry.name) ?? 0, entry.size);
  return done({
    ...read.value, entries: read.value.manifest.entries, pieces,
    async json(entry, schema) {
      const parts: Uint8Array[] = [];
      for await (const piece of pieces(entry)) parts.push(piece.slice());
      const bytes = joinBytes(parts);
      // The disk may have been exchanged since.
      if (createHash('sha256').update(bytes).digest('hex') !== entry.sha256) return refusedPackage('content', entry.name);
      const parsed = schema.safeParse(jsonOrNull(bytes));
      return parsed.success ? done(parsed.data) : refusedPackage('entries', entry.name);
    },
  });
}

function jsonOrNull(bytes: Uint8Array): unknown {
  try {
    return jsonOf(bytes);
  } catch {
    return null;
  }
}
