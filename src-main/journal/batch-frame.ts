import { randomUUID } from 'node:crypto';
import type { BatchBody } from '#shared/journal/bodies.ts';
import { chainBodies, type ChainedChange } from '#shared/journal/chain.ts';
import type { NewChange } from '#shared/journal/change.ts';
import { encodeFrame, frameTypes, MAX_BODY_BYTES } from '#shared/journal/frame.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { PushedChange } from '#shared/sync/wire.ts';
import type { BootClock } from './boot-clock.ts';
import { hashText, jsonBytes } from './bytes.ts';
import type { ChainKey } from './chain-key.ts';
import type { ChainState } from './commit-queue.ts';
import { withFieldNumber } from './field-number.ts';
import type { ChainIdentity } from './journal.ts';
import { newSalt } from './salts.ts';

export type BatchFrame = {
  readonly frame: Uint8Array;
  readonly after: ChainState;
  readonly batchId: string;
  readonly changes: readonly ChainedChange[];
};

/**
 * One append as a frame: numbers, clock, salts, chain and one signature over its last id. Fails with `out-of-range` when
 * a day's field numbers are used up and with `too-large` when the whole does not fit into a frame.
 */
export function batchFrame(
  changes: readonly NewChange[], before: ChainState, inWrite: number, chain: ChainIdentity, key: ChainKey, clock: BootClock,
): Outcome<BatchFrame> {
  const now = { wall: clock.wall(), mono: clock.mono(), bootId: clock.bootId };
  let fieldNumbers = before.fieldNumbers;
  const bodies: PushedChange[] = [];
  for (const change of changes) {
    const numbered = withFieldNumber(change, fieldNumbers, chain.chainCode, now.wall);
    if (!numbered) return failed('out-of-range', { field: 'fieldNumber' });
    fieldNumbers = numbered.given;
    const { recordType, recordId, kind, patch } = numbered.change;
    bodies.push({ recordType, recordId, kind, ...now, salt: newSalt(), patch });
  }
  const chained = chainBodies(bodies, chain, before.position, hashText);
  const last = chained.at(-1) as ChainedChange;
  const batch: BatchBody = {
    inWrite, batchId: randomUUID(), count: chained.length, firstSeq: before.position.seq + 1, prev: before.position.id,
    changes: chained.map(({ seq, body }) => ({ ...body, seq })),
    head: last.id, signature: key.sign(Buffer.from(last.id, 'hex')),
  };
  const body = jsonBytes(batch);
  if (body.length > MAX_BODY_BYTES) return failed('too-large', { limit: MAX_BODY_BYTES, length: body.length });
  const after = { position: { seq: last.seq, id: last.id }, fieldNumbers };
  return done({ frame: encodeFrame(frameTypes.batch, body), after, batchId: batch.batchId, changes: chained });
}
