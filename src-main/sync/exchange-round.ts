import { done, type Outcome } from '#shared/kit/outcome.ts';
import { problem, type Problem } from '#shared/kit/problem.ts';
import { refusedMark } from '#shared/sync/refused-mark.ts';
import { WIRE_VERSION, type ExchangeReply, type ExchangeRequest } from '#shared/sync/wire.ts';
import { hashText } from '../journal/bytes.ts';
import type { Journal } from '../journal/journal.ts';
import { checkPage, noteHeads, type ChainHeads, type PageTrust } from './page-check.ts';

/** What the exchange needs of the journal. */
export type SyncJournal = Pick<
  Journal,
  'chain' | 'generationId' | 'head' | 'outgoing' | 'receiptedThrough' | 'refusals' | 'recordReceipt' | 'appendPage' | 'cursor' | 'pulledTo' | 'pulled' | 'pullAnew' | 'isPullingAnew' | 'pulledAll' | 'halt' | 'onAppended'
>;

export type Exchange = (request: ExchangeRequest) => Promise<Outcome<ExchangeReply>>;

export type RoundLimits = { readonly changes: number; readonly bytes: number; readonly page: number };

export type RoundDone = {
  readonly kind: 'done';
  /** Feed position that the page files now reach, when this round brought something. */
  readonly arrived: number | null;
  readonly trust: PageTrust;
  /** Own seq that the server holds by this very reply; less than an earlier receipt when an old backup was put back. */
  readonly serverHolds: number;
  /** Changes of this push that the server had confirmed before. */
  readonly resent: number;
  /** There is more to pull or to push, and this round moved something: go on at once. */
  readonly again: boolean;
  readonly serverTime: string;
};

/** The server's feed is another one than ours: everything is pulled anew from here on, beside what is kept. */
export type RoundSetBack = { readonly kind: 'set-back' };

export type RoundFailed = {
  readonly kind: 'failed';
  readonly problem: Problem;
  /** The server answered in our language (its refusal included): it counts as contact. */
  readonly answered: boolean;
  /** Our own chain is not what the server knows: nothing may be written on top of it. */
  readonly ownChain: boolean;
};

/**
 * One POST: the next unsettled changes up, the next page down. The receipt is kept before the page, the page before
 * anybody hears of it; whatever breaks in between is simply sent or pulled again.
 */
export function exchangeRounds(journal: SyncJournal, exchange: Exchange, isStopped: () => boolean): (limits: RoundLimits) => Promise<RoundDone | RoundSetBack | RoundFailed> {
  let heads: ChainHeads | null = null;
  let resendFrom: number | null = null;

  const keepPage = async ({ page, next, nextId, more }: ExchangeReply, after: number): Promise<Outcome<PageTrust> | RoundFailed> => {
    if (page.length > 0) heads ??= await headsOnDisk(journal);
    if (isStopped()) return signedOut;
    const checked = checkPage(page, after, next, journal.chain.officeId, heads ?? new Map());
    if (!checked.ok) return checked;
    const kept = next === after ? done(undefined) : await journal.appendPage(page, next, after, nextId);
    // A damaged file was set aside while the line was busy: what came does not follow what is kept, and is pulled again.
    const follows = journal.pulledTo().cursor === next;
    const settled = kept.ok && follows && !more && journal.isPullingAnew() ? await journal.pulledAll() : kept;
    if (settled.ok && follows) return checked;
    // What is in memory no longer matches the disk; the next page reads it anew.
    heads = null;
    return settled.ok ? done({ proven: 0, trusted: 0 }) : brokenBy(settled.problem);
  };

  const beginAnew = async (named: Problem): Promise<RoundSetBack | RoundFailed> => {
    const wasPullingAnew = journal.isPullingAnew();
    const begun = await journal.pullAnew();
    if (!begun.ok) return brokenBy(begun.problem);
    [heads, resendFrom] = [null, null];
    // Set back once more, or two servers with one name: from the beginning again, but not without a rest.
    return wasPullingAnew ? { kind: 'failed', problem: named, answered: true, ownChain: false } : { kind: 'set-back' };
  };

  /** The page behind the one that is being kept, asked for already; null: nobody asked. */
  let ahead: { readonly asked: string; readonly reply: ReturnType<Exchange> } | null = null;

  const ask = (request: ExchangeRequest): ReturnType<Exchange> => {
    const waiting = ahead;
    ahead = null;
    return waiting && waiting.asked === JSON.stringify(request) ? waiting.reply : exchange(request);
  };

  /** While a page is written to the disk the server makes the next one. Never together with a push, which follows a receipt. */
  const askAhead = (request: ExchangeRequest, { page, next, nextId, more }: ExchangeReply): void => {
    if (request.push || !more || next <= request.cursor || journal.receiptedThrough() < journal.head().seq) return;
    const { cursorId: _left, ...rest } = request;
    const cursorId = nextId ?? (page.at(-1)?.cursor === next ? page.at(-1)?.id : undefined);
    const following = requestInOrder({ ...rest, cursor: next, ...(cursorId === undefined || cursorId === null ? {} : { cursorId }), refusedMark: refusedMark(journal.refusals(), hashText) });
    ahead = { asked: JSON.stringify(following), reply: exchange(following) };
  };

  return async function exchangeOnce(limits) {
    const request = await requestFor(journal, limits, resendFrom);
    const reply = await ask(request);
    // The journal closes while the line is still busy: what came is simply pulled again next time.
    if (isStopped()) return signedOut;
    if (!reply.ok) {
      if (reply.problem.code === 'cursor-invalid' && request.cursor > 0) return await beginAnew(reply.problem);
      if (reply.problem.code === 'gap') resendFrom = seqNamedIn(reply.problem, journal.head().seq);
      return { kind: 'failed', problem: reply.problem, answered: isNamedByServer(reply.problem), ownChain: isBrokenChain(reply.problem) };
    }
    const { receipt, refused, next, more, serverTime } = reply.value;
    const [readTo, confirmed] = [placeRead(journal), journal.receiptedThrough()];
    const kept = await journal.recordReceipt(receipt, refused);
    if (!kept.ok) return brokenBy(kept.problem);
    if (isStopped()) return signedOut;
    askAhead(request, reply.value);
    const trust = await keepPage(reply.value, request.cursor);
    if ('kind' in trust) return trust;
    if (!trust.ok) return { kind: 'failed', problem: trust.problem, answered: true, ownChain: false };
    const serverHolds = receipt?.seq ?? 0;
    if (request.push && serverHolds < request.push.fromSeq) {
      return { kind: 'failed', problem: problem('server-error', { reason: 'not-taken' }), answered: true, ownChain: false };
    }
    // The server holds less than it once confirmed: an old backup was put back. Our journal still has it all.
    resendFrom = serverHolds < journal.receiptedThrough() ? serverHolds + 1 : null;
    const pulled = next > request.cursor;
    const unsent = serverHolds < journal.head().seq;
    const fellBack = journal.pulledTo().cursor < next;
    const again = (more && pulled) || fellBack || (unsent && (request.push !== null || resendFrom !== null));
    const resent = request.push ? Math.max(0, Math.min(serverHolds, confirmed) - request.push.fromSeq + 1) : 0;
    return { kind: 'done', arrived: placeRead(journal) === readTo ? null : journal.cursor(), trust: trust.value, serverHolds, resent, again, serverTime };
  };
}

