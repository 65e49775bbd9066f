import { JOURNAL_FORMAT, PageFileHeader, type PageBody } from '#shared/journal/bodies.ts';
import { encodeFrame, frameTypes } from '#shared/journal/frame.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { PageItem } from '#shared/sync/wire.ts';
import { lastBlock } from './block-index.ts';
import { utf8 } from './bytes.ts';
import { inFolder, type Disk } from './disk.ts';
import { framesIn } from './frames-in.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { pageBody, placeAfter, scanPages, type FeedPlace, type PageScan } from './scan-pages.ts';
import { segmentWriter, type SegmentWriter } from './segment-writer.ts';
import { segmentName } from './segments.ts';

/** What the office's feed gave us, in its order. Not fsynced and never precious: what is lost is pulled again. */
export type PageFiles = {
  /** `after`: where the kept pages ended when the page was asked for; once they end elsewhere it is left (journal.ts). */
  append(items: readonly PageItem[], cursor: number, after?: number, cursorId?: string | null): Promise<Outcome<void>>;
  read(after: number, limit: number, wanted: Wanted): Promise<PageReading>;
  of(recordIds: ReadonlySet<string>, wanted: Wanted): Promise<readonly PageItem[]>;
  cursor(): number;
  place(): FeedPlace;
  /** Makes everything written so far survive a power cut. Rejects with the disk's error. */
  settle(): Promise<void>;
  close(): Promise<void>;
};

export type PageReading = { readonly items: readonly PageItem[]; readonly cursor: number; readonly more: boolean };

export type PageFilesOptions = {
  readonly disk: Disk;
  readonly folder: string;
  readonly generationId: string;
  readonly maxBytes: number;
};

/** Bodies stay well below a frame's limit, whatever the server put into one page, and are what the window reads at once. */
const PIECE_BYTES = 4 * 1024 * 1024;
const PIECE_ITEMS = 500;
/** What was appended last is read next: so many bodies are kept to be handed over without reading them back. */
const RECENT_BODIES = 8;

type State = PageScan & { readonly writer: SegmentWriter };

/**
 * Opens the page files. Only the last one is read at the start; the earlier ones the first time somebody asks for what is
 * in them. What can not be read is set aside with all behind it, and the cursor goes back so that it is pulled again.
 */
export async function openPageFiles(options: PageFilesOptions): Promise<PageFiles> {
  const { disk, folder } = options;
  await disk.makeFolder(folder);
  const serially = oneAtATime();
  let closed = false;
  let state = await load('last-file');

  async function load(which: 'last-file' | 'all'): Promise<State> {
    const scan = await scanPages(disk, folder, options.generationId, which);
    return { ...scan, writer: writerBehind(scan) };
  }

  function writerBehind(scan: PageScan): SegmentWriter {
    return segmentWriter({
      disk, folder, extension: 'pg', maxBytes: options.maxBytes, growBytes: 0, mayAppend: !scan.wasCut,
      end: { segment: scan.segment, bytes: scan.bytes },
      header: (segment) =>
        ({ file: 'pages', format: JOURNAL_FORMAT, generationId: options.generationId, segment, cursor: state.cursor, cursorId: state.cursorId }) satisfies PageFileHeader,
      makeRoom: async () => false,
    });
  }

  async function complete(): Promise<void> {
    if (state.from === 0) return;
    await state.writer.close();
    state = await load('all');
  }

  const recent: RecentBody[] = [];

  async function append(items: readonly PageItem[], reached: number, after: number, reachedId: string | null): Promise<Outcome<void>> {
    if (closed) return failed('not-signed-in');
    const { cursor } = state;
    // Asked for before damage was found here: it would leave a hole that nobody ever pulls.
    if (after !== cursor) return done(undefined);
    if (reached < cursor || items.some((item) => item.cursor <= cursor || item.cursor > reached)) return failed('cursor-invalid', { cursor: reached });
    if (reached === cursor) return done(undefined);
    for (const { body, text } of pieces(items, reached, reachedId)) {
      const put = await state.writer.put(encodeFrame(frameTypes.page, utf8(text)), false);
      if (!put.ok) return put;
      state.index.note(put.value, state.cursor, body.items.map((item) => item.recordId));
      recent.push({ before: state.cursor, body });
      if (recent.length > RECENT_BODIES) recent.shift();
      state = { ...state, ...placeAfter(state, body) };
    }
    return done(undefined);
  }

  return {
    append: (items, reached, after, reachedId) => serially(() => append(items, reached, after ?? state.cursor, reachedId ?? null)),
    async read(after, limit, wanted) {
      const remembered = readRecent(recent, state.cursor, after, limit, wanted);
      if (remembered) return remembered;
      if (after < state.from) await serially(complete);
      return after >= state.cursor ? { items: [], cursor: after, more: false } : readAfter(options, state, after, limit, wanted);
    },
    async of(recordIds, wanted) {
      await serially(complete);
      return readRecords(options, state, recordIds, wanted);
    },
    cursor: () => state.cursor,
    place: () => ({ cursor: state.cursor, cursorId: state.cursorId }),
    settle: () => serially(() => settle(disk, folder)),
    close() {
      return serially(() => {
        closed = true;
        return state.writer.close();
      });
    },
  };
}

