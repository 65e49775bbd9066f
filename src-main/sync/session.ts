import { done, type Outcome } from '#shared/kit/outcome.ts';
import type { ServerClient } from './server-client.ts';

/** Ed25519 with the chain's key, base64; comes from the unlocked vault. */
export type Sign = (bytes: Uint8Array) => string;

export type SignedInClient = {
  /** Runs `call` with a token; when the server no longer knows the token, once more with a new one. */
  withToken<T>(call: (token: string) => Promise<Outcome<T>>): Promise<Outcome<T>>;
};

/** Keeps one session of `chainId` open: a challenge signed by the chain's key, no password anywhere. */
export function signedIn(client: ServerClient, chainId: string, sign: Sign): SignedInClient {
  let opening: Promise<Outcome<string>> | null = null;
  const open = async (): Promise<Outcome<string>> => {
    const asked = await client.challenge(chainId);
    if (!asked.ok) return asked;
    const { challenge } = asked.value;
    const signature = sign(Buffer.from(sessionText(challenge), 'utf8'));
    const session = await client.openSession({ chainId, challenge, signature });
    return session.ok ? done(session.value.token) : session;
  };
  // Calls that meet without a token share one sign-in; a failed one is forgotten, so that the next call tries again.
  const token = async (): Promise<Outcome<string>> => {
    opening ??= open();
    const mine = opening;
    const opened = await mine;
    if (!opened.ok && opening === mine) opening = null;
    return opened;
  };
  return {
    async withToken(call) {
      const held = await token();
      if (!held.ok) return held;
      const mine = opening;
      const first = await call(held.value);
      if (first.ok || first.problem.code !== 'unauthorized') return first;
      if (opening === mine) opening = null;
      const renewed = await token();
      return renewed.ok ? await call(renewed.value) : renewed;
    },
  };
}

/** What the key signs to open a session; the prefix keeps a challenge from ever being the hash of a change. */
export function sessionText(challenge: string): string {
  return `xuncha-session-v1:${challenge}`;
}
