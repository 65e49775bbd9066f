import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import type { Desk } from './desk.ts';
import { useDesk } from './desk-context.tsx';
import { lockChecker, type LockCheck } from './lock-check.ts';

type OfInspection = {
  /** Null until the first comparison is over. */
  readonly check: LockCheck | null;
  /** Compares anew, now: to be asked before something is made of the inspection. */
  readonly checkNow: () => Promise<LockCheck>;
};

const LockCheckContext = createContext<OfInspection | null>(null);

/** Holds an open inspection against its lock: once the screen stands, and again whenever a record of it changes or something was awaited. */
export function LockCheckProvider({ inspectionId, children }: { readonly inspectionId: string; readonly children: ReactNode }) {
  const desk = useDesk();
  const [found, setFound] = useState<{ readonly of: string; readonly check: LockCheck } | null>(null);
  const compare = useMemo(() => lockChecker(desk), [desk]);
  useEffect(() => {
    let stopped = false;
    let running = false;
    let again = false;
    // Everything, until it is known what the lock covers.
    let concerns: (changed: ReadonlySet<string>) => boolean = () => true;
    const run = async (): Promise<void> => {
      again = true;
      if (running) return;
      running = true;
      while (again && !stopped) {
        again = false;
        await idle();
        // A working copy that can not be read is made anew at the next commit or arrival, which then tells of every record.
        const check = stopped ? null : await compare(inspectionId).catch(() => null);
        const covered = check && check.kind !== 'awaited' ? await coveredBy(desk, inspectionId).catch(() => null) : null;
        concerns = covered ? (changed) => covered.some((id) => changed.has(id)) : () => true;
        if (!stopped && check) setFound({ of: inspectionId, check });
      }
      running = false;
    };
    void run();
    const stop = desk.onRecords((changed) => {
      if (running || concerns(changed)) void run();
    });
    return () => {
      stopped = true;
      stop();
    };
  }, [compare, desk, inspectionId]);
  const value = useMemo(() => ({ check: found?.of === inspectionId ? found.check : null, checkNow: () => compare(inspectionId) }), [compare, found, inspectionId]);
  return <LockCheckContext value={value}>{children}</LockCheckContext>;
}

/** The open inspection against its lock. Using it outside an inspection is a bug. */
export function useLockCheck(): OfInspection {
  const value = useContext(LockCheckContext);
  if (!value) throw new Error('no inspection is open here');
  return value;
}

async function coveredBy(desk: Desk, inspectionId: string): Promise<readonly string[]> {
  const lock = ((await desk.get(inspectionId))?.fields['lock'] ?? null) as InspectionLock | null;
  return [inspectionId, ...(lock?.covers.map((cover) => cover.recordId) ?? [])];
}

function idle(): Promise<void> {
  return new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: 2000 }));
}
