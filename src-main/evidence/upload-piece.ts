import { createHash } from 'node:crypto';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { UPLOAD_CHUNK_BYTES } from '#shared/sync/media.ts';
import { rangeOf } from './file-range.ts';
import type { UploadPiece } from './media-client.ts';
import type { StoredOriginal } from './store.ts';

/**
 * The next piece of a stored original from `offset` on, hashed; its bytes are read again when it is sent.
 * `evidence-missing` when the file is gone or shorter than it was when it was stored.
 */
export async function pieceAt(original: StoredOriginal, file: string, offset: number, onPassed: (bytes: number) => void): Promise<Outcome<UploadPiece>> {
  const byteLength = Math.min(UPLOAD_CHUNK_BYTES, original.byteLength - offset);
  const hash = createHash('sha256');
  let read = 0;
  try {
    for await (const piece of rangeOf(file, offset, byteLength)) {
      hash.update(piece);
      read += piece.length;
    }
  } catch {
    return failed('evidence-missing', { sha256: original.sha256 });
  }
  if (read !== byteLength) return failed('evidence-missing', { sha256: original.sha256 });
  return done({ original, offset, byteLength, checksum: hash.digest('base64'), pieces: () => rangeOf(file, offset, byteLength, onPassed) });
}
