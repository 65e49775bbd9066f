import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { PackageParts } from '../../../src-shared/package/codec.ts';
import { encodeHead } from '../../../src-shared/package/codec.ts';
import { originalName, pieceName, type PackageEntry, type PackageManifest } from '../../../src-shared/package/manifest.ts';

export const parts: PackageParts = {
  encode: (text) => new TextEncoder().encode(text),
  decode(bytes) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return null;
    }
  },
  hash() {
    const hash = createHash('sha256');
    return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
  },
  verify(publicKey, bytes, signature) {
    try {
      const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'base64').toString('base64url') }, format: 'jwk' });
      return verify(null, bytes, key, Buffer.from(signature, 'base64'));
    } catch {
      return false;
    }
  },
};

const keys = generateKeyPairSync('ed25519');
export const publicKey = keys.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64');
export const signIt = (bytes: Uint8Array): string => sign(null, bytes, keys.privateKey).toString('base64');

export const piece = Buffer.from('{"fromSeq":1}');
export const photo = Buffer.from('a photo of a thermometer');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const entries: readonly [PackageEntry, PackageEntry] = [
  { name: pieceName(1), size: piece.length, sha256: sha256(piece) },
  { name: originalName(sha256(photo)), size: photo.length, sha256: sha256(photo), mediaType: 'image/jpeg' },
];

export const manifest: PackageManifest = {
  container: 'xcpkg', format: 0, kind: 'changes', packageId: '0190d3c0-0000-7000-8000-000000000001', officeId: '0190d3c0-0000-7000-8000-000000000002',
  exporter: { deviceId: '0190d3c0-0000-7000-8000-000000000003', officerId: '0190d3c0-0000-7000-8000-000000000004', chainCode: 'A1' },
  createdAt: '2026-08-12T06:03:00.000Z', encryption: 'none',
  chains: [{ deviceId: '0190d3c0-0000-7000-8000-000000000003', officerId: '0190d3c0-0000-7000-8000-000000000004', fromSeq: 1, prev: '0'.repeat(64), toSeq: 3, head: 'a'.repeat(64) }],
  cursor: null, entries: [...entries],
};

/** A package with this manifest, rightly signed, and these bytes behind it. */
export function packageOf(wanted: PackageManifest = manifest, content: readonly Uint8Array[] = [piece, photo]): Uint8Array {
  return Buffer.concat([encodeHead(wanted, publicKey, signIt, parts), ...content]);
}

/** As a disk gives it: some bytes at a time, in one buffer that is used again. */
export async function* asRead(bytes: Uint8Array, pieceLength = 64): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(pieceLength);
  for (let at = 0; at < bytes.length; at += pieceLength) {
    const some = bytes.subarray(at, at + pieceLength);
    buffer.set(some);
    yield buffer.subarray(0, some.length);
  }
}
