import { frameTypes, readFrame, MAX_BODY_BYTES, FRAME_HEAD_BYTES } from '#shared/journal/frame.ts';
import type * as z from 'zod';
import { jsonOf } from './bytes.ts';
import { inFolder, type Disk } from './disk.ts';

/** A numbered file that begins with a header frame. */
export type Segment<H> = { readonly segment: number; readonly path: string; readonly header: H; readonly headerEnd: number; readonly bytes: number };

export type SegmentList<H> = {
  /** In ascending order; only files whose header can be read. */
  readonly segments: readonly Segment<H>[];
  /** Numbers that are missing or whose header is damaged: nothing or not enough of them can be read. */
  readonly unreadable: readonly number[];
};

export function segmentName(segment: number, extension: 'seg' | 'pg'): string {
  return `${String(segment).padStart(6, '0')}.${extension}`;
}

/** Lists a folder's files by their headers. Leftovers of a creation that never finished (`.part`) are no segments. */
export async function listSegments<H>(disk: Disk, folder: string, extension: 'seg' | 'pg', schema: z.ZodType<H>): Promise<SegmentList<H>> {
  const pattern = new RegExp(`^(\\d{6,9})\\.${extension}$`);
  const numbers = (await disk.list(folder)).flatMap((name) => pattern.exec(name)?.[1] ?? []).map(Number).sort((a, b) => a - b);
  const segments: Segment<H>[] = [];
  for (const segment of numbers) {
    const path = inFolder(folder, segmentName(segment, extension));
    const bytes = (await disk.size(path)) ?? 0;
    const read = await readHeader(disk, path, bytes, schema);
    if (read && (read.header as { segment?: unknown }).segment === segment) segments.push({ segment, path, bytes, ...read });
  }
  const readable = new Set(segments.map((each) => each.segment));
  const highest = numbers.at(-1) ?? 0;
  const unreadable = Array.from({ length: highest }, (_, index) => index + 1).filter((number) => !readable.has(number));
  return { segments, unreadable };
}

async function readHeader<H>(disk: Disk, path: string, bytes: number, schema: z.ZodType<H>): Promise<{ header: H; headerEnd: number } | null> {
  // Headers are a few hundred bytes; a damaged length must not make us read a whole segment.
  const head = await disk.read(path, 0, Math.min(bytes, FRAME_HEAD_BYTES + 8192, MAX_BODY_BYTES));
  const reading = readFrame(head, 0);
  if (reading.kind !== 'frame' || reading.type !== frameTypes.header) return null;
  try {
    const parsed = schema.safeParse(jsonOf(reading.body));
    return parsed.success ? { header: parsed.data, headerEnd: reading.end } : null;
  } catch {
    return null;
  }
}
