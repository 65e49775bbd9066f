import { JOURNAL_FORMAT, PageSetsFile, type PageSet } from '#shared/journal/bodies.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { jsonBytes, jsonOf } from './bytes.ts';
import { inFolder, placeFile, readWhole, type Disk } from './disk.ts';
import { orDiskProblem } from './disk-problem.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { openPageFiles, type PageFiles, type PageReading } from './page-files.ts';
import type { FeedPlace } from './scan-pages.ts';

/**
 * The kept pages of a chain. Usually one set of files, read and written; while a feed that is another one is pulled from
 * its beginning, the old set is read on and a new one is filled beside it. An old set is never deleted.
 */
export type PageSets = {
  /** Names the set that is read. */
  generationId(): string;
  cursor(): number;
  read: PageFiles['read'];
  of: PageFiles['of'];
  append: PageFiles['append'];
  /** Where pulling goes on, and what was pulled there. */
  pulledTo(): FeedPlace;
  pulled: PageFiles['read'];
  /** Begins an empty set beside the one that is read; what was filled of an earlier one is left aside. */
  pullAnew(): Promise<Outcome<void>>;
  isPullingAnew(): boolean;
  /** What is being filled is complete: it is read from now on, once it would survive a power cut. */
  pulledAll(): Promise<Outcome<void>>;
  close(): Promise<void>;
};

export type PageSetsOptions = {
  readonly disk: Disk;
  /** The chain's own folder. */
  readonly folder: string;
  readonly generationId: string;
  readonly maxBytes: number;
  readonly newId: () => string;
};

const pointerName = 'pages.json';

type Open = { readonly set: PageSet; readonly files: PageFiles };

export async function openPageSets(options: PageSetsOptions): Promise<PageSets> {
  const { disk, folder, maxBytes } = options;
  const open = async (set: PageSet): Promise<Open> => ({ set, files: await openPageFiles({ disk, folder: inFolder(folder, set.folder), generationId: set.generationId, maxBytes }) });
  const found = await readPointer(options);
  let current = await open(found.read);
  let filling = found.filling ? await open(found.filling) : null;
  let closed = false;
  const serially = oneAtATime();
  const point = (read: PageSet, next: PageSet | null): Promise<void> =>
    placeFile(disk, folder, pointerName, jsonBytes({ format: JOURNAL_FORMAT, read, filling: next } satisfies PageSetsFile));
  const target = (): PageFiles => (filling ?? current).files;

  async function pullAnew(): Promise<Outcome<void>> {
    if (closed) return failed('not-signed-in');
    const generationId = options.newId();
    const next = await open({ folder: `pages-${generationId.slice(0, 8)}`, generationId });
    await point(current.set, next.set);
    await filling?.files.close();
    filling = next;
    return done(undefined);
  }

  async function pulledAll(): Promise<Outcome<void>> {
    if (closed) return failed('not-signed-in');
    if (!filling) return done(undefined);
    await filling.files.settle();
    await point(filling.set, null);
    await current.files.close();
    current = filling;
    filling = null;
    return done(undefined);
  }

  return {
    generationId: () => current.set.generationId,
    cursor: () => current.files.cursor(),
    read: (...given): Promise<PageReading> => current.files.read(...given),
    of: (...given) => current.files.of(...given),
    append: (...given) => target().append(...given),
    pulledTo: () => target().place(),
    pulled: (...given) => target().read(...given),
    pullAnew: () => serially(() => orDiskProblem(pullAnew)),
    isPullingAnew: () => filling !== null,
    pulledAll: () => serially(() => orDiskProblem(pulledAll)),
    close: () => serially(async () => {
      closed = true;
      await current.files.close();
      await filling?.files.close();
    }),
  };
}

/** Without the file, or with one that can not be read, the first set: should it be of another feed, the server finds that out. */
async function readPointer({ disk, folder, generationId }: PageSetsOptions): Promise<Pick<PageSetsFile, 'read' | 'filling'>> {
  const first = { read: { folder: 'pages', generationId }, filling: null };
  const bytes = await readWhole(disk, inFolder(folder, pointerName));
  if (bytes === null) return first;
  try {
    return PageSetsFile.safeParse(jsonOf(bytes)).data ?? first;
  } catch {
    return first;
  }
}
