import { done, type Outcome } from '#shared/kit/outcome.ts';
import { problem, type Problem } from '#shared/kit/problem.ts';
import { WIRE_VERSION, type ExchangeReply, type ExchangeRequest } from '#shared/sync/wire.ts';
import { chainById, noteContact, type Chain } from '../store/chains.ts';
import { feedAfter, idAtCursor, refusalsOfChain, type FeedRow } from '../store/changes.ts';
import { counted, feed } from '../store/counters.ts';
import { refusedMark } from '#shared/sync/refused-mark.ts';
import { sha256 } from '../ids.ts';
import type { Sql } from '../store/sql.ts';
import type { Caller, Services } from '../services.ts';
import { takePush } from './take-push.ts';

/** A page stops early when it grows beyond this: a laptop must be able to hold it. */
const MAX_PAGE_TEXT = 16 * 1024 * 1024;
const ROWS_A_READ = 250;
/** How old the last note of a laptop's contact may be before an idle exchange writes a new one. */
const CONTACT_NOTE_MS = 60_000;

/**
 * One exchange: the laptop's next changes in, the next page of the office's feed out. A receipt is only given for what is
 * committed. A laptop whose place is not in this feed gets nothing taken: one of the two comes from an old backup.
 */
export async function exchange(services: Services, caller: Caller, request: ExchangeRequest): Promise<Outcome<ExchangeReply>> {
  const text = await exchangeText(services, caller, request);
  return text.ok ? done(JSON.parse(text.value) as ExchangeReply) : text;
}

/** `exchange` with the reply as JSON text: what lies in the database as text is passed on as it is. */
export async function exchangeText(services: Services, caller: Caller, request: ExchangeRequest): Promise<Outcome<string>> {
  const { store, log, news } = services;
  const { chain, office } = caller;
  const lost = await placeProblem(store.sql, office.officeId, request);
  if (lost) {
    log.warn({ chainId: chain.chainId, problem: lost }, 'a laptop stands where this feed has nothing: was an older backup put back?');
    return { ok: false, problem: lost };
  }
  const at = services.now();
  if (request.push) {
    const { push } = request;
    const taken = await store.write((sql) => takePush(sql, caller, push, at, services.rules), (outcome) => outcome.ok || outcome.problem.code === 'fork');
    if (!taken.ok) {
      log[taken.problem.code === 'fork' ? 'error' : 'warn']({ alarm: taken.problem.code === 'fork', chainId: chain.chainId, problem: taken.problem }, 'push refused');
      return taken;
    }
    if (taken.value.feedEnd !== null) news.tell(office.officeId, taken.value.feedEnd);
  } else if (at - (chain.lastContactAt ?? 0) > CONTACT_NOTE_MS) {
    await store.write((sql) => noteContact(sql, chain, at));
  }
  return done(await replyTo(services, caller, request));
}

async function replyTo({ store, now }: Services, caller: Caller, request: ExchangeRequest): Promise<string> {
  const { sql } = store;
  const chain = await chainById(sql, caller.office.officeId, caller.chain.chainId);
  const { page, more, next } = await pageAfter(sql, caller, request);
  const endsElsewhere = request.omitOwn === true && next > request.cursor && page.at(-1)?.cursor !== next;
  const head: Omit<ExchangeReply, 'page'> = {
    v: WIRE_VERSION,
    receipt: chain ? receiptOf(chain) : null,
    refused: await refusedOf(sql, caller.chain, request.refusedMark ?? ''),
    next,
    ...(endsElsewhere ? { nextId: await idAtCursor(sql, caller.office.officeId, next) } : {}),
    more,
    serverTime: new Date(now()).toISOString(),
  };
  return `${JSON.stringify(head).slice(0, -1)},"page":[${page.map(({ text }) => text).join(',')}]}`;
}

function receiptOf({ head, headReceivedAt }: Chain): ExchangeReply['receipt'] {
  return head.seq === 0 ? null : { seq: head.seq, id: head.id, receivedAt: new Date(headReceivedAt).toISOString() };
}

/** The whole list whenever it is another than the laptop's: what was refused may be published after an update. */
async function refusedOf(sql: Sql, chain: Chain, known: string): Promise<ExchangeReply['refused']> {
  const refused = await refusalsOfChain(sql, chain);
  return refused.length > 0 && refusedMark(refused, sha256) === known ? null : [...refused];
}

/** Is the laptop's place one of this feed? A number alone would fit a feed that was set back and has grown again. */
async function placeProblem(sql: Sql, officeId: string, { cursor, cursorId = null }: ExchangeRequest): Promise<Problem | null> {
  const end = await counted(sql, officeId, feed);
  if (cursor > end) return problem('cursor-invalid', { cursor, end });
  if (cursor === 0 || cursorId === null || (await idAtCursor(sql, officeId, cursor)) === cursorId) return null;
  return problem('cursor-invalid', { cursor, end, reason: 'other-feed' });
}

type Page = { readonly page: readonly FeedRow[]; readonly more: boolean; readonly next: number };

async function pageAfter(sql: Sql, { chain, office }: Caller, { cursor, pageLimit, omitOwn = false }: ExchangeRequest): Promise<Page> {
  // Asked before the rows: up to here all that is published is in the page, or is the laptop's own.
  const end = omitOwn && pageLimit > 0 ? await counted(sql, office.officeId, feed) : cursor;
  const page: FeedRow[] = [];
  const full = (): Page => ({ page, more: true, next: page.at(-1)?.cursor ?? cursor });
  let length = 0;
  for (;;) {
    // One more than asked for: whether there is more is known without counting.
    const wanted = Math.min(ROWS_A_READ, pageLimit + 1 - page.length);
    const rows = await feedAfter(sql, office.officeId, page.at(-1)?.cursor ?? cursor, wanted, omitOwn ? chain.chainId : null);
    for (const row of rows) {
      length += row.text.length;
      if (page.length === pageLimit || (page.length > 0 && length > MAX_PAGE_TEXT)) return full();
      page.push(row);
    }
    if (rows.length < wanted) return { page, more: false, next: Math.max(end, page.at(-1)?.cursor ?? cursor) };
  }
}
