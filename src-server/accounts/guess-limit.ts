/** Counts failures per key in a sliding window, so that guessing gets slow; memory is bounded. */
export type GuessLimit = {
  /** How long until another guess is heard, in ms; 0: now. */
  waitMs(key: string): number;
  failed(key: string): void;
};

const MAX_KEYS = 10_000;

export function guessLimit(mostFailures: number, windowMs: number, now: () => number): GuessLimit {
  const failures = new Map<string, number[]>();
  const recent = (key: string): number[] => (failures.get(key) ?? []).filter((at) => at > now() - windowMs);
  return {
    waitMs(key) {
      const times = recent(key);
      const oldest = times.at(-mostFailures);
      return oldest === undefined ? 0 : oldest + windowMs - now();
    },
    failed(key) {
      const times = [...recent(key), now()].slice(-mostFailures);
      failures.delete(key);
      failures.set(key, times);
      const eldest = failures.keys().next().value;
      if (failures.size > MAX_KEYS && eldest !== undefined) failures.delete(eldest);
    },
  };
}
