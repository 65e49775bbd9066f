import * as crypto from 'node:crypto';
import type { JsonValue } from '#shared/kit/values.ts';

const encoder = new TextEncoder();
// Strict: bytes that are not UTF-8 are damage, never question marks.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

export function jsonBytes(value: JsonValue | object): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

/** Throws for anything that is not JSON in UTF-8. */
export function jsonOf(bytes: Uint8Array): unknown {
  return JSON.parse(decoder.decode(bytes)) as unknown;
}

/** SHA-256 of the UTF-8 of `text`, 64 hexadecimal digits. */
export function hashText(text: string): string {
  return hashAtOnce ? hashAtOnce('sha256', text, 'hex') : crypto.createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Later Nodes hash in one call, without an object in between; the Node 18 of Electron 25 does not. */
const hashAtOnce = (crypto as { readonly hash?: (algorithm: string, text: string, encoding: 'hex') => string }).hash;

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
