import type { AppliedChange } from '#shared/journal/change.ts';
import type { DeskBridge } from '../bridge/bridge.ts';
import { PIECE, type WorkingCopy } from './working-copy.ts';

/** What taking in pulled pages needs of the desk. */
export type PageAdoption = {
  readonly ask: DeskBridge['ask'];
  readonly copy: Pick<WorkingCopy, 'position' | 'adopt'>;
  /** One task of the desk after the other: saving waits in the same line. */
  readonly inTurn: <T>(task: () => Promise<T>) => Promise<T>;
  /** A working copy that failed is made anew first. */
  readonly mended: () => Promise<void>;
  /** The pages were pulled anew from a server that was set back: everything is made anew. */
  readonly setBack: () => Promise<void>;
  readonly before: (changes: readonly AppliedChange[]) => Promise<void>;
  readonly adopted: (changed: ReadonlySet<string>) => void;
  readonly failed: () => void;
  readonly isClosed: () => boolean;
};

/**
 * Takes in what was pulled, piece by piece, each in its own turn: what is saved meanwhile waits for one piece, not for all that arrived.
 * Asked for while it runs, it looks once more at its end.
 */
export function pageAdopter(desk: PageAdoption): () => Promise<void> {
  const { ask, copy } = desk;
  const read = (after: number): ReturnType<typeof ask<'pages.read'>> => ask('pages.read', { after, limit: PIECE });
  let ahead: { readonly after: number; readonly page: ReturnType<typeof read> } | null = null;

  const onePiece = async (): Promise<boolean> => {
    await desk.mended();
    const { cursor, generationId } = copy.position();
    const page = await (ahead?.after === cursor ? ahead.page : read(cursor));
    ahead = null;
    if (page.generationId !== null && page.generationId !== generationId) {
      await desk.setBack();
      return false;
    }
    if (page.cursor <= cursor) return false;
    if (page.more) {
      // Main reads the next piece while this one becomes records.
      ahead = { after: page.cursor, page: read(page.cursor) };
      void ahead.page.catch(() => undefined);
    }
    await desk.before(page.changes);
    desk.adopted(await copy.adopt(page.changes, { cursor: page.cursor }));
    return page.more;
  };

  return onceAtATime(async () => {
    ahead = null;
    try {
      for (let more = true; more && !desk.isClosed(); ) more = await desk.inTurn(onePiece);
    } catch {
      desk.failed();
    }
  });
}

/** Runs `task` once more after the run under way when it is asked for meanwhile; never twice at a time. */
function onceAtATime(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;
  const run = async (): Promise<void> => {
    do {
      again = false;
      await task();
    } while (again);
    running = null;
  };
  return () => {
    again = running !== null;
    running ??= run();
    return running;
  };
}
