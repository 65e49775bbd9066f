import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a laptop signs to prove its key. Nothing is stored until a signature was good: asking costs no memory. */
export type Challenges = {
  make(chainId: string): string;
  /** True once, within a minute, for a challenge that was made for this chain. */
  take(challenge: string, chainId: string): boolean;
};

const VALID_MS = 60_000;

export function challenges(now: () => number): Challenges {
  const secret = randomBytes(32);
  const used = new Map<string, number>();
  const mark = (chainId: string, nonce: string, expires: number): Buffer => createHmac('sha256', secret).update(`${chainId}\n${nonce}\n${expires}`).digest();
  const forgetExpired = (): void => {
    for (const [challenge, expires] of used) if (expires <= now()) used.delete(challenge);
  };
  return {
    make(chainId) {
      const nonce = randomBytes(18).toString('base64url');
      const expires = now() + VALID_MS;
      return `${nonce}.${expires}.${mark(chainId, nonce, expires).toString('base64url')}`;
    },
    take(challenge, chainId) {
      forgetExpired();
      const [nonce = '', expiresText = '', given = ''] = challenge.split('.');
      const expires = Number(expiresText);
      const expected = mark(chainId, nonce, expires);
      const bytes = Buffer.from(given, 'base64url');
      if (bytes.length !== expected.length || !timingSafeEqual(bytes, expected)) return false;
      if (expires <= now() || used.has(challenge)) return false;
      used.set(challenge, expires);
      return true;
    },
  };
}
