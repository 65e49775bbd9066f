import type { SyncStatus } from '#shared/bridge/calls.ts';
import { diskProblem, errorCode } from '../journal/disk-problem.ts';
import { alarm, type After } from './alarm.ts';
import type { ExchangeNotes } from './exchange-notes.ts';
import { exchangeRounds, type Exchange, type RoundDone, type RoundFailed, type SyncJournal } from './exchange-round.ts';
import { oneAtATime, type AfterRun } from './one-at-a-time.ts';
import type { PageTrust } from './page-check.ts';
import { afterDone, afterFailed, afterSetBack, askedAgain, asking, atStart, limitsOf, notesOf, statusOf, tellOnce, type SyncState } from './sync-state.ts';
import { retryDelayMs, timing } from './sync-timing.ts';

/** Everything the exchange touches, so that a test can play any course of events against it. */
export type SyncParts = {
  readonly journal: SyncJournal;
  readonly exchange: Exchange;
  /** Device clock, ms since 1970; believed by nobody, only told apart from the server's. */
  readonly now: () => number;
  readonly after: After;
  readonly random: () => number;
  readonly evidencePending: () => SyncStatus['evidencePending'];
  readonly onStatus: (status: SyncStatus) => void;
  readonly onPages: (cursor: number) => void;
  /** An exchange succeeded: a good moment for uploads and for listening. */
  readonly onContact: () => void;
  readonly onRevoked: () => void;
  /** The server holds less than it once confirmed: an old backup was put back. Called once until it holds everything again. */
  readonly onServerForgot?: () => void;
  /** What was said of the exchange before a restart, and where it is kept for the next one. */
  readonly recalled?: ExchangeNotes | null;
  readonly onNotes?: (notes: ExchangeNotes) => void;
};

export type SyncEngine = {
  start(): void;
  status(): SyncStatus;
  /** A person asks: tries at once even when paused or waiting; resolves when that try has settled. */
  now(): Promise<SyncStatus>;
  /** The server says that its feed reaches `cursor`. */
  hint(cursor: number): void;
  /** The network looks different: a wait that was long for good reason may be over. */
  networkChanged(): void;
  /** Something outside changed what the status shows. */
  refresh(): void;
  /** The journal got a newer receipt by another way than this line: it counts until the server itself speaks again. */
  receiptCarried(): void;
  /** How many pulled changes were proven by their chain, and how many taken on the server's word, since the start. */
  trust(): PageTrust;
  /** Resolves when no exchange is under way. */
  settled(): Promise<void>;
  /** No exchange starts after this; resolves when the one under way has ended. */
  stop(): Promise<void>;
};

/**
 * Pushes what has no receipt and pulls what is new, one exchange at a time, for as long as somebody is signed in.
 * Every state is rebuilt from the journal: a crash at any point costs at most a repeated exchange.
 */
export function syncEngine(parts: SyncParts): SyncEngine {
  const { journal } = parts;
  const exchangeOnce = exchangeRounds(journal, parts.exchange, () => stopped);
  const tell = tellOnce((each) => void (stopped || parts.onStatus(each)));
  const next = alarm(parts.after, wake);
  const rest = alarm(parts.after, wake);
  const rounds = oneAtATime(round);
  let state = atStart(parts.recalled ?? null);
  let trust: PageTrust = { proven: 0, trusted: 0 };
  let stopped = false;
  const noteForgetting = oncePerForgetting(() => parts.onServerForgot?.());

  const status = (): SyncStatus => statusOf(state, journal, parts.evidencePending());
  const enter = (after: SyncState): void => {
    state = after;
    tell(status());
  };

  function wake(): void {
    if (stopped || state.phase === 'paused') return;
    next.clear();
    rounds.ask();
  }

  function ask(): void {
    enter(askedAgain(state));
    wake();
  }

  async function round(): Promise<AfterRun> {
    enter(asking(state));
    const askedAt = parts.now();
    const result = await exchangeOnce(limitsOf(state)).catch(failedByDisk);
    const after = result.kind === 'done' ? succeeded(result, askedAt) : result.kind === 'failed' ? failed(result) : setBack();
    if (!stopped) parts.onNotes?.(notesOf(state));
    return after;
  }

  function succeeded(result: RoundDone, askedAt: number): AfterRun {
    const goesOn = !stopped && (result.again || rounds.isAsked());
    trust = { proven: trust.proven + result.trust.proven, trusted: trust.trusted + result.trust.trusted };
    const forgets = result.serverHolds < journal.receiptedThrough();
    enter(afterDone(state, result, askedAt, parts.now(), goesOn, forgets || journal.isPullingAnew()));
    if (result.arrived !== null) parts.onPages(result.arrived);
    noteForgetting(forgets || journal.isPullingAnew());
    if (goesOn) return 'again';
    if (!stopped) next.set(timing.pollMs);
    parts.onContact();
    return 'rest';
  }

  function setBack(): AfterRun {
    noteForgetting(true);
    enter(afterSetBack(state, parts.now()));
    return 'again';
  }

  function failed(result: RoundFailed): AfterRun {
    if (result.problem.code === 'gap') noteForgetting(true);
    if (result.ownChain) journal.halt(result.problem);
    enter(afterFailed(state, result, parts.now()));
    if (state.phase === 'offline' && !stopped) next.set(retryDelayMs(state.failures, result.problem, parts.random));
    if (result.problem.code === 'revoked') parts.onRevoked();
    return 'give-up';
  }

  const unlisten = journal.onAppended(() => {
    tell(status());
    // While waiting after a failure, typing does not hurry it: the wait is short, or has a reason.
    if (state.failures === 0 && !stopped) rest.setUnlessSet(timing.restAfterAppendMs);
  });

  return {
    start: wake,
    status,
    refresh: () => tell(status()),
    receiptCarried: () => void ((state = { ...state, serverHolds: null }), tell(status())),
    trust: () => trust,
    hint: (cursor) => void (state.failures === 0 && cursor > journal.pulledTo().cursor && wake()),
    networkChanged: () => void (state.phase !== 'paused' && ask()),
    settled: () => rounds.settled(),
    now: () => (ask(), rounds.settled().then(status)),
    async stop() {
      stopped = true;
      unlisten();
      for (const each of [next, rest]) each.clear();
      await rounds.stop();
    },
  };
}

function oncePerForgetting(tell: () => void): (forgets: boolean) => void {
  let forgot = false;
  return (forgets) => {
    if (forgets && !forgot) tell();
    forgot = forgets;
  };
}

/** A journal that can not be read at this moment (a disk taken out, a share gone) is tried again like a line. */
function failedByDisk(error: unknown): RoundFailed {
  if (errorCode(error) === null) throw error;
  return { kind: 'failed', problem: diskProblem(error).problem, answered: false, ownChain: false };
}
