import { canonicalJson } from '../journal/canonical-json.ts';
import { encodeFrame, FRAME_HEAD_BYTES, frameTypes, MAX_BODY_BYTES, readFrame } from '../journal/frame.ts';
import { done, failed, type Outcome } from '../kit/outcome.ts';
import type { JsonValue } from '../kit/values.ts';
import { misplacedEntry, PACKAGE_FORMAT, PACKAGE_MAGIC, SignedManifest, signedText, type PackageEntry, type PackageManifest } from './manifest.ts';

/** Shared code owns no crypto and no platform: SHA-256 piece by piece, Ed25519 with key and signature in base64, and strict UTF-8. */
export type PackageParts = {
  encode(text: string): Uint8Array;
  /** Null for bytes that are not UTF-8; a byte order mark stays. */
  decode(bytes: Uint8Array): string | null;
  hash(): { update(bytes: Uint8Array): void; hex(): string };
  verify(publicKey: string, bytes: Uint8Array, signature: string): boolean;
};

/** A package that holds in every byte. `contentStart`: where the first entry begins; each lies right behind the one before. */
export type ReadPackage = SignedManifest & { readonly contentStart: number };

/** Why a package is refused: `package-refused {reason, name}`; docs/package-format.md lists the flaws. */
export type PackageFlaw = 'not-a-package' | 'newer' | 'manifest' | 'signature' | 'entries' | 'truncated' | 'content' | 'more-behind';

/** The first bytes of a package; the entries follow without anything between them. */
export function encodeHead(manifest: PackageManifest, publicKey: string, sign: (bytes: Uint8Array) => string, { encode }: Pick<PackageParts, 'encode'>): Uint8Array {
  const signature = sign(encode(signedText(manifest)));
  const signed: SignedManifest = { manifest, publicKey, signature };
  const frame = encodeFrame(frameTypes.header, encode(canonicalJson(signed as unknown as JsonValue)));
  const head = new Uint8Array(PACKAGE_MAGIC.length + frame.length);
  head.set(encode(PACKAGE_MAGIC));
  head.set(frame, PACKAGE_MAGIC.length);
  return head;
}

/**
 * Reads a whole package and believes nothing before its last byte: magic, checksum and signature of the manifest, the list of
 * entries, then size and SHA-256 of each in the listed order, and nothing behind. Holds the manifest in memory, no entry.
 */
export async function verifyPackage(pieces: AsyncIterable<Uint8Array>, parts: PackageParts): Promise<Outcome<ReadPackage>> {
  const source = pieces[Symbol.asyncIterator]();
  try {
    const head = await readHead(source);
    if (!head.ok) return head;
    const signed = signedManifestIn(head.value.body, parts);
    if (!signed.ok) return signed;
    const flaw = await contentFlaw(source, head.value.rest, signed.value.manifest.entries, parts);
    return flaw ?? done({ ...signed.value, contentStart: head.value.length });
  } finally {
    await source.return?.();
  }
}

/** Where each entry lies in the file. */
export function entryPlaces({ manifest, contentStart }: ReadPackage): readonly { readonly entry: PackageEntry; readonly from: number }[] {
  let from = contentStart;
  return manifest.entries.map((entry) => {
    const place = { entry, from };
    from += entry.size;
    return place;
  });
}

export function refusedPackage(reason: PackageFlaw, name?: string): ReturnType<typeof failed> {
  return failed('package-refused', name === undefined ? { reason } : { reason, name });
}

type Source = AsyncIterator<Uint8Array>;
type Head = { readonly body: Uint8Array; readonly rest: Uint8Array; readonly length: number };

async function readHead(source: Source): Promise<Outcome<Head>> {
  const frameAt = PACKAGE_MAGIC.length;
  let bytes = await atLeast(source, new Uint8Array(0), frameAt + FRAME_HEAD_BYTES);
  const magic = String.fromCharCode(...bytes.subarray(0, frameAt));
  if (magic !== PACKAGE_MAGIC) return refusedPackage(PACKAGE_MAGIC.startsWith(magic) ? 'truncated' : /^XCPKG-\d\n$/.test(magic) ? 'newer' : 'not-a-package');
  const frame = readFrame(bytes, frameAt);
  if (frame.kind === 'short' && frame.missing <= MAX_BODY_BYTES) bytes = await atLeast(source, bytes, bytes.length + frame.missing);
  const whole = readFrame(bytes, frameAt);
  if (whole.kind === 'short' || whole.kind === 'end') return refusedPackage('truncated');
  if (whole.kind === 'bad' || whole.type !== frameTypes.header) return refusedPackage('manifest');
  return done({ body: whole.body, rest: bytes.subarray(whole.end), length: whole.end });
}

function signedManifestIn(body: Uint8Array, parts: PackageParts): Outcome<SignedManifest> {
  const json = jsonIn(parts.decode(body));
  const parsed = SignedManifest.safeParse(json);
  if (!parsed.success) return refusedPackage(isNewer(json) ? 'newer' : 'manifest');
  const { manifest, publicKey, signature } = parsed.data;
  if (!parts.verify(publicKey, parts.encode(signedText(manifest)), signature)) return refusedPackage('signature');
  const misplaced = misplacedEntry(manifest);
  return misplaced === null ? done(parsed.data) : refusedPackage('entries', misplaced);
}

/** Undefined for what is not canonical JSON in UTF-8: one manifest has one spelling, and no key stands twice. */
function jsonIn(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    const json = JSON.parse(text) as JsonValue;
    return canonicalJson(json) === text ? json : undefined;
  } catch {
    return undefined;
  }
}

/** From a later program, or sealed in a way that this one does not open. */
function isNewer(json: unknown): boolean {
  const manifest = (json as { manifest?: { format?: unknown; encryption?: unknown } } | null | undefined)?.manifest;
  if (typeof manifest !== 'object' || manifest === null) return false;
  return (typeof manifest.format === 'number' && manifest.format > PACKAGE_FORMAT) || (typeof manifest.encryption === 'string' && manifest.encryption !== 'none');
}

async function contentFlaw(source: Source, first: Uint8Array, entries: readonly PackageEntry[], parts: PackageParts): Promise<ReturnType<typeof refusedPackage> | null> {
  let rest = first;
  for (const { name, size, sha256 } of entries) {
    const hash = parts.hash();
    for (let missing = size; missing > 0;) {
      if (rest.length === 0) rest = await nextPiece(source);
      if (rest.length === 0) return refusedPackage('truncated', name);
      const taken = rest.subarray(0, missing);
      hash.update(taken);
      missing -= taken.length;
      rest = rest.subarray(taken.length);
    }
    if (hash.hex() !== sha256) return refusedPackage('content', name);
  }
  const behind = rest.length > 0 ? rest : await nextPiece(source);
  return behind.length > 0 ? refusedPackage('more-behind') : null;
}

/** `bytes` with as much behind them as makes `length`, or all that there is. */
async function atLeast(source: Source, bytes: Uint8Array, length: number): Promise<Uint8Array> {
  const parts = [bytes];
  let have = bytes.length;
  while (have < length) {
    const piece = await nextPiece(source);
    if (piece.length === 0) break;
    // Whoever reads a file may use one buffer again and again.
    parts.push(piece.slice());
    have += piece.length;
  }
  const joined = new Uint8Array(have);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The next bytes; none at the end. */
async function nextPiece(source: Source): Promise<Uint8Array> {
  for (;;) {
    const { done: isDone, value } = await source.next();
    if (isDone === true) return new Uint8Array(0);
    if (value.length > 0) return value;
  }
}
