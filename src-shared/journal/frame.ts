import { crc32c } from './crc32c.ts';

/** What a frame holds. header opens every file; batch and receipt are the journal's, page the page files'. */
export const frameTypes = { header: 1, batch: 2, receipt: 3, page: 4 } as const;
export type FrameType = (typeof frameTypes)[keyof typeof frameTypes];

/** Bytes of one frame before its body: length u32 | crc32c u32 | type u8, little-endian. */
export const FRAME_HEAD_BYTES = 9;

/** Largest body of one frame: far above an append of 500 changes, far below what a damaged length would claim. */
export const MAX_BODY_BYTES = 20 * 1024 * 1024;

/**
 * `length` counts the body. The checksum covers length, type and body, so that a flipped bit in any of them is seen.
 * Throws for a body above MAX_BODY_BYTES: the caller has to refuse it with a sentence first.
 */
export function encodeFrame(type: FrameType, body: Uint8Array): Uint8Array {
  if (body.length > MAX_BODY_BYTES) throw new Error(`frame body of ${body.length} bytes`);
  const frame = new Uint8Array(FRAME_HEAD_BYTES + body.length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, body.length, true);
  frame[8] = type;
  frame.set(body, FRAME_HEAD_BYTES);
  view.setUint32(4, checksum(frame, 0, body.length), true);
  return frame;
}

/** A view into the bytes that were read, not a copy; `end` is where the next frame begins. */
export type Frame = { readonly type: FrameType; readonly body: Uint8Array; readonly start: number; readonly end: number };

export type FrameReading =
  | ({ readonly kind: 'frame' } & Frame)
  /** Nothing more: `at` is exactly the end of the bytes. */
  | { readonly kind: 'end' }
  /** The bytes stop inside a frame that needs `missing` more to be judged. */
  | { readonly kind: 'short'; readonly missing: number }
  /** Not a frame: impossible length or type, or a wrong checksum. */
  | { readonly kind: 'bad' };

/** Reads the frame that begins at `at`. Never throws, whatever the bytes are. */
export function readFrame(bytes: Uint8Array, at: number): FrameReading {
  const left = bytes.length - at;
  if (left === 0) return { kind: 'end' };
  if (left < FRAME_HEAD_BYTES) return { kind: 'short', missing: FRAME_HEAD_BYTES - left };
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, FRAME_HEAD_BYTES);
  const length = view.getUint32(0, true);
  const type = view.getUint8(8);
  if (length === 0 || length > MAX_BODY_BYTES || !isFrameType(type)) return { kind: 'bad' };
  const end = at + FRAME_HEAD_BYTES + length;
  if (end > bytes.length) return { kind: 'short', missing: end - bytes.length };
  if (view.getUint32(4, true) !== checksum(bytes, at, length)) return { kind: 'bad' };
  return { kind: 'frame', type, body: bytes.subarray(at + FRAME_HEAD_BYTES, end), start: at, end };
}

/** Where the first whole frame at or after `from` begins, or null. Tells a torn end from damage in the middle. */
export function findFrame(bytes: Uint8Array, from: number): number | null {
  for (let at = from; at + FRAME_HEAD_BYTES < bytes.length; at += 1) {
    // Bodies are JSON: nearly every offset inside one has an impossible type, and no checksum is computed there.
    if (isFrameType(bytes[at + 8] as number) && readFrame(bytes, at).kind === 'frame') return at;
  }
  return null;
}

function isFrameType(value: number): value is FrameType {
  return value >= frameTypes.header && value <= frameTypes.page;
}

/** Over length, type and body of the frame at `at`; the checksum's own four bytes are left out. */
function checksum(bytes: Uint8Array, at: number, bodyLength: number): number {
  return crc32c(bytes, at + 8, at + FRAME_HEAD_BYTES + bodyLength, crc32c(bytes, at, at + 4));
}
