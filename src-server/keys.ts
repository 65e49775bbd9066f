import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Ed25519 key of the server's own chains. */
export type ServerKey = {
  /** 32 bytes, base64. */
  readonly publicKey: string;
  /** base64. */
  sign(bytes: Uint8Array): string;
};

/**
 * Reads the server's key from `server-key.pem`, or makes it (mode 0600) when `mayMake`. Throws when it is missing or
 * unreadable: a server that goes on with another key would break its own chains.
 */
export function serverKey(dataDir: string, mayMake: boolean): ServerKey {
  const file = path.join(dataDir, 'server-key.pem');
  const key = createPrivateKey(mayMake ? madeUnlessThere(file) : readFileSync(file, 'utf8'));
  const publicKey = rawPublicKey(createPublicKey(key));
  return { publicKey, sign: (bytes) => sign(null, bytes, key).toString('base64') };
}

function madeUnlessThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  makeKeyFile(file);
  return readFileSync(file, 'utf8');
}

/** Whole or not at all: another process on the same folder may be reading, or making one at the same time and be first. */
function makeKeyFile(file: string): void {
  const unfinished = `${file}.${process.pid}`;
  const handle = openSync(unfinished, 'w', 0o600);
  writeSync(handle, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  fsyncSync(handle);
  closeSync(handle);
  try {
    linkSync(unfinished, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(unfinished);
  }
}

/** The 32 bytes of an Ed25519 public key, base64. */
export function rawPublicKey(key: KeyObject): string {
  const { x } = key.export({ format: 'jwk' });
  return Buffer.from(x ?? '', 'base64url').toString('base64');
}

/** A public key out of 32 bytes in base64; null when they are none. */
export function publicKeyFrom(base64: string): KeyObject | null {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== 32) return null;
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }, format: 'jwk' });
  } catch {
    return null;
  }
}

/** Ed25519 over `bytes`; false for anything that is not a good signature. `key` and `signature` in base64. */
export function isSignedBy(key: string, bytes: Uint8Array, signature: string): boolean {
  const publicKey = publicKeyFrom(key);
  const signed = Buffer.from(signature, 'base64');
  return publicKey !== null && signed.length === 64 && verify(null, bytes, publicKey, signed);
}
