import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../ids.ts';
import type { ServerKey } from '../keys.ts';

/**
 * What a laptop signs to prove its key. Nothing is stored until a signature was good: asking costs no memory, and whichever
 * process made a challenge, every other that has the server's key takes it.
 */
export type Challenges = {
  make(chainId: string): string;
  /** Was it made for this chain less than a minute ago? When it expires (ms since 1970); null: it is not good. */
  expiryOf(challenge: string, chainId: string): number | null;
};

const VALID_MS = 60_000;

export function challenges(now: () => number, key: ServerKey): Challenges {
  const secret = createHash('sha256').update(key.sign(Buffer.from('xuncha-challenge-secret-v1'))).digest();
  const mark = (chainId: string, nonce: string, expires: number): Buffer => createHmac('sha256', secret).update(`${chainId}\n${nonce}\n${expires}`).digest();
  return {
    make(chainId) {
      const nonce = randomBytes(18).toString('base64url');
      const expires = now() + VALID_MS;
      return `${nonce}.${expires}.${mark(chainId, nonce, expires).toString('base64url')}`;
    },
    expiryOf(challenge, chainId) {
      const [nonce = '', expiresText = '', given = ''] = challenge.split('.');
      const expires = Number(expiresText);
      const expected = mark(chainId, nonce, expires);
      const bytes = Buffer.from(given, 'base64url');
      return bytes.length === expected.length && timingSafeEqual(bytes, expected) && expires > now() ? expires : null;
    },
  };
}

/** How a spent challenge is remembered: what is the same after decoding is the same challenge, however it was written. */
export function challengeMark(challenge: string): string {
  const [nonce = '', expiresText = ''] = challenge.split('.');
  return sha256(`${nonce}.${Number(expiresText)}`);
}
