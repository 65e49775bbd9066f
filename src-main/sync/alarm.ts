/** Runs `run` after `delayMs`; the returned function forgets it. */
export type After = (delayMs: number, run: () => void) => () => void;

/** At most one thing to do later. */
export type Alarm = {
  /** Forgets what was set before. */
  set(delayMs: number): void;
  /** Leaves an earlier alarm as it is. */
  setUnlessSet(delayMs: number): void;
  clear(): void;
};

export function alarm(after: After, run: () => void): Alarm {
  let forget: (() => void) | null = null;
  const set = (delayMs: number): void => {
    forget?.();
    forget = after(delayMs, () => {
      forget = null;
      run();
    });
  };
  return {
    set,
    setUnlessSet: (delayMs) => {
      if (!forget) set(delayMs);
    },
    clear: () => {
      forget?.();
      forget = null;
    },
  };
}

/** The machine's own timers. */
export const afterOnThisMachine: After = (delayMs, run) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};
