import { exifCaptureTime } from '#shared/domain/evidence/exif-time.ts';
import type { Photo } from '#shared/domain/evidence/evidence.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { Instant } from '#shared/kit/values.ts';
import { ask } from '../../bridge/bridge.ts';

export type PhotoSubject = Photo['subject'];
export const photoSubjects: readonly PhotoSubject[] = ['door-plate', 'panel', 'thermometer', 'after-correction', 'other'];
/** The order in which a room is photographed. */
export const photoSequence: readonly PhotoSubject[] = ['door-plate', 'panel', 'thermometer'];

/** Metadata of a JPEG stand at its beginning. */
const HEAD_BYTES = 256 * 1024;
/** One original; beyond it a video was taken for a photo. */
const MAX_PHOTO_BYTES = 60 * 1024 * 1024;

/** When a file was taken: by its own EXIF, else by the file's time; null when it has none. */
export async function captureTime(file: File): Promise<Instant | null> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const own = exifCaptureTime(head);
  if (own !== null) return own;
  return file.lastModified > 0 ? new Date(file.lastModified).toISOString() : null;
}

/** Hands an original to main, which hashes and keeps it as it is. Fails as `evidence.put`, and for what is no picture. */
export async function storePhoto(blob: Blob, subject: PhotoSubject, capturedAt: Instant | null): Promise<Outcome<Photo>> {
  if (!/^image\/[a-z0-9.+-]+$/.test(blob.type)) return failed('unreadable-file', { reason: 'not-a-picture' });
  if (blob.size > MAX_PHOTO_BYTES) return failed('too-large', { limit: MAX_PHOTO_BYTES });
  const stored = await ask('evidence.put', { bytes: new Uint8Array(await blob.arrayBuffer()), mediaType: blob.type });
  if (!stored.ok) return stored;
  return done({ evidence: { ...stored.value, capturedAt }, subject, note: '' });
}

/** What a room's next photo most likely shows. */
export function nextSubject(photos: readonly { readonly subject: PhotoSubject }[]): PhotoSubject {
  return photoSequence.find((subject) => !photos.some((photo) => photo.subject === subject)) ?? 'other';
}
