import { Metadata } from '@tus/server';
import * as z from 'zod';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { Sha256 } from '#shared/kit/values.ts';
import { MAX_CHECKED_BYTES, MAX_EVIDENCE_BYTES, MediaType } from '#shared/sync/media.ts';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** SHA-256 of a request's body, hexadecimal, and the body's length. */
export type Checksum = { readonly sha256: string; readonly byteLength: number };

export type AnnouncedOriginal = { readonly sha256: string; readonly mediaType: string; readonly byteLength: number };

const WholeNumber = z.string().regex(/^(0|[1-9]\d{0,14})$/).transform(Number);
const About = z.object({ sha256: Sha256, mediaType: MediaType });

/** What a creation announces: Upload-Length, and sha256 and mediaType in Upload-Metadata. More than that is left unread. */
export function announcedOriginal(headers: Headers): Outcome<AnnouncedOriginal> {
  const byteLength = WholeNumber.safeParse(headers['upload-length']);
  if (!byteLength.success) return failed('invalid-input', { header: 'upload-length' });
  if (byteLength.data > MAX_EVIDENCE_BYTES) return failed('too-large', { limit: MAX_EVIDENCE_BYTES });
  const about = About.safeParse(metadataIn(headers['upload-metadata']));
  return about.success ? done({ ...about.data, byteLength: byteLength.data }) : failed('invalid-input', { header: 'upload-metadata' });
}

/** What Upload-Checksum says of the body; null without that header. */
export function announcedChecksum(headers: Headers): Outcome<Checksum | null> {
  const text = headers['upload-checksum'];
  if (text === undefined) return done(null);
  const base64 = typeof text === 'string' ? /^sha256 ([A-Za-z0-9+/]{43}=)$/.exec(text)?.[1] : undefined;
  if (base64 === undefined) return failed('invalid-input', { header: 'upload-checksum' });
  // Without its length a body could turn out longer than what is taken as a whole.
  const length = WholeNumber.safeParse(headers['content-length']);
  if (!length.success) return failed('invalid-input', { header: 'content-length' });
  if (length.data > MAX_CHECKED_BYTES) return failed('too-large', { limit: MAX_CHECKED_BYTES });
  return done({ sha256: Buffer.from(base64, 'base64').toString('hex'), byteLength: length.data });
}

function metadataIn(text: string | readonly string[] | undefined): unknown {
  try {
    return typeof text === 'string' ? Metadata.parse(text) : null;
  } catch {
    return null;
  }
}
