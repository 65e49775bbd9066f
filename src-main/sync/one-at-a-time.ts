/** What a run leaves behind: go on at once, rest unless asked meanwhile, or rest even though asked. */
export type AfterRun = 'again' | 'rest' | 'give-up';

export type OneAtATime = {
  /** Runs now, or once more after the run under way. */
  ask(): void;
  isAsked(): boolean;
  /** Resolves when nothing runs. */
  settled(): Promise<void>;
  /** Nothing starts after this. */
  stop(): Promise<void>;
};

/** Runs `run` one at a time for as long as somebody asks. */
export function oneAtATime(run: () => Promise<AfterRun>): OneAtATime {
  let asked = false;
  let stopped = false;
  let running: Promise<void> | null = null;
  const runAll = async (): Promise<void> => {
    while (asked && !stopped) {
      asked = false;
      const after = await run();
      if (after === 'again') asked = true;
      if (after === 'give-up') asked = false;
    }
  };
  const ask = (): void => {
    if (stopped) return;
    asked = true;
    running ??= runAll().finally(() => {
      running = null;
      if (asked) ask();
    });
  };
  const settled = async (): Promise<void> => {
    while (running) await running;
  };
  return {
    ask,
    isAsked: () => asked,
    settled,
    stop() {
      stopped = true;
      return settled();
    },
  };
}
