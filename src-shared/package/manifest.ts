import * as z from 'zod';
import { canonicalJson } from '../journal/canonical-json.ts';
import { Instant, Sha256, Uuid, type JsonValue } from '../kit/values.ts';

/** The exchange package for networks that never meet; docs/package-format.md. */
export const PACKAGE_FORMAT = 0;
/** What a file begins with. */
export const PACKAGE_MAGIC = 'XCPKG-0\n';
/** A FAT32 disk holds no longer file. */
export const MAX_PACKAGE_BYTES = 4 * 1024 * 1024 * 1024 - 1;
export const MAX_ENTRIES = 10_000;
/** Of an entry that is read whole: a piece of a chain, a receipt. */
export const MAX_PIECE_BYTES = 20 * 1024 * 1024;

/** What is signed for a package, before its manifest's canonical JSON: no signature of one kind can stand for another. */
export const PACKAGE_CONTEXT = 'xuncha-package-v0:';

const PublicKey = z.string().min(43).max(44);
const Signature = z.string().min(80).max(100);

/** No name comes from outside: nothing in a package can name a place on a disk. */
export const EntryName = z.string().regex(/^(changes\/\d{6}\.json|originals\/[0-9a-f]{64}|receipt\.json)$/);

export const PackageEntry = z.strictObject({
  name: EntryName,
  size: z.number().int().min(1).max(MAX_PACKAGE_BYTES),
  sha256: Sha256,
  /** Of an original, as its giver named it. */
  mediaType: z.string().min(1).max(100).optional(),
});
export type PackageEntry = Readonly<z.infer<typeof PackageEntry>>;

/** A stretch of one chain: the change it goes on from, and its last one. */
const ChainStretch = z.strictObject({
  deviceId: Uuid, officerId: Uuid,
  fromSeq: z.number().int().min(1), prev: Sha256,
  toSeq: z.number().int().min(1), head: Sha256,
});

export const PackageManifest = z.strictObject({
  container: z.literal('xcpkg'),
  format: z.literal(PACKAGE_FORMAT),
  /** `changes`: a laptop's own, with their originals. `receipt`: what the server holds of a chain, in the server's words. */
  kind: z.enum(['changes', 'receipt']),
  packageId: Uuid,
  officeId: Uuid,
  /** Who made the file; its key signed it. */
  exporter: z.strictObject({ deviceId: Uuid, officerId: Uuid, chainCode: z.string().regex(/^[A-Z0-9]{2,6}$/) }),
  createdAt: Instant,
  /** Room for more: a reader refuses what it does not know. */
  encryption: z.literal('none'),
  chains: z.array(ChainStretch).max(1),
  /** Range of feed positions; always null in this version. */
  cursor: z.null(),
  entries: z.array(PackageEntry).min(1).max(MAX_ENTRIES),
});
export type PackageManifest = Readonly<z.infer<typeof PackageManifest>>;

export const SignedManifest = z.strictObject({ manifest: PackageManifest, publicKey: PublicKey, signature: Signature });
export type SignedManifest = Readonly<z.infer<typeof SignedManifest>>;

/** The text whose UTF-8 the exporter signs. */
export function signedText(manifest: PackageManifest): string {
  return PACKAGE_CONTEXT + canonicalJson(manifest as unknown as JsonValue);
}

/** Why the list of entries is not one that this program would write, as the name it breaks at; null: it is. */
export function misplacedEntry({ kind, chains, entries }: PackageManifest): string | null {
  const pieces = entries.filter(({ name }) => name.startsWith('changes/')).length;
  const seen = new Set<string>();
  for (const [index, { name, size, sha256, mediaType }] of entries.entries()) {
    const isWhole = kind === 'receipt' || index < pieces;
    const expected = kind === 'receipt' ? 'receipt.json' : index < pieces ? pieceName(index + 1) : originalName(sha256);
    if (name !== expected || seen.has(name) || (isWhole && size > MAX_PIECE_BYTES) || (mediaType === undefined) !== isWhole) return name;
    seen.add(name);
  }
  if (kind === 'receipt') return chains.length === 0 && entries.length === 1 ? null : 'receipt.json';
  return (pieces > 0) === (chains.length === 1) ? null : pieceName(1);
}

/** `changes/000001.json`: the n-th piece of the chain, counted from 1. */
export function pieceName(no: number): string {
  return `changes/${String(no).padStart(6, '0')}.json`;
}

export function originalName(sha256: string): string {
  return `originals/${sha256}`;
}
