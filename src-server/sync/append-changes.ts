import type { ChainedChange } from '#shared/journal/chain.ts';
import type { AppliedChange } from '#shared/journal/change.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { moveHead, type Chain } from '../store/chains.ts';
import { insertChanges, type PlacedChange } from '../store/changes.ts';
import { count, feed } from '../store/counters.ts';
import type { RecordShelf } from '../store/record-shelf.ts';
import type { Sql } from '../store/sql.ts';

/** Why a change is not published; null: it is. */
export type Judge = (change: ChainedChange) => Promise<Problem | null>;

/** Who judges, and the mark of the rules that he judges by. */
export type Judging = { readonly judge: Judge; readonly mark: string };

/**
 * Stores the next changes of a chain, each in the feed or kept aside with its reason: one bad change never holds up those
 * behind it. Returns the feed's end. To be called inside a transaction, with changes that follow the chain's head.
 */
export async function appendChanges(sql: Sql, shelf: RecordShelf, chain: Chain, changes: readonly ChainedChange[], judging: Judging | null, at: number): Promise<number> {
  const last = changes.at(-1);
  // Counting nothing takes the row: from here to the commit nobody else of this office gets a position.
  const before = await count(sql, chain.officeId, feed, 0);
  let cursor = before;
  const placed: PlacedChange[] = [];
  const store = async (): Promise<void> => await insertChanges(sql, chain, placed.splice(0), at);
  await shelf.load(changes.map(({ body }) => body.recordId));
  for (const change of changes) {
    const refused = judging ? await judging.judge(change) : null;
    if (!refused) cursor += 1;
    placed.push({ change, standing: refused ? { refused, judgedBy: judging?.mark ?? '' } : { cursor } });
    if (!refused) await shelf.apply(appliedChange(chain, change, at), store);
  }
  await store();
  await shelf.save();
  if (cursor > before) await count(sql, chain.officeId, feed, cursor - before);
  if (last) await moveHead(sql, chain, { seq: last.seq, id: last.id }, at);
  return cursor;
}

export function appliedChange(chain: Chain, { seq, id, body }: ChainedChange, at: number): AppliedChange {
  return {
    id, chainId: chain.chainId, seq, officeId: chain.officeId, officerId: chain.officerId, recordType: body.recordType, recordId: body.recordId,
    kind: body.kind, patch: body.patch, wall: body.wall, receivedAt: new Date(at).toISOString(),
  };
}
