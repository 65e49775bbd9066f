import { findFrame, readFrame, type Frame } from '#shared/journal/frame.ts';
import type { Disk } from './disk.ts';

/** A frame with its place in the file, or bytes [from, to) that are none; a gap that reaches `to` may be a torn end. */
export type Piece =
  | { readonly kind: 'frame'; readonly frame: Frame; readonly from: number; readonly to: number }
  | { readonly kind: 'gap'; readonly from: number; readonly to: number };

const CHUNK_BYTES = 256 * 1024;

/**
 * Reads the frames of `path` in [from, to) in order, a chunk at a time, so that the process stays responsive. Bytes that
 * are no frame come as one gap up to the next whole frame. Rejects with the disk's error only.
 */
export async function* framesIn(disk: Disk, path: string, from: number, to: number): AsyncGenerator<Piece> {
  let at = from;
  let window: Window = { bytes: new Uint8Array(0), at: from };
  while (at < to) {
    const reading = readFrame(window.bytes, at - window.at);
    if (reading.kind === 'frame') {
      const end = window.at + reading.end;
      yield { kind: 'frame', frame: reading, from: at, to: end };
      at = end;
      continue;
    }
    const known = window.at + window.bytes.length;
    const wanted = reading.kind === 'bad' ? Infinity : known + (reading.kind === 'short' ? reading.missing : 1);
    if (wanted <= to) {
      const bytes = await disk.read(path, at, Math.min(to, Math.max(wanted, at + CHUNK_BYTES)) - at);
      window = { bytes, at };
      // A file that ends before `to` leaves the wish open; it is then a gap like any other.
      if (at + bytes.length >= wanted) continue;
    }
    const rest = await disk.read(path, at, to - at);
    const next = findFrame(rest, 1);
    const end = next === null ? to : at + next;
    yield { kind: 'gap', from: at, to: end };
    window = { bytes: next === null ? new Uint8Array(0) : rest.subarray(next), at: end };
    at = end;
  }
}

type Window = { readonly bytes: Uint8Array; readonly at: number };
