import { chainBodies } from '#shared/journal/chain.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { RECEIPT_CONTEXT, type CarriedReceipt, type CarriedRequest, type SignedReceipt } from '#shared/sync/carried.ts';
import { SERVER_OFFICER_ID } from '#shared/sync/server-officer.ts';
import { WIRE_VERSION } from '#shared/sync/wire.ts';
import { officerById } from '../accounts/officers.ts';
import { sha256 } from '../ids.ts';
import type { Caller, Services } from '../services.ts';
import { chainById, type Chain } from '../store/chains.ts';
import { idAt, refusalsOfChain } from '../store/changes.ts';
import { evidenceRow } from '../store/evidence-rows.ts';
import type { Sql } from '../store/sql.ts';
import { takePush, type Push, type Taken } from './take-push.ts';

/**
 * Takes changes of another laptop that a section head brings, by the same path as that laptop's own push: its key, its author,
 * its author's roles of this moment. The carrier's own rights decide nothing but that he may bring them. The same package
 * again changes nothing. Fails as `takePush`, and with not-allowed, not-found, and revoked for what is new on a revoked chain.
 */
export async function takeCarried(services: Services, carrier: Caller, request: CarriedRequest): Promise<Outcome<SignedReceipt>> {
  const { store, log, news } = services;
  if (!carrier.officer.roles.includes('section-head')) return failed('not-allowed');
  const { officeId } = carrier.office;
  const chain = await chainById(store.sql, officeId, request.chainId);
  if (!chain || chain.officerId === SERVER_OFFICER_ID) return failed('not-found', { chainId: request.chainId });
  if (chain.publicKey !== request.publicKey) return failed('bad-signature', { reason: 'other-key' });
  const { push } = request;
  if (push) {
    const at = services.now();
    const taken = await store.write((sql) => takeForAuthor(sql, carrier, chain, push, at, services), (outcome) => outcome.ok || outcome.problem.code === 'fork');
    const told = { chainId: chain.chainId, carrier: carrier.chain.chainId };
    if (!taken.ok) {
      log[taken.problem.code === 'fork' ? 'error' : 'warn']({ ...told, alarm: taken.problem.code === 'fork', problem: taken.problem }, 'carried push refused');
      return taken;
    }
    log.info(told, 'carried push taken');
    if (taken.value.feedEnd !== null) news.tell(officeId, taken.value.feedEnd);
  }
  return done(await signedReceipt(services, officeId, request));
}

async function takeForAuthor(sql: Sql, carrier: Caller, chain: Chain, push: Push, at: number, { rules }: Services): Promise<Outcome<Taken>> {
  const officer = await officerById(sql, chain.officeId, chain.officerId);
  // Nothing proves when a change was written: of a chain that ended, only what the server held by then counts.
  if (chain.revokedAt !== null || !officer?.active) return (await isHeld(sql, chain, push)) ? done({ feedEnd: null }) : failed('revoked', { reason: 'carried' });
  return await takePush(sql, { chain, office: carrier.office, officer }, push, at, rules);
}

async function isHeld(sql: Sql, chain: Chain, push: Push): Promise<boolean> {
  const before = await idAt(sql, chain, push.fromSeq - 1);
  if (before === null) return false;
  const last = chainBodies(push.changes, chain, { seq: push.fromSeq - 1, id: before }, sha256).at(-1);
  return last !== undefined && (await idAt(sql, chain, last.seq)) === last.id;
}

async function signedReceipt({ store: { sql }, now, key }: Services, officeId: string, { chainId, originals }: CarriedRequest): Promise<SignedReceipt> {
  const chain = await chainById(sql, officeId, chainId);
  if (!chain) throw new Error(`chain ${chainId} is gone`);
  const { head, headReceivedAt } = chain;
  const held: string[] = [];
  for (const original of new Set(originals)) {
    const row = await evidenceRow(sql, officeId, original);
    if (row && row.completedAt !== null) held.push(original);
  }
  const receipt: CarriedReceipt = {
    v: WIRE_VERSION, officeId, chainId,
    receipt: head.seq === 0 ? null : { seq: head.seq, id: head.id, receivedAt: new Date(headReceivedAt).toISOString() },
    refused: [...(await refusalsOfChain(sql, chain))], originals: held, at: new Date(now()).toISOString(),
  };
  const text = JSON.stringify(receipt);
  return { text, signature: key().sign(Buffer.from(RECEIPT_CONTEXT + text, 'utf8')) };
}
