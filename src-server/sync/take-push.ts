import { chainBodies, type ChainedChange } from '#shared/journal/chain.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { ExchangeRequest } from '#shared/sync/wire.ts';
import { sha256 } from '../ids.ts';
import { isSignedBy } from '../keys.ts';
import { chainById, type Chain } from '../store/chains.ts';
import { idAt, idsBetween, insertSignature } from '../store/changes.ts';
import { holdOffice } from '../store/counters.ts';
import { recordShelf } from '../store/record-shelf.ts';
import type { Sql } from '../store/sql.ts';
import type { Caller } from '../services.ts';
import { appendChanges } from './append-changes.ts';
import { laptopJudge } from './judge-change.ts';
import { ownRules, type Rules } from './rules.ts';

export type Push = NonNullable<ExchangeRequest['push']>;

/** `feedEnd`: the feed's new end when the push published something, else null. */
export type Taken = { readonly feedEnd: number | null };

/**
 * Takes a push into the chain of the caller, inside a transaction: places and ids recomputed, the signature over the head
 * verified, what is held already compared id by id. The same push again changes nothing.
 * Fails with revoked, gap {expected}, bad-signature or fork {seq}; a fork's changes are kept apart.
 */
export async function takePush(sql: Sql, caller: Caller, push: Push, at: number, rules: Rules = ownRules): Promise<Outcome<Taken>> {
  await holdOffice(sql, caller.office.officeId);
  const chain = await chainById(sql, caller.office.officeId, caller.chain.chainId);
  if (!chain || chain.revokedAt !== null) return failed('revoked');
  if (push.fromSeq > chain.head.seq + 1) return failed('gap', { expected: chain.head.seq + 1, seq: push.fromSeq });
  // The usual push goes on where the chain ends: nothing of it can be held.
  const goesOn = push.fromSeq === chain.head.seq + 1;
  const before = goesOn ? chain.head : { seq: push.fromSeq - 1, id: (await idAt(sql, chain, push.fromSeq - 1)) ?? '' };
  const chained = chainBodies(push.changes, chain, before, sha256);
  const last = chained.at(-1);
  if (!last || !isSignedBy(chain.publicKey, Buffer.from(last.id, 'hex'), push.signature)) return failed('bad-signature', { seq: push.fromSeq });

  const held: ReadonlyMap<number, string> = goesOn ? new Map() : await idsBetween(sql, chain, push.fromSeq, last.seq);
  const forkAt = chained.findIndex(({ seq, id }) => held.has(seq) && held.get(seq) !== id);
  if (forkAt >= 0) return await keepFork(sql, chain, chained.slice(forkAt), push.signature, at);
  const fresh = chained.slice(held.size);
  if (fresh.length === 0) return done({ feedEnd: null });
  const shelf = recordShelf(sql, chain.officeId);
  const judge = laptopJudge(sql, shelf, chain, caller.officer, rules);
  const feedEnd = await appendChanges(sql, shelf, chain, fresh, { judge, mark: rules.mark }, at);
  await insertSignature(sql, chain, last.seq, push.signature);
  return done({ feedEnd });
}

/** Two changes with one place: a profile was copied, or a journal rewritten. Both stay, for a person to look at. */
async function keepFork(sql: Sql, chain: Chain, forked: readonly ChainedChange[], signature: string, at: number): Promise<Outcome<never>> {
  for (const { seq, id, body } of forked) {
    await sql.run(
      'INSERT INTO forks (chain_id, seq, id, office_id, body, signature, received_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (office_id, chain_id, seq, id) DO NOTHING',
      [chain.chainId, seq, id, chain.officeId, JSON.stringify(body), signature, at],
    );
  }
  return failed('fork', { seq: forked[0]?.seq ?? 0 });
}
