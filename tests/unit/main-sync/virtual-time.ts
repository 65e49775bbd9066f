import type { After } from '../../../src-main/sync/alarm.ts';

/** Timers and a clock that move only when the test says so. */
export type VirtualTime = {
  readonly now: () => number;
  readonly after: After;
  /** Lets `ms` pass; everything due runs in its order, and what it starts settles before the next. */
  pass(ms: number): Promise<void>;
  /** Lets everything that waits for nothing but other code come to rest. */
  settle(): Promise<void>;
  /** Moves the wall clock without letting time pass. */
  setClock(ms: number): void;
};

export function virtualTime(start = Date.parse('2026-08-12T06:00:00.000Z')): VirtualTime {
  let elapsed = 0;
  let clock = start;
  let waiting: { readonly at: number; readonly run: () => void }[] = [];
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 40; turn += 1) await new Promise<void>((resolve) => { setImmediate(resolve); });
  };
  return {
    now: () => clock,
    after(delayMs, run) {
      const entry = { at: elapsed + delayMs, run };
      waiting.push(entry);
      return () => { waiting = waiting.filter((each) => each !== entry); };
    },
    async pass(ms) {
      const until = elapsed + ms;
      for (;;) {
        await settle();
        const due = waiting.filter((each) => each.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        waiting = waiting.filter((each) => each !== due);
        clock += due.at - elapsed;
        elapsed = due.at;
        due.run();
      }
      clock += until - elapsed;
      elapsed = until;
    },
    settle,
    setClock(ms) { clock = ms; },
  };
}
