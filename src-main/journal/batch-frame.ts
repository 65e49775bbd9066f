import { randomUUID } from 'node:crypto';
import { MAX_APPEND_BYTES, PIECE_CHANGES } from '#shared/journal/append-limits.ts';
import type { BatchBody } from '#shared/journal/bodies.ts';
import { chainBodies, type ChainedChange, type ChainPosition } from '#shared/journal/chain.ts';
import type { NewChange } from '#shared/journal/change.ts';
import { encodeFrame, frameTypes, MAX_BODY_BYTES } from '#shared/journal/frame.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { PushedChange } from '#shared/sync/wire.ts';
import type { BootClock } from './boot-clock.ts';
import { hashText, joinBytes, jsonBytes } from './bytes.ts';
import type { ChainKey } from './chain-key.ts';
import type { ChainState } from './commit-queue.ts';
import { withFieldNumber } from './field-number.ts';
import type { ChainIdentity } from './journal.ts';
import { nextTurn } from './next-turn.ts';
import { newSalt } from './salts.ts';

export type BatchFrames = {
  /** All of the append, one frame behind the other. */
  readonly bytes: Uint8Array;
  /** Where each frame begins in `bytes`, what it builds on and which changes it holds. */
  readonly frames: readonly { readonly from: number; readonly before: ChainPosition; readonly changes: readonly ChainedChange[] }[];
  readonly after: ChainState;
  readonly batchId: string;
  /** Of all frames. */
  readonly changes: readonly ChainedChange[];
};

type Author = { readonly chain: ChainIdentity; readonly key: ChainKey; readonly clock: BootClock };

/**
 * One append as frames: numbers, clock, salts, chain, and a signature over the last id of each frame. Nearly always one frame;
 * a large append has more, and other things get their turn in between. Fails with `out-of-range` when a day's field numbers are
 * used up and with `too-large` when a part does not fit into a frame or the whole into an append.
 */
export async function batchFrames(changes: readonly NewChange[], before: ChainState, inWrite: number, author: Author): Promise<Outcome<BatchFrames>> {
  const { clock } = author;
  const now = { wall: clock.wall(), mono: clock.mono(), bootId: clock.bootId };
  const batchId = randomUUID();
  const of = Math.max(1, Math.ceil(changes.length / PIECE_CHANGES));
  const made: Uint8Array[] = [];
  const frames: BatchFrames['frames'][number][] = [];
  let state = before;
  let bytes = 0;
  for (let no = 1; no <= of; no += 1) {
    if (no > 1) await nextTurn();
    const piece = of === 1 ? changes : changes.slice((no - 1) * PIECE_CHANGES, no * PIECE_CHANGES);
    const one = oneFrame(piece, state, { inWrite: inWrite + bytes, batchId, ...(of > 1 ? { part: { no, of } } : {}) }, now, author);
    if (!one.ok) return one;
    made.push(one.value.frame);
    frames.push({ from: bytes, before: state.position, changes: one.value.changes });
    state = one.value.after;
    bytes += one.value.frame.length;
    if (bytes > MAX_APPEND_BYTES) return failed('too-large', { limit: MAX_APPEND_BYTES, length: bytes });
  }
  return done({ bytes: joinBytes(made), frames, after: state, batchId, changes: frames.flatMap((frame) => frame.changes) });
}

type Place = Pick<BatchBody, 'inWrite' | 'batchId' | 'part'>;
type Now = Pick<PushedChange, 'wall' | 'mono' | 'bootId'>;
type OneFrame = { readonly frame: Uint8Array; readonly after: ChainState; readonly changes: readonly ChainedChange[] };

function oneFrame(changes: readonly NewChange[], before: ChainState, place: Place, now: Now, { chain, key }: Author): Outcome<OneFrame> {
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
    ...place, count: chained.length, firstSeq: before.position.seq + 1, prev: before.position.id,
    changes: chained.map(({ seq, body }) => ({ ...body, seq })),
    head: last.id, signature: key.sign(Buffer.from(last.id, 'hex')),
  };
  const body = jsonBytes(batch);
  if (body.length > MAX_BODY_BYTES) return failed('too-large', { limit: MAX_BODY_BYTES, length: body.length });
  return done({ frame: encodeFrame(frameTypes.batch, body), after: { position: { seq: last.seq, id: last.id }, fieldNumbers }, changes: chained });
}
