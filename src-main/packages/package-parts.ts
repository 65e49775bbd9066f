import { createHash, createPublicKey, verify } from 'node:crypto';
import type { PackageParts } from '#shared/package/codec.ts';
import { utf8 } from '../journal/bytes.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What reading and writing a package needs of this platform. */
export const packageParts: PackageParts = {
  encode: utf8,
  decode(bytes) {
    try {
      return decoder.decode(bytes);
    } catch {
      return null;
    }
  },
  hash() {
    const hash = createHash('sha256');
    return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
  },
  verify: isSignedBy,
};

/** Ed25519; false for whatever is no key or no signature. Both in base64. */
export function isSignedBy(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  try {
    const x = Buffer.from(publicKey, 'base64').toString('base64url');
    return verify(null, bytes, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
