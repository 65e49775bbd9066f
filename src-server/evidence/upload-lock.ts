import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Lock, Locker } from '@tus/server';
import { problem } from '#shared/kit/problem.ts';
import { Refused } from '../http/answer.ts';
import type { Services } from '../services.ts';
import { dropAllUploadLocks, dropUploadLock, keepUploadLock, takeUploadLock, type UploadLock } from '../store/upload-lock-rows.ts';
import type { OriginalName } from './originals.ts';

/** How long a process that died goes on holding, and how often a living one says that it still does. */
const LEASE_MS = 10_000;
const RENEW_MS = 2000;
const ASK_AGAIN_MS = 25;
/** A line that was cut and is known to be cut ends by itself, with all its bytes; only one that hangs is ended. */
const GRACE_MS = 500;

export type UploadLocks = {
  /** The lock of one request of the laptop `chainId` that sends bytes of one original; held until `written` resolves. */
  lockerFor(name: OriginalName, chainId: string, written: () => Promise<unknown>): Locker;
  /**
   * For a request that only asks how far the original is: ends what the same laptop left on a dead line, so that its bytes
   * are counted, and waits for nobody else.
   */
  lookerFor(name: OriginalName, chainId: string): Locker;
};

/**
 * One sender for one original, across all processes on one database. A second laptop is told `rate-limited`
 * {reason: upload-under-way} and comes back later. The same laptop on a new line takes over: it knows that the former line
 * is dead before we do. A lease that was lost to a long standstill harms nothing: whoever writes, writes bytes of the same
 * original to the same places, and the hash has the last word.
 */
export function uploadLocks({ store, now }: Pick<Services, 'store' | 'now'>): UploadLocks {
  // Where there is only one process, whatever is held from before belongs to one that died.
  const cleared = store.wire === null ? store.write(dropAllUploadLocks).catch(() => undefined) : null;
  /** Requests in this process that hold one: they are told at once, not at their next renewal. */
  const here = new Map<string, { readonly chainId: string; release(): void }>();

  const isTaken = async (lock: UploadLock, signal: AbortSignal): Promise<boolean> => {
    await cleared;
    const askedAt = performance.now();
    for (;;) {
      const other = await store.write((sql) => takeUploadLock(sql, lock, now(), now() + LEASE_MS));
      if (!other) return true;
      if (other.chainId !== lock.chainId || signal.aborted || performance.now() - askedAt > LEASE_MS + RENEW_MS) return false;
      const holder = here.get(keyOf(lock));
      if (holder?.chainId === lock.chainId && performance.now() - askedAt > GRACE_MS) holder.release();
      await wait(ASK_AGAIN_MS);
    }
  };
  const keep = (lock: UploadLock, release: () => void): (() => void) => {
    const timer = setInterval(() => {
      void store.write((sql) => keepUploadLock(sql, lock, now() + LEASE_MS)).then((state) => void (state === 'held' || release()), () => undefined);
    }, RENEW_MS);
    return () => clearInterval(timer);
  };
  const lockOf = (lock: UploadLock, written: () => Promise<unknown>): Lock => {
    let letGo = (): void => undefined;
    return {
      async lock(signal, cancelReq) {
        if (!(await isTaken(lock, signal))) throw new Refused(problem('rate-limited', { reason: 'upload-under-way' }));
        const release = (): void => void cancelReq();
        here.set(keyOf(lock), { chainId: lock.chainId, release });
        letGo = keep(lock, release);
      },
      async unlock() {
        await written();
        letGo();
        here.delete(keyOf(lock));
        await store.write((sql) => dropUploadLock(sql, lock));
      },
    };
  };
  const lookOf = (lock: UploadLock): Lock => ({
    lock: async (signal) => void (await isTaken(lock, signal)),
    unlock: async () => void (await store.write((sql) => dropUploadLock(sql, lock))),
  });
  const lockFor = ({ officeId, sha256 }: OriginalName, chainId: string): UploadLock => ({ officeId, sha256, chainId, holder: randomUUID() });
  return {
    lockerFor: (name, chainId, written) => ({ newLock: () => lockOf(lockFor(name, chainId), written) }),
    lookerFor: (name, chainId) => ({ newLock: () => lookOf(lockFor(name, chainId)) }),
  };
}

function keyOf({ officeId, sha256 }: UploadLock): string {
  return `${officeId}/${sha256}`;
}