async function settle(disk: Disk, folder: string): Promise<void> {
  for (const name of (await disk.list(folder)).filter((each) => each.endsWith('.pg'))) {
    const file = await disk.open(inFolder(folder, name), 'existing');
    try {
      await file.fdatasync();
    } finally {
      await file.close();
    }
  }
  await disk.fsyncFolder(folder);
}

type Wanted = (item: PageItem) => boolean;

type RecentBody = { readonly before: number; readonly body: PageBody };

/** Whole bodies out of memory, as many as fit; null when what is asked for is not among them. */
function readRecent(recent: readonly RecentBody[], end: number, after: number, limit: number, wanted: Wanted): PageReading | null {
  const items: PageItem[] = [];
  let reached = after;
  for (const { before, body } of recent) {
    if (before > reached || body.cursor <= reached || body.cursor > end) continue;
    if (items.length + body.items.length > limit) break;
    for (const item of body.items) if (item.cursor > reached && wanted(item)) items.push(item);
    reached = body.cursor;
  }
  return reached === after ? null : { items, cursor: reached, more: reached < end };
}

async function readAfter(options: PageFilesOptions, state: State, after: number, limit: number, wanted: Wanted): Promise<PageReading> {
  const items: PageItem[] = [];
  let reached = after;
  const first = lastBlock(state.index.blocks(), (before) => before > after);
  for await (const body of bodies(options, state, first, false)) {
    for (const item of body.items) {
      if (item.cursor <= after) continue;
      if (items.length === limit) return { items, cursor: reached, more: true };
      if (wanted(item)) items.push(item);
      reached = item.cursor;
    }
    reached = Math.max(reached, body.cursor);
  }
  return { items, cursor: reached, more: false };
}

async function readRecords(options: PageFilesOptions, state: State, recordIds: ReadonlySet<string>, wanted: Wanted): Promise<readonly PageItem[]> {
  const items: PageItem[] = [];
  for (const block of state.index.blocksOf(recordIds)) {
    for await (const body of bodies(options, state, block, true)) {
      items.push(...body.items.filter((item) => recordIds.has(item.recordId) && wanted(item)));
    }
  }
  return items;
}

/** Pages from one block to the end, or to the next block only. */
async function* bodies({ disk, folder }: PageFilesOptions, { index, writer }: State, fromBlock: number, onlyBlock: boolean): AsyncGenerator<PageBody> {
  const start = index.blocks()[fromBlock];
  if (!start) return;
  const stop = onlyBlock ? index.blocks()[fromBlock + 1] : undefined;
  const end = writer.end();
  for (let segment = start.segment; segment <= (stop?.segment ?? end.segment); segment += 1) {
    const path = inFolder(folder, segmentName(segment, 'pg'));
    const from = segment === start.segment ? start.offset : 0;
    const to = segment === stop?.segment ? stop.offset : segment === end.segment ? end.bytes : ((await disk.size(path)) ?? 0);
    for await (const piece of framesIn(disk, path, from, to)) {
      const body = piece.kind === 'frame' ? pageBody(piece.frame) : null;
      if (body) yield body;
    }
  }
}

type Piece = { readonly body: PageBody; readonly text: string };

/** Cuts a page into bodies; each names the position it reaches, and is written once. */
function* pieces(items: readonly PageItem[], reached: number, reachedId: string | null): Generator<Piece> {
  let start = 0;
  let size = 0;
  let texts: string[] = [];
  for (const [at, item] of items.entries()) {
    const text = JSON.stringify(item);
    texts.push(text);
    // At most three bytes of UTF-8 a UTF-16 unit.
    size += text.length * 3;
    if ((size < PIECE_BYTES && texts.length < PIECE_ITEMS) || at === items.length - 1) continue;
    yield pieceOf({ cursor: item.cursor, items: items.slice(start, at + 1) }, texts);
    start = at + 1;
    size = 0;
    texts = [];
  }
  const rest = items.slice(start);
  const end = reachedId === null || rest.at(-1)?.cursor === reached ? {} : { cursorId: reachedId };
  yield pieceOf({ cursor: reached, ...end, items: rest }, texts);
}

function pieceOf(body: PageBody, texts: readonly string[]): Piece {
  const { items: _items, ...head } = body;
  return { body, text: `${JSON.stringify(head).slice(0, -1)},"items":[${texts.join(',')}]}` };
}
