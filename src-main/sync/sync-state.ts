import type { SetBack, SyncStatus } from '#shared/bridge/calls.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { MAX_BODY_BYTES, MAX_PAGE, MAX_PUSH } from '#shared/sync/wire.ts';
import type { ExchangeNotes } from './exchange-notes.ts';
import { isNamedByServer, type RoundDone, type RoundFailed, type RoundLimits, type SyncJournal } from './exchange-round.ts';
import { isPausing } from './sync-timing.ts';

/** What the exchange itself knows of its own course. Everything else is in the journal. */
export type SyncState = Pick<SyncStatus, 'phase' | 'lastContactAt' | 'lastProblem' | 'clockOffsetMs' | 'setBack'> & {
  /** Tries that failed since the last success. */
  readonly failures: number;
  /** Part of the full push and page that is asked for: halved by failures that size may explain. */
  readonly share: number;
  /** Own seq that the server holds by its last reply; null before it, then its receipts count. */
  readonly serverHolds: number | null;
};

/** `recalled`: what was said before the restart. */
export function atStart(recalled: ExchangeNotes | null): SyncState {
  const { lastContactAt = null, lastProblem = null, setBack = null } = recalled ?? {};
  return { phase: 'idle', lastContactAt, lastProblem, setBack, clockOffsetMs: null, failures: 0, share: 1, serverHolds: null };
}

/** What is still to be said after a restart. A line that was cut yesterday is not. */
export function notesOf({ lastContactAt, lastProblem, setBack }: SyncState): ExchangeNotes {
  return { formatVersion: 0, lastContactAt, lastProblem: lastProblem && isNamedByServer(lastProblem) ? lastProblem : null, setBack };
}

/** On a good line. */
const fullLimits: RoundLimits = { changes: MAX_PUSH, bytes: MAX_BODY_BYTES / 3, page: MAX_PAGE / 2 };
const smallestShare = 1 / 64;

export function limitsOf({ share }: SyncState): RoundLimits {
  return {
    changes: Math.max(1, Math.floor(fullLimits.changes * share)),
    bytes: Math.max(64 * 1024, Math.floor(fullLimits.bytes * share)),
    page: Math.max(16, Math.floor(fullLimits.page * share)),
  };
}

/** While out of touch, tries of our own do not flicker on the screen: it says offline until somebody answers. */
export function asking(state: SyncState): SyncState {
  return state.phase === 'idle' ? { ...state, phase: 'exchanging' } : state;
}

/** A person asks, or the network changed: whatever was waited for is asked again now. */
export function askedAgain(state: SyncState): SyncState {
  return { ...state, failures: 0, phase: state.phase === 'paused' ? 'offline' : state.phase };
}

/**
 * @param askedAt, answeredAt device clock in ms; their middle is held against the server's clock
 * @param isSetBack the server has not got back yet what it lost, or we have not yet all of its feed
 */
export function afterDone(state: SyncState, round: RoundDone, askedAt: number, answeredAt: number, goesOn: boolean, isSetBack: boolean): SyncState {
  return {
    phase: goesOn ? 'exchanging' : 'idle',
    lastContactAt: new Date(answeredAt).toISOString(),
    lastProblem: null,
    clockOffsetMs: Math.round((askedAt + answeredAt) / 2 - Date.parse(round.serverTime)),
    // A feed that is set back over and over is not asked without a rest.
    failures: isSetBack ? state.failures : 0,
    share: Math.min(1, state.share * 2),
    serverHolds: round.serverHolds,
    setBack: setBackAfter(state.setBack, round, answeredAt, isSetBack),
  };
}

function setBackAfter(before: SetBack | null, { resent }: RoundDone, at: number, isSetBack: boolean): SetBack | null {
  const open = before && before.finishedAt === null ? before : null;
  if (!isSetBack && !open) return before;
  const setBack = open ?? noticedSetBack(at);
  return { ...setBack, resent: setBack.resent + resent, finishedAt: isSetBack ? null : new Date(at).toISOString() };
}

function noticedSetBack(at: number): SetBack {
  return { noticedAt: new Date(at).toISOString(), finishedAt: null, resent: 0 };
}

/** @param at device clock in ms */
export function afterSetBack(state: SyncState, at: number): SyncState {
  const setBack = state.setBack?.finishedAt === null ? state.setBack : noticedSetBack(at);
  return { ...state, phase: 'exchanging', lastContactAt: new Date(at).toISOString(), lastProblem: null, failures: 0, serverHolds: null, setBack };
}

/** @param at device clock in ms */
export function afterFailed(state: SyncState, round: RoundFailed, at: number): SyncState {
  return {
    ...state,
    phase: isPausing(round.problem) ? 'paused' : 'offline',
    lastContactAt: round.answered ? new Date(at).toISOString() : state.lastContactAt,
    lastProblem: round.problem,
    failures: state.failures + 1,
    share: sizeMayExplain(round.problem) ? Math.max(smallestShare, state.share / 2) : state.share,
  };
}

function sizeMayExplain(problem: Problem): boolean {
  return problem.code === 'too-large' || problem.code === 'half-reply' || problem.detail?.['reason'] === 'timeout';
}

/** The truth line: counts come from the journal, never from a counter kept beside it. */
export function statusOf(state: SyncState, journal: SyncJournal, evidencePending: SyncStatus['evidencePending']): SyncStatus {
  return {
    phase: state.phase,
    unsent: journal.head().seq - Math.min(journal.receiptedThrough(), state.serverHolds ?? Infinity),
    refused: [...journal.refusals()],
    lastContactAt: state.lastContactAt,
    lastProblem: state.lastProblem,
    clockOffsetMs: state.clockOffsetMs,
    setBack: state.setBack,
    evidencePending,
  };
}

/** Passes on only what differs from what was told last. */
export function tellOnce(tell: (status: SyncStatus) => void): (status: SyncStatus) => void {
  let told = '';
  return (status) => {
    const text = JSON.stringify(status);
    if (text === told) return;
    told = text;
    tell(status);
  };
}
