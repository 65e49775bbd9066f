import { changeId, coreOf, type HashText } from './change-id.ts';
import { GENESIS } from './change.ts';
import { failed, done, type Outcome } from '../kit/outcome.ts';
import type { PushedChange } from '../sync/wire.ts';
import type { BatchBody } from './bodies.ts';

/** Whose changes they are: what `coreOf` needs beside a change's own place. */
export type ChainOwner = { readonly officeId: string; readonly deviceId: string; readonly officerId: string };

/** The last change so far. */
export type ChainPosition = { readonly seq: number; readonly id: string };
export const chainStart: ChainPosition = { seq: 0, id: GENESIS };

/** A change with its place, recomputed. */
export type ChainedChange = { readonly seq: number; readonly id: string; readonly prev: string; readonly body: PushedChange };

/** Gives `bodies` their places after `before`: the one way to make ids, when writing and when reading back. */
export function chainBodies(bodies: readonly PushedChange[], owner: ChainOwner, before: ChainPosition, hashText: HashText): readonly ChainedChange[] {
  let position = before;
  return bodies.map((body) => {
    const seq = position.seq + 1;
    const prev = position.id;
    const place = { officeId: owner.officeId, deviceId: owner.deviceId, officerId: owner.officerId, seq, prev };
    const id = changeId(coreOf(body, place, hashText), hashText);
    position = { seq, id };
    return { seq, id, prev, body };
  });
}

/**
 * Verifies one append against what came before: `gap` for a wrong seq, `chain-mismatch` for a wrong prev, count or head.
 * With `verify` also its signature (`bad-signature`); without it the changes are proven by the next verified one.
 */
export function verifyBatch(
  batch: BatchBody, owner: ChainOwner, before: ChainPosition, hashText: HashText,
  verify: ((id: string, signature: string) => boolean) | null,
): Outcome<readonly ChainedChange[]> {
  if (batch.firstSeq !== before.seq + 1) return failed('gap', { seq: batch.firstSeq, expected: before.seq + 1 });
  if (batch.prev !== before.id || batch.changes.length !== batch.count) return failed('chain-mismatch', { seq: batch.firstSeq });
  const misplaced = batch.changes.some((change, index) => change.seq !== batch.firstSeq + index);
  if (misplaced) return failed('gap', { seq: batch.firstSeq });
  const chained = chainBodies(batch.changes.map(bodyOf), owner, before, hashText);
  if (chained.at(-1)?.id !== batch.head) return failed('chain-mismatch', { seq: batch.firstSeq });
  if (verify && !verify(batch.head, batch.signature)) return failed('bad-signature', { seq: batch.firstSeq });
  return done(chained);
}

function bodyOf({ seq: _seq, ...body }: BatchBody['changes'][number]): PushedChange {
  return body;
}
