import { readFileSync } from 'node:fs';
import { failed, done, type Outcome } from '#shared/kit/outcome.ts';
import { inFolder, readWhole, type Disk } from './disk.ts';
import { diskProblem, errorCode } from './disk-problem.ts';
import { systemBootId } from './boot-clock.ts';
import { jsonBytes, jsonOf } from './bytes.ts';

/** Who holds a lock: a process id alone is used again by later processes. */
export type LockOwner = { readonly pid: number; readonly bootId: string; readonly startedAt: string };

export type WriterLock = { release(): Promise<void> };

const lockName = 'writer.lock';

/**
 * Takes the folder for this process, or fails with `already-open`. A lock whose process is gone (kill -9, power cut) is
 * put aside. A live one is never taken, whoever asks.
 */
export async function takeWriterLock(
  disk: Disk, folder: string, self: LockOwner, isAlive: (owner: LockOwner) => boolean,
): Promise<Outcome<WriterLock>> {
  const path = inFolder(folder, lockName);
  for (;;) {
    try {
      const file = await disk.open(path, 'fresh');
      try {
        await file.writeAt(jsonBytes(self), 0);
      } finally {
        await file.close();
      }
      return done({ release: () => releaseQuietly(disk, path) });
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') {
        // A lock without its owner's name would lock everybody out until somebody removes it by hand.
        if (errorCode(error) !== null) await disk.remove(path).catch(() => undefined);
        return diskProblem(error);
      }
    }
    const owner = await readOwner(disk, path);
    if (owner !== null && isAlive(owner)) return failed('already-open', { pid: owner.pid });
    try {
      const mine = await putAside(disk, path, isAlive);
      if (!mine) return failed('already-open');
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') return diskProblem(error);
    }
  }
}

/** A lock that can not be removed stays until this process ends; then anybody may put it aside. */
async function releaseQuietly(disk: Disk, path: string): Promise<void> {
  try {
    await disk.remove(path);
  } catch (error) {
    if (errorCode(error) === null) throw error;
  }
}

/** False when another process took the stale lock over in between: its lock is put back. */
async function putAside(disk: Disk, path: string, isAlive: (owner: LockOwner) => boolean): Promise<boolean> {
  const aside = `${path}.gone`;
  await disk.rename(path, aside);
  const owner = await readOwner(disk, aside);
  if (owner === null || !isAlive(owner)) return true;
  await disk.rename(aside, path);
  return false;
}

/** An unreadable lock was left by a power cut in the middle of taking it: nobody holds it. */
async function readOwner(disk: Disk, path: string): Promise<LockOwner | null> {
  try {
    const bytes = await readWhole(disk, path);
    const owner = bytes === null ? null : (jsonOf(bytes) as Partial<LockOwner> | null);
    if (typeof owner?.pid !== 'number' || typeof owner.bootId !== 'string' || typeof owner.startedAt !== 'string') return null;
    return { pid: owner.pid, bootId: owner.bootId, startedAt: owner.startedAt };
  } catch (error) {
    if (errorCode(error) !== null || error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}

/** This process as a lock owner. */
export function thisProcess(): LockOwner {
  return { pid: process.pid, bootId: systemBootId() ?? '', startedAt: startTicks(process.pid) ?? '' };
}

/** Whether the very process still runs: same boot, same id, same start, as far as the system tells them. */
export function isProcessAlive(owner: LockOwner): boolean {
  if (owner.bootId !== (systemBootId() ?? '')) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM: it is there, but somebody else's.
    return errorCode(error) === 'EPERM';
  }
  const ticks = startTicks(owner.pid);
  return ticks === null || ticks === owner.startedAt;
}

/** When a process started, in ticks since boot (Linux), `gone` for one that ended unreaped; null where nobody says. */
function startTicks(pid: number): string | null {
  if (process.platform !== 'linux') return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is a name in brackets that may hold anything, so fields are counted from the last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'gone' : (fields[19] ?? null);
  } catch {
    return null;
  }
}
