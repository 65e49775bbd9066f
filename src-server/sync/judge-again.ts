import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import { problem, type Problem } from '#shared/kit/problem.ts';
import { officerById } from '../accounts/officers.ts';
import type { Services } from '../services.ts';
import { chainById } from '../store/chains.ts';
import { moveChange, waitingChange, waitingForOtherRules, type Waiting } from '../store/changes.ts';
import { count, feed } from '../store/counters.ts';
import { allOffices } from '../store/offices.ts';
import { recordShelf, type RecordShelf } from '../store/record-shelf.ts';
import type { Sql } from '../store/sql.ts';
import { appliedChange } from './append-changes.ts';
import { laptopJudge } from './judge-change.ts';
import { ownRules, type Rules } from './rules.ts';

/** Changes a transaction: everybody of the office waits for its end. */
const BATCH = 200;

/** What became of the changes that waited for newer rules. */
export type JudgedAgain = { readonly published: number; readonly refused: number };

/**
 * At a start with other rules than before: every change that was refused as `newer-version` is judged once more, in the order
 * in which they arrived, against what the feed now holds. What is accepted gets its place at the feed's end; the rest stays
 * aside with its reason of today. Cut short it goes on at the next start.
 */
export async function judgeAgain(services: Services): Promise<JudgedAgain> {
  const { store, news, log, rules = ownRules } = services;
  let published = 0;
  let judged = 0;
  for (const { officeId } of await allOffices(store.sql)) {
    const waiting = inOrderOfArrival(await waitingForOtherRules(store.sql, officeId, rules.mark));
    for (let from = 0; from < waiting.length; from += BATCH) {
      const batch = waiting.slice(from, from + BATCH);
      const done = await store.write((sql) => judgeBatch(sql, officeId, batch, rules));
      published += done.published;
      judged += batch.length;
      if (done.published > 0) news.tell(officeId, done.feedEnd);
    }
  }
  if (judged > 0) log.info({ published, refused: judged - published }, 'changes of newer laptops judged again');
  return { published, refused: judged - published };
}

async function judgeBatch(sql: Sql, officeId: string, batch: readonly Waiting[], rules: Rules): Promise<{ readonly published: number; readonly feedEnd: number }> {
  // As in appendChanges: until the commit nobody else of this office gets a position.
  const before = await count(sql, officeId, feed, 0);
  const shelf = recordShelf(sql, officeId);
  let cursor = before;
  for (const { chainId, seq } of batch) {
    const found = await waitingChange(sql, { officeId, chainId }, seq);
    const chain = await chainById(sql, officeId, chainId);
    if (!found || !chain) continue;
    const { change, receivedAt } = found;
    const { roles = [] } = (await officerById(sql, officeId, chain.officerId)) ?? {};
    const judge = laptopJudge(sql, shelf, chain, { officerId: chain.officerId, roles }, rules);
    const refused = (await judge(change)) ?? (await unseenByTheLead(shelf, chainId, seq, change.body));
    if (!refused) cursor += 1;
    await moveChange(sql, chain, seq, refused ? { refused, judgedBy: rules.mark } : { cursor });
    if (!refused) await shelf.apply(appliedChange(chain, change, receivedAt));
  }
  await shelf.save();
  if (cursor > before) await count(sql, officeId, feed, cursor - before);
  return { published: cursor - before, feedEnd: cursor };
}

/**
 * A lock names of each chain the last seq that its lead saw. A change below it that was kept aside at that time would slip
 * into what he locked without having seen it: it stays aside as `locked`. His own he saw.
 */
async function unseenByTheLead(shelf: RecordShelf, chainId: string, seq: number, { recordType, recordId, patch }: { readonly recordType: string; readonly recordId: string; readonly patch: Readonly<Record<string, { readonly to: unknown }>> }): Promise<Problem | null> {
  const inspectionId = recordType === 'inspection' ? recordId : ((await shelf.get(recordId))?.parentId ?? patch['inspectionId']?.to);
  const inspection = typeof inspectionId === 'string' ? (await shelf.get(inspectionId))?.state : null;
  const lock = (inspection?.fields['lock'] ?? null) as InspectionLock | null;
  if (!lock || !inspection?.lockedThrough || !lock.covers.some((cover) => cover.recordId === recordId)) return null;
  const seen = lock.seen[chainId] ?? 0;
  const isTheLeads = inspection.lockedThrough[chainId] !== seen;
  return seq <= seen && !isTheLeads ? problem('locked', { recordType, reason: 'unseen' }) : null;
}

/**
 * By the server's clock at arrival, but never one of a chain before its predecessor: the clock may have been set back, and
 * a push has one moment for all.
 */
function inOrderOfArrival(waiting: readonly Waiting[]): readonly Waiting[] {
  let chainId = '';
  let latest = 0;
  return waiting
    .map((each) => {
      latest = each.chainId === chainId ? Math.max(latest, each.receivedAt) : each.receivedAt;
      chainId = each.chainId;
      return { ...each, receivedAt: latest };
    })
    .sort((a, b) => a.receivedAt - b.receivedAt || (a.chainId === b.chainId ? a.seq - b.seq : a.chainId < b.chainId ? -1 : 1));
}
