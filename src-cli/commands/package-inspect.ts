import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import * as z from 'zod';
import { verifyPackage, type PackageParts } from '#shared/package/codec.ts';
import { BadInput, readInput } from '../bad-input.ts';
import type { JsonNumberValue } from '../command.ts';

const Input = z.strictObject({ file: z.string().min(1) });

/** `{file}` → what a .xcpkg says it holds and whether every byte of it fits; docs/cli.md. Opens no profile and stores nothing. */
export async function packageInspect(text: string): Promise<JsonNumberValue> {
  const { file } = readInput(Input, text);
  const read = await verifyPackage(bytesOf(file), parts);
  if (!read.ok) return { verifies: false, problem: { code: read.problem.code, detail: read.problem.detail ?? {} } };
  const { manifest, publicKey } = read.value;
  const originals = manifest.entries.filter(({ mediaType }) => mediaType !== undefined);
  return {
    verifies: true, publicKey, ...manifest, exporter: { ...manifest.exporter }, chains: manifest.chains.map((chain) => ({ ...chain })),
    changes: manifest.chains.reduce((sum, { fromSeq, toSeq }) => sum + toSeq - fromSeq + 1, 0),
    originals: originals.length, originalBytes: originals.reduce((sum, { size }) => sum + size, 0),
    entries: manifest.entries.map(({ name, size, sha256, mediaType }) => ({ name, size, sha256, ...(mediaType === undefined ? {} : { mediaType }) })),
  };
}

async function* bytesOf(file: string): AsyncGenerator<Uint8Array, void, void> {
  try {
    for await (const piece of createReadStream(file)) yield piece as Uint8Array;
  } catch (error) {
    throw new BadInput(`file: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const parts: PackageParts = {
  encode: (text) => Buffer.from(text, 'utf8'),
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
  verify(publicKey, bytes, signature) {
    try {
      const x = Buffer.from(publicKey, 'base64').toString('base64url');
      return verify(null, bytes, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), Buffer.from(signature, 'base64'));
    } catch {
      return false;
    }
  },
};
