import type { Problem } from '#shared/kit/problem.ts';

/** All times in milliseconds. */
export const timing = {
  /** Appends that follow each other closely go up together. */
  restAfterAppendMs: 50,
  /** Without a hint the office is asked this often. */
  pollMs: 15_000,
  firstRetryMs: 1_000,
  longestRetryMs: 60_000,
  /** Asking whether anybody listens costs one packet, and work shall arrive within seconds of the network's return. */
  longestRetryUnreachableMs: 2_000,
} as const;

/** Waits before try number `failures` + 1, at random between half and all of the doubled time. */
export function retryDelayMs(failures: number, problem: Problem, random: () => number): number {
  const isUnreachable = problem.code === 'offline' || problem.code === 'server-unreachable';
  const longest = isUnreachable ? timing.longestRetryUnreachableMs : timing.longestRetryMs;
  const doubled = Math.min(longest, timing.firstRetryMs * 2 ** Math.min(failures - 1, 10));
  return Math.round(doubled * (0.5 + random() * 0.5));
}

/**
 * Problems that time does not heal: the exchange pauses until a person asks again. A retry every minute would only hide
 * them.
 */
export function isPausing(problem: Problem): boolean {
  return pausing.has(problem.code);
}

const pausing = new Set<Problem['code']>(['fork', 'chain-mismatch', 'revoked', 'bad-signature', 'please-update', 'journal-damaged', 'read-only']);
