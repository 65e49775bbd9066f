import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/** The key pair of one chain. The private half stays inside. */
export type ChainKey = {
  /** Ed25519, the 32 raw bytes, base64. */
  readonly publicKey: string;
  /** Ed25519 signature, base64. */
  sign(bytes: Uint8Array): string;
  verify(bytes: Uint8Array, signature: string): boolean;
};

export function chainKey(privateKey: KeyObject): ChainKey {
  const publicKey = createPublicKey(privateKey);
  return {
    publicKey: rawPublicKey(publicKey),
    sign: (bytes) => sign(null, bytes, privateKey).toString('base64'),
    verify: (bytes, signature) => verify(null, bytes, publicKey, Buffer.from(signature, 'base64')),
  };
}

/** An Ed25519 SubjectPublicKeyInfo ends in the 32 bytes of the key itself. */
function rawPublicKey(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64');
}
