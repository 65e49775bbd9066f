import { PageFileHeader, type PageBody } from '#shared/journal/bodies.ts';
import { frameTypes, type Frame } from '#shared/journal/frame.ts';
import { blockIndex, type BlockIndex } from './block-index.ts';
import { jsonOf } from './bytes.ts';
import { inFolder, type Disk } from './disk.ts';
import { framesIn } from './frames-in.ts';
import { listSegments, type Segment } from './segments.ts';

/** The page files as far as they were read. */
export type PageScan = {
  /** The last file and its good bytes. */
  readonly segment: number;
  readonly bytes: number;
  /** Something behind the good bytes was cut off: new pages go to a new file. */
  readonly wasCut: boolean;
  /** The index knows the pages behind this feed position; 0 = all. */
  readonly from: number;
  readonly cursor: number;
  /** Id of the change at `cursor`; null: not known. */
  readonly cursorId: string | null;
  readonly index: BlockIndex<number>;
};

/** Reads the files, or the last one only. At the first byte that does not fit, the rest is cut or set aside. */
export async function scanPages(disk: Disk, folder: string, generationId: string, which: 'last-file' | 'all'): Promise<PageScan> {
  const { segments } = await listSegments(disk, folder, 'pg', PageFileHeader);
  const inStep = segmentsInStep(segments, generationId);
  const read = which === 'all' ? inStep : inStep.slice(-1);
  const from = read[0]?.header.cursor ?? 0;
  const index = blockIndex<number>();
  let scan: PageScan = { segment: inStep.length - read.length, bytes: 0, wasCut: false, from, cursor: from, cursorId: read[0]?.header.cursorId ?? null, index };
  for (const segment of read) {
    if (segment.header.cursor !== scan.cursor) break;
    const end = await scanFile(disk, segment, scan, index);
    scan = { ...scan, ...end, segment: segment.segment, wasCut: end.bytes < segment.bytes };
    if (scan.wasCut) break;
  }
  await setAside(disk, folder, scan.segment + 1);
  return scan.wasCut ? cut(disk, folder, segments[scan.segment - 1], scan) : scan;
}

/** Files 1, 2, 3 … of this generation, up to the first that is missing or somebody else's. */
function segmentsInStep(segments: readonly Segment<PageFileHeader>[], generationId: string): readonly Segment<PageFileHeader>[] {
  const stranger = segments.findIndex((each, at) => each.segment !== at + 1 || each.header.generationId !== generationId);
  return stranger === -1 ? segments : segments.slice(0, stranger);
}

async function scanFile(disk: Disk, file: Segment<PageFileHeader>, before: FeedPlace, index: BlockIndex<number>): Promise<FeedPlace & { readonly bytes: number }> {
  let place: FeedPlace = { cursor: before.cursor, cursorId: before.cursorId };
  let bytes = file.headerEnd;
  for await (const piece of framesIn(disk, file.path, file.headerEnd, file.bytes)) {
    const body = piece.kind === 'frame' ? pageBody(piece.frame) : null;
    if (!body || body.cursor < place.cursor) break;
    index.note({ segment: file.segment, from: piece.from }, place.cursor, body.items.map((item) => item.recordId));
    place = placeAfter(place, body);
    bytes = piece.to;
  }
  return { bytes, ...place };
}

/** A position of the feed and the id of the change there; null: not known. */
export type FeedPlace = { readonly cursor: number; readonly cursorId: string | null };

export function placeAfter(before: FeedPlace, { cursor, cursorId, items }: PageBody): FeedPlace {
  const last = items.at(-1);
  if (last?.cursor === cursor) return { cursor, cursorId: last.id };
  return { cursor, cursorId: cursorId ?? (cursor === before.cursor ? before.cursorId : null) };
}

/** Cuts the file at its last good byte; a file that can not be cut goes aside whole. */
async function cut(disk: Disk, folder: string, file: Segment<PageFileHeader> | undefined, scan: PageScan): Promise<PageScan> {
  if (!file) return scan;
  try {
    const open = await disk.open(file.path, 'existing');
    try {
      await open.truncate(scan.bytes);
    } finally {
      await open.close();
    }
    return scan;
  } catch {
    await setAside(disk, folder, file.segment);
    return scanPages(disk, folder, file.header.generationId, 'all');
  }
}

/** Moves files from number `from` on into `aside/`, so that new ones can take their names. */
async function setAside(disk: Disk, folder: string, from: number): Promise<void> {
  const names = (await disk.list(folder)).filter((name) => name.endsWith('.pg') && Number.parseInt(name, 10) >= from);
  if (names.length > 0) await disk.makeFolder(inFolder(folder, 'aside'));
  for (const name of names) await disk.rename(inFolder(folder, name), inFolder(folder, 'aside', name));
}

/** Null for a frame of another kind, the header among them, or another shape. */
export function pageBody(frame: Frame): PageBody | null {
  if (frame.type !== frameTypes.page) return null;
  try {
    const body = jsonOf(frame.body) as PageBody;
    return Array.isArray(body.items) && Number.isSafeInteger(body.cursor) ? body : null;
  } catch {
    return null;
  }
}
