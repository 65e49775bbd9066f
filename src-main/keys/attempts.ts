import * as z from 'zod';
import { Instant } from '#shared/kit/values.ts';
import { jsonBytes, jsonOf } from '../journal/bytes.ts';
import { errorCode } from '../journal/disk-problem.ts';
import { inFolder, placeFile, readWhole, type Disk } from '../journal/disk.ts';

const attemptsName = 'attempts.json';
const Attempts = z.strictObject({ formatVersion: z.literal(0), failures: z.number().int().min(1), lastAt: Instant });
type Attempts = z.infer<typeof Attempts>;

/** Failures that cost nothing: everybody mistypes. */
const FREE_FAILURES = 2;
const LONGEST_SECONDS = 15 * 60;

/** Seconds to wait after so many failures in a row: 0, 0, 1, 2, 4 … at most a quarter of an hour. */
export function waitSeconds(failures: number): number {
  return failures <= FREE_FAILURES ? 0 : Math.min(LONGEST_SECONDS, 2 ** Math.min(failures - FREE_FAILURES - 1, 20));
}

/** Seconds until the next try is allowed. A clock set back makes nobody wait longer than the full time. */
export async function secondsToWait(disk: Disk, folder: string, now: Date): Promise<number> {
  const attempts = await readAttempts(disk, folder);
  if (!attempts) return 0;
  const passed = Math.max(0, (now.getTime() - Date.parse(attempts.lastAt)) / 1000);
  return Math.max(0, Math.ceil(waitSeconds(attempts.failures) - passed));
}

/** Counts a failure; it survives a restart. Seconds to wait from now on. */
export async function noteFailure(disk: Disk, folder: string, now: Date): Promise<number> {
  const failures = ((await readAttempts(disk, folder))?.failures ?? 0) + 1;
  await quietly(() => placeFile(disk, folder, attemptsName, jsonBytes({ formatVersion: 0, failures, lastAt: now.toISOString() } satisfies Attempts)));
  return waitSeconds(failures);
}

export async function forgetFailures(disk: Disk, folder: string): Promise<void> {
  await quietly(() => disk.remove(inFolder(folder, attemptsName)));
}

async function readAttempts(disk: Disk, folder: string): Promise<Attempts | null> {
  const bytes = await readWhole(disk, inFolder(folder, attemptsName));
  try {
    return bytes === null ? null : (Attempts.safeParse(jsonOf(bytes)).data ?? null);
  } catch {
    return null;
  }
}

/** A full or failing disk must not keep the right person out. */
async function quietly(task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    if (errorCode(error) === null) throw error;
  }
}
