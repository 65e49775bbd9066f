import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { WIRE_VERSION, type SessionRequest, type SessionReply } from '#shared/sync/wire.ts';
import type * as z from 'zod';
import { newToken, officeOfToken, sha256 } from '../ids.ts';
import { isSignedBy } from '../keys.ts';
import type { Caller, Services } from '../services.ts';
import { chainAnywhere, chainById, type Chain } from '../store/chains.ts';
import { officeById } from '../store/offices.ts';
import { chainOfSession, insertSession, spendChallenge } from '../store/sessions.ts';
import { challengeMark, type Challenges } from './challenges.ts';
import { officerById } from './officers.ts';

/** How long a session lasts, in ms. */
export const SESSION_MS = 12 * 60 * 60 * 1000;

/**
 * Opens a session for whoever signs the challenge with the chain's key: no password reaches the server.
 * Fails with unauthorized, and with revoked only to who proved the key.
 */
export async function openSession(services: Services, challenges: Challenges, request: z.infer<typeof SessionRequest>): Promise<Outcome<z.infer<typeof SessionReply>>> {
  const { store, log, now } = services;
  const chain = await chainAnywhere(store.sql, request.chainId);
  const proven = chain !== null && isSignedBy(chain.publicKey, Buffer.from(`xuncha-session-v1:${request.challenge}`, 'utf8'), request.signature);
  const challengeExpiry = challenges.expiryOf(request.challenge, request.chainId);
  if (!chain || !proven || challengeExpiry === null) return refused(log, request.chainId);
  const allowed = await callerOn(services, chain);
  if (!allowed.ok) return allowed;
  const { officeId, chainId } = chain;
  const token = newToken(officeId);
  const at = now();
  const isOpen = await store.write(async (sql) => {
    const isFirst = await spendChallenge(sql, officeId, challengeMark(request.challenge), challengeExpiry, at);
    if (isFirst) await insertSession(sql, { officeId, tokenHash: sha256(token), chainId, createdAt: at, expiresAt: at + SESSION_MS });
    return isFirst;
  });
  if (!isOpen) return refused(log, chainId);
  log.info({ chainId }, 'session opened');
  return done({ v: WIRE_VERSION, token, expiresAt: new Date(at + SESSION_MS).toISOString() });
}

function refused(log: Services['log'], chainId: string): Outcome<never> {
  log.warn({ chainId: chainId.slice(0, 80) }, 'session refused');
  return failed('unauthorized');
}

/** Whose token it is, with the roles of this moment. Fails with unauthorized or revoked. */
export async function callerWith(services: Services, authorization: string | undefined): Promise<Outcome<Caller>> {
  const token = /^Bearer ([A-Za-z0-9_-]{32,128})$/.exec(authorization ?? '')?.[1];
  if (token === undefined) return failed('unauthorized');
  const { sql } = services.store;
  const officeId = officeOfToken(token);
  const chainId = await chainOfSession(sql, officeId, sha256(token), services.now());
  const chain = chainId === null ? null : await chainById(sql, officeId, chainId);
  return chain ? await callerOn(services, chain) : failed('unauthorized');
}

async function callerOn({ store }: Services, chain: Chain): Promise<Outcome<Caller>> {
  if (chain.revokedAt !== null) return failed('revoked', { reason: 'chain' });
  const officer = await officerById(store.sql, chain.officeId, chain.officerId);
  if (!officer?.active) return failed('revoked', { reason: 'person-inactive' });
  return done({ chain, office: await officeById(store.sql, chain.officeId), officer });
}
