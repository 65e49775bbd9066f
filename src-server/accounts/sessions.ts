import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { WIRE_VERSION, type SessionRequest, type SessionReply } from '#shared/sync/wire.ts';
import type * as z from 'zod';
import { newToken, sha256 } from '../ids.ts';
import { isSignedBy } from '../keys.ts';
import type { Caller, Services } from '../services.ts';
import { chainById, type Chain } from '../store/chains.ts';
import { officeById } from '../store/offices.ts';
import { chainOfSession, insertSession } from '../store/sessions.ts';
import type { Challenges } from './challenges.ts';
import { officerById } from './officers.ts';

/** How long a session lasts, in ms. */
export const SESSION_MS = 12 * 60 * 60 * 1000;

/**
 * Opens a session for whoever signs the challenge with the chain's key: no password reaches the server.
 * Fails with unauthorized, and with revoked only to who proved the key.
 */
export async function openSession(services: Services, challenges: Challenges, request: z.infer<typeof SessionRequest>): Promise<Outcome<z.infer<typeof SessionReply>>> {
  const { store, log, now } = services;
  const chain = await chainById(store.sql, request.chainId);
  const proven = chain !== null && isSignedBy(chain.publicKey, Buffer.from(`xuncha-session-v1:${request.challenge}`, 'utf8'), request.signature);
  if (!chain || !proven || !challenges.take(request.challenge, request.chainId)) {
    log.warn({ chainId: request.chainId.slice(0, 80) }, 'session refused');
    return failed('unauthorized');
  }
  const allowed = await callerOn(services, chain);
  if (!allowed.ok) return allowed;
  const token = newToken();
  const at = now();
  await store.write((sql) => insertSession(sql, sha256(token), chain.chainId, at, at + SESSION_MS));
  log.info({ chainId: chain.chainId }, 'session opened');
  return done({ v: WIRE_VERSION, token, expiresAt: new Date(at + SESSION_MS).toISOString() });
}

/** Whose token it is, with the roles of this moment. Fails with unauthorized or revoked. */
export async function callerWith(services: Services, authorization: string | undefined): Promise<Outcome<Caller>> {
  const token = /^Bearer ([A-Za-z0-9_-]{32,128})$/.exec(authorization ?? '')?.[1];
  if (token === undefined) return failed('unauthorized');
  const { sql } = services.store;
  const chainId = await chainOfSession(sql, sha256(token), services.now());
  const chain = chainId === null ? null : await chainById(sql, chainId);
  return chain ? await callerOn(services, chain) : failed('unauthorized');
}

async function callerOn({ store }: Services, chain: Chain): Promise<Outcome<Caller>> {
  if (chain.revokedAt !== null) return failed('revoked', { reason: 'chain' });
  const officer = await officerById(store.sql, chain.officeId, chain.officerId);
  if (!officer?.active) return failed('revoked', { reason: 'person-inactive' });
  return done({ chain, office: await officeById(store.sql, chain.officeId), officer });
}