/** What the window has to read: it changes with the position, and with the feed. */
function placeRead(journal: SyncJournal): string {
  return `${journal.generationId} ${journal.cursor()}`;
}

const signedOut: RoundFailed = { kind: 'failed', problem: problem('not-signed-in'), answered: false, ownChain: false };

/** The disk did not take what came. What was typed is safe, and the person must not read that it is not. */
function brokenBy(kept: Problem): RoundFailed {
  const ofDisk = kept.code === 'disk-full' || kept.code === 'storage-failed';
  return { kind: 'failed', problem: ofDisk ? problem(kept.code, { ...kept.detail, reason: 'exchange' }) : kept, answered: true, ownChain: isBrokenChain(kept) };
}

/** Which of our changes a `gap` asks for next (detail.expected), when it is one that we have. */
function seqNamedIn(gap: Problem, headSeq: number): number | null {
  const expected = gap.detail?.['expected'];
  return typeof expected === 'number' && Number.isInteger(expected) && expected >= 1 && expected <= headSeq ? expected : null;
}

async function requestFor(journal: SyncJournal, limits: RoundLimits, resendFrom: number | null): Promise<ExchangeRequest> {
  const fromSeq = resendFrom ?? journal.receiptedThrough() + 1;
  const outgoing = fromSeq <= journal.head().seq ? await journal.outgoing(fromSeq, limits.changes, limits.bytes) : null;
  const { cursor, cursorId } = journal.pulledTo();
  return requestInOrder({
    cursor,
    ...(cursorId === null ? {} : { cursorId }),
    pageLimit: limits.page,
    refusedMark: refusedMark(journal.refusals(), hashText),
    push: outgoing && { fromSeq: outgoing.fromSeq, changes: [...outgoing.changes], signature: outgoing.signature },
  });
}

/** Always in the same order of fields: two requests are the same when their texts are. */
function requestInOrder({ cursor, cursorId, pageLimit, refusedMark: known, push }: Omit<ExchangeRequest, 'v' | 'omitOwn'>): ExchangeRequest {
  return { v: WIRE_VERSION, cursor, ...(cursorId === undefined ? {} : { cursorId }), pageLimit, omitOwn: true, refusedMark: known ?? '', push };
}

/** Problems that nobody but our server can name: hearing one is contact. The rest may have arisen on the way. */
export function isNamedByServer(problem: Problem): boolean {
  return namedByTheServer.has(problem.code);
}

const namedByTheServer = new Set<Problem['code']>(['unauthorized', 'revoked', 'fork', 'chain-mismatch', 'gap', 'bad-signature', 'cursor-invalid', 'rate-limited']);

function isBrokenChain(problem: Problem): boolean {
  return problem.code === 'fork' || problem.code === 'chain-mismatch' || problem.code === 'revoked';
}

/** Walks the kept pages once, when the first new page comes in: a start without news reads nothing. */
async function headsOnDisk(journal: SyncJournal): Promise<ChainHeads> {
  const heads: ChainHeads = new Map();
  let after = 0;
  for (;;) {
    const { items, cursor, more } = await journal.pulled(after, 5000);
    noteHeads(items, heads);
    if (!more || cursor <= after) return heads;
    after = cursor;
  }
}
