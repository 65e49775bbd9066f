import { done, type Outcome } from '#shared/kit/outcome.ts';
import { encodeFrame, frameTypes } from '#shared/journal/frame.ts';
import { jsonBytes } from './bytes.ts';
import { inFolder, placeFile, type Disk, type DiskFile } from './disk.ts';
import { diskProblem, isFull } from './disk-problem.ts';
import { segmentName } from './segments.ts';

/** The end of what is written: in which file, how far, and how far it is certain to survive a power cut. */
export type WriteEnd = { readonly segment: number; readonly bytes: number; readonly durableBytes: number };

export type SegmentWriter = {
  /** Puts bytes behind the end; `durable` fdatasyncs before it resolves. On failure nothing is there. Never overlapping. */
  put(bytes: Uint8Array, durable: boolean): Promise<Outcome<{ readonly segment: number; readonly from: number }>>;
  end(): WriteEnd;
  /** Makes durable what was put without it. */
  sync(): Promise<Outcome<void>>;
  close(): Promise<void>;
};

export type SegmentWriterOptions = {
  readonly disk: Disk;
  readonly folder: string;
  readonly extension: 'seg' | 'pg';
  /** What is there: 0 and 0 for an empty folder. All of it must be durable already. */
  readonly end: { readonly segment: number; readonly bytes: number };
  /** False after an unclean end: what follows a tail that may have been torn goes to a file of its own. */
  readonly mayAppend: boolean;
  readonly maxBytes: number;
  /**
   * Zeros written ahead of the frames: a sync that does not change the file's length spares the file system a record of
   * its own, about a sixth of a save on ext4. 0 = none.
   */
  readonly growBytes: number;
  header(segment: number, bytesBefore: number): object;
  /** Frees space when the disk is full; true when trying once more makes sense. */
  makeRoom(): Promise<boolean>;
};

type State = {
  file: DiskFile | null;
  segment: number;
  bytes: number;
  durableBytes: number;
  /** How far the file reaches with its zeros; Infinity once there was no space for them. */
  reach: number;
  /** Nothing more goes into the present file. */
  retired: boolean;
};

/**
 * Writes numbered files. A file is never written again after a failed fdatasync (what the system then holds of it is
 * unknown) nor after a failed cut: the next write opens a new one, whose header tells how much of the old one counts.
 */
export function segmentWriter(options: SegmentWriterOptions): SegmentWriter {
  const { segment, bytes } = options.end;
  const state: State = { file: null, segment, bytes, durableBytes: bytes, reach: bytes, retired: !options.mayAppend || segment === 0 };
  return {
    async put(content, durable) {
      try {
        return done(await attempt(options, state, content, durable));
      } catch (error) {
        if (!isFull(error) || !(await madeRoom(options))) return diskProblem(error);
      }
      try {
        return done(await attempt(options, state, content, durable));
      } catch (error) {
        return diskProblem(error);
      }
    },
    end: () => ({ segment: state.segment, bytes: state.bytes, durableBytes: state.durableBytes }),
    async sync() {
      try {
        if (state.file && !state.retired) await settle(state, state.file);
        return done(undefined);
      } catch (error) {
        Object.assign(state, { retired: true, bytes: state.durableBytes });
        return diskProblem(error);
      }
    },
    close: () => closeQuietly(state),
  };
}

async function attempt(options: SegmentWriterOptions, state: State, content: Uint8Array, durable: boolean): Promise<{ segment: number; from: number }> {
  const file = await usableFile(options, state);
  let syncing = false;
  try {
    if (durable) await grow(options, state, file, content.length);
    await file.writeAt(content, state.bytes);
    syncing = durable;
    if (durable) await file.fdatasync();
  } catch (error) {
    await retreat(state, file, syncing);
    throw error;
  }
  const from = state.bytes;
  state.bytes += content.length;
  if (durable) state.durableBytes = state.bytes;
  return { segment: state.segment, from };
}

/** Keeps zeros ahead of the next frame; where the disk has no space for them, it goes without. */
async function grow({ growBytes }: SegmentWriterOptions, state: State, file: DiskFile, length: number): Promise<void> {
  const needed = state.bytes + length;
  if (growBytes === 0 || needed <= state.reach) return;
  try {
    await file.writeAt(new Uint8Array(growBytes), needed);
    state.reach = needed + growBytes;
  } catch (error) {
    if (!isFull(error)) throw error;
    await file.truncate(state.bytes);
    state.reach = Infinity;
  }
}

/** Takes the zeros back and makes everything durable. */
async function settle(state: State, file: DiskFile): Promise<void> {
  if (state.reach === state.bytes && state.durableBytes === state.bytes) return;
  await file.truncate(state.bytes);
  await file.fdatasync();
  Object.assign(state, { durableBytes: state.bytes, reach: state.bytes });
}

async function usableFile(options: SegmentWriterOptions, state: State): Promise<DiskFile> {
  if (state.retired || state.bytes >= options.maxBytes) return nextFile(options, state);
  state.file ??= await options.disk.open(inFolder(options.folder, segmentName(state.segment, options.extension)), 'existing');
  return state.file;
}

async function nextFile({ disk, folder, extension, header }: SegmentWriterOptions, state: State): Promise<DiskFile> {
  const full = state.retired ? null : state.file;
  state.retired = true;
  if (full) await settle(state, full);
  const name = segmentName(state.segment + 1, extension);
  const first = encodeFrame(frameTypes.header, jsonBytes(header(state.segment + 1, state.durableBytes)));
  await placeFile(disk, folder, name, first);
  const file = await disk.open(inFolder(folder, name), 'existing');
  await closeQuietly(state);
  Object.assign(state, { file, segment: state.segment + 1, bytes: first.length, durableBytes: first.length, reach: first.length, retired: false });
  return file;
}

/** Takes back what a failed write may have left. */
async function retreat(state: State, file: DiskFile, syncFailed: boolean): Promise<void> {
  if (syncFailed) Object.assign(state, { retired: true, bytes: state.durableBytes });
  try {
    await file.truncate(state.bytes);
    state.reach = state.bytes;
  } catch {
    Object.assign(state, { retired: true, bytes: state.durableBytes });
  }
}

async function closeQuietly(state: State): Promise<void> {
  const closing = state.file;
  state.file = null;
  // Nothing rests on closing: what had to be durable was synced before.
  await closing?.close().catch(() => undefined);
}

async function madeRoom(options: SegmentWriterOptions): Promise<boolean> {
  try {
    return await options.makeRoom();
  } catch {
    // The first failure is the one to report.
    return false;
  }
}
