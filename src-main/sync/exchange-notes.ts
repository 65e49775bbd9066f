import * as z from 'zod';
import { SetBack } from '#shared/bridge/calls.ts';
import { Problem } from '#shared/kit/problem.ts';
import { Instant } from '#shared/kit/values.ts';
import { jsonBytes, jsonOf } from '../journal/bytes.ts';
import { errorCode } from '../journal/disk-problem.ts';
import { inFolder, placeFile, readWhole, type Disk } from '../journal/disk.ts';

/** What is still said of the exchange after a restart. Times by the device clock; nothing is decided by them. */
export const ExchangeNotes = z.strictObject({
  formatVersion: z.literal(0),
  lastContactAt: Instant.nullable(),
  /** What the server refused the last time; null when it did not, or when it was not reached. */
  lastProblem: Problem.nullable(),
  setBack: SetBack.nullable(),
});
export type ExchangeNotes = Readonly<z.infer<typeof ExchangeNotes>>;

export type NotesFile = {
  readonly recalled: ExchangeNotes | null;
  /** Written at once when something other than the moment of contact is new, else once a minute. */
  keep(notes: ExchangeNotes): void;
  /** Writes what is not written yet. */
  settle(): Promise<void>;
};

const fileName = 'exchange.json';
/** The last contact that is told after a crash may be so much older than the real one, ms. */
const REST_MS = 60_000;

/** A file that is missing or can not be read says nothing; one that can not be written costs the memory only. */
export async function openExchangeNotes(disk: Disk, folder: string): Promise<NotesFile> {
  const recalled = await read(disk, folder).catch(onlyOfDisk);
  let latest = recalled;
  let written = recalled;
  let writing: Promise<void> = Promise.resolve();
  const write = (): void => {
    writing = writing.then(async () => {
      if (!latest || latest === written) return;
      const notes = latest;
      await placeFile(disk, folder, fileName, jsonBytes(notes)).catch(onlyOfDisk);
      written = notes;
    });
  };
  return {
    recalled,
    keep(notes) {
      latest = notes;
      if (isNews(written, notes)) write();
    },
    async settle() {
      write();
      await writing;
    },
  };
}

function isNews(before: ExchangeNotes | null, { lastContactAt, lastProblem, setBack }: ExchangeNotes): boolean {
  if (!before || JSON.stringify([before.lastProblem, before.setBack]) !== JSON.stringify([lastProblem, setBack])) return true;
  return Math.abs(Date.parse(lastContactAt ?? '') - Date.parse(before.lastContactAt ?? '')) >= REST_MS || (before.lastContactAt === null && lastContactAt !== null);
}

async function read(disk: Disk, folder: string): Promise<ExchangeNotes | null> {
  const bytes = await readWhole(disk, inFolder(folder, fileName));
  if (bytes === null) return null;
  try {
    return ExchangeNotes.safeParse(jsonOf(bytes)).data ?? null;
  } catch {
    return null;
  }
}

function onlyOfDisk(error: unknown): null {
  if (errorCode(error) === null) throw error;
  return null;
}
