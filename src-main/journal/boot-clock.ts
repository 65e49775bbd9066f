import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';

/** The clocks of this machine, read together for each append. Order never comes from them. */
export type BootClock = {
  readonly bootId: string;
  /** The device's claim: UTC ISO 8601 with milliseconds. */
  wall(): string;
  /** Milliseconds since the boot named by bootId, sleep included. */
  mono(): number;
};

/**
 * Where the system names its boot (Linux), that name and its uptime; elsewhere each start of the program counts as a boot
 * of its own, which still shows a clock that is moved while the program runs.
 */
export function bootClock(): BootClock {
  const bootId = systemBootId();
  if (bootId !== null) return { bootId, wall, mono: uptimeClock(() => os.uptime() * 1000, () => performance.now()) };
  const startedAt = process.hrtime.bigint();
  return { bootId: `run-${randomUUID()}`, wall, mono: () => Number((process.hrtime.bigint() - startedAt) / 1_000_000n) };
}

/** Asking the system for its uptime reads a file; a second later at most it is asked again, so that sleep still counts. */
export function uptimeClock(uptimeMs: () => number, runningMs: () => number): () => number {
  let asked = { uptime: uptimeMs(), running: runningMs() };
  return () => {
    const passed = runningMs() - asked.running;
    if (passed < 0 || passed > 1000) asked = { uptime: uptimeMs(), running: runningMs() };
    return Math.round(asked.uptime + Math.max(0, runningMs() - asked.running));
  };
}

function wall(): string {
  return new Date().toISOString();
}

/** The system's own name of the present boot; null where it gives none. */
export function systemBootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() || null;
  } catch {
    return null;
  }
}
