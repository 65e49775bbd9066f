import { createHash } from 'node:crypto';
import path from 'node:path';
import { encodeHead } from '#shared/package/codec.ts';
import type { PackageEntry, PackageManifest } from '#shared/package/manifest.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { inFolder, type Disk, type DiskFile } from '../journal/disk.ts';
import type { OpenSession } from '../keys/open-session.ts';
import { packageParts } from './package-parts.ts';

/** Bytes of one listed file, piece by piece. */
export type EntryBytes = (entry: PackageEntry) => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Writes a package beside its place, fsyncs, renames: no half package ever bears the name. Each file is hashed on its way and
 * must be what the manifest says (`evidence-damaged` otherwise). Rejects with the disk's error.
 */
export async function writePackage(disk: Disk, target: string, session: Pick<OpenSession, 'publicKey' | 'sign'>, manifest: PackageManifest, bytesOf: EntryBytes): Promise<Outcome<{ readonly path: string }>> {
  const folder = path.dirname(target);
  const part = inFolder(folder, `${path.basename(target)}.part`);
  await disk.remove(part);
  const file = await disk.open(part, 'fresh');
  let damaged: PackageEntry | null = null;
  try {
    damaged = await writeAll(file, encodeHead(manifest, session.publicKey, session.sign, packageParts), manifest.entries, bytesOf);
    if (!damaged) await file.fdatasync();
  } catch (error) {
    await file.close();
    await disk.remove(part);
    throw error;
  }
  await file.close();
  if (damaged) {
    await disk.remove(part);
    return failed('evidence-damaged', { sha256: damaged.sha256 });
  }
  await disk.rename(part, target);
  await disk.fsyncFolder(folder);
  return done({ path: target });
}

/** The first entry whose bytes are not what the manifest says, or null when all was written. */
async function writeAll(file: DiskFile, head: Uint8Array, entries: readonly PackageEntry[], bytesOf: EntryBytes): Promise<PackageEntry | null> {
  await file.writeAt(head, 0);
  let at = head.length;
  for (const entry of entries) {
    const end = at + entry.size;
    const hash = createHash('sha256');
    for await (const piece of bytesOf(entry)) {
      if (at + piece.length > end) return entry;
      await file.writeAt(piece, at);
      hash.update(piece);
      at += piece.length;
    }
    if (at !== end || hash.digest('hex') !== entry.sha256) return entry;
  }
  return null;
}
