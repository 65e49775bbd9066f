import * as z from 'zod';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { ProblemCode } from '#shared/kit/problem.ts';
import { MediaType, PROBLEM_HEADER, TUS_VERSION, UPLOAD_CONTENT_TYPE } from '#shared/sync/media.ts';
import { paths } from '#shared/sync/wire.ts';
import type { HttpReply } from '../sync/http-transport.ts';
import { readReply } from '../sync/read-reply.ts';
import { mediaTransport, type MediaRequest, type MediaTransport, type StreamedBody } from './media-transport.ts';
import type { ServerAddress } from '../sync/server-address.ts';
import type { StoredOriginal } from './store.ts';

/** How much of an original the server holds for sure; all of it only after it read it back and hashed it. */
export type Standing = { readonly receivedBytes: number; readonly complete: boolean };

/** A part of an original on its way up, with the SHA-256 (base64) of just these bytes. */
export type UploadPiece = StreamedBody & { readonly original: StoredOriginal; readonly offset: number; readonly checksum: string };

/** What arrives of an original on its way down; unchecked, and ended early where the line was cut. */
export type ArrivingOriginal = { readonly mediaType: string; readonly bytes: AsyncIterable<Uint8Array> };

/** Originals up by tus 1.0 (docs/sync.md "Evidence") and down by GET. Nothing is retried here: whoever calls decides. */
export type MediaClient = {
  /** Null: the server has heard nothing of it. */
  standing(token: string, sha256: string): Promise<Outcome<Standing | null>>;
  /** Announces an original and brings its first piece along. */
  begin(token: string, piece: UploadPiece): Promise<Outcome<Standing>>;
  send(token: string, piece: UploadPiece): Promise<Outcome<Standing>>;
  fetch<T>(token: string, sha256: string, take: (original: ArrivingOriginal) => Promise<Outcome<T>>): Promise<Outcome<T>>;
  close(): void;
};

const patience = { idleMs: 20_000, totalMs: 120_000 };
/** Slower than any disk of a server: how long it may read back what it wrote before it answers the last piece. */
const READ_BACK_BYTES_PER_MS = 20_000;

export function mediaClient(address: ServerAddress, transport: MediaTransport = mediaTransport(address)): MediaClient {
  const upload = async (piece: UploadPiece, request: Pick<MediaRequest, 'method' | 'path' | 'headers'>, token: string): Promise<Outcome<Standing>> => {
    const { original, offset, byteLength, checksum } = piece;
    const isLast = offset + byteLength === original.byteLength;
    const readBackMs = isLast ? Math.ceil(original.byteLength / READ_BACK_BYTES_PER_MS) : 0;
    const headers = { ...usual(token), ...request.headers, 'content-type': UPLOAD_CONTENT_TYPE, 'upload-checksum': `sha256 ${checksum}` };
    const reply = await transport.send({ ...request, headers, body: piece, idleMs: patience.idleMs + readBackMs, totalMs: patience.totalMs + readBackMs });
    return reply.ok ? standingIn(reply.value, original.byteLength) : reply;
  };
  return {
    async standing(token, sha256) {
      const reply = await transport.send({ ...patience, method: 'HEAD', path: `${paths.evidence}/${sha256}`, headers: usual(token), body: null });
      return reply.ok ? standingOfHead(reply.value) : reply;
    },
    begin: (token, piece) => upload(piece, { method: 'POST', path: paths.evidence, headers: aboutOriginal(piece.original) }, token),
    send: (token, piece) => upload(piece, { method: 'PATCH', path: `${paths.evidence}/${piece.original.sha256}`, headers: { 'upload-offset': String(piece.offset) } }, token),
    fetch: (token, sha256, take) => transport.receive(
      { ...patience, method: 'GET', path: `${paths.evidence}/${sha256}`, headers: usual(token), body: null },
      async ({ status, headers, bytes }) => {
        // content-type is what a browser may make of it; what the original is stands in a header of its own.
        if (status === 200) return await take({ mediaType: MediaType.safeParse(headers['upload-media-type']).data ?? 'application/octet-stream', bytes });
        const reply: HttpReply = { status, contentType: headers['content-type'] ?? '', headers, body: await upTo(64 * 1024, bytes) };
        return refusalIn(reply);
      },
    ),
    close: () => transport.close(),
  };
}

function usual(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}`, 'tus-resumable': TUS_VERSION };
}

function aboutOriginal({ sha256, mediaType, byteLength }: StoredOriginal): Record<string, string> {
  const metadata = Object.entries({ sha256, mediaType }).map(([name, value]) => `${name} ${Buffer.from(value, 'utf8').toString('base64')}`);
  return { 'upload-length': String(byteLength), 'upload-metadata': metadata.join(',') };
}

const WholeNumber = z.string().regex(/^\d{1,15}$/).transform(Number);

/** Only an answer that says which protocol it speaks, and how far it is, is one of ours: a portal's page says neither. */
function standingIn(reply: HttpReply, byteLength: number): Outcome<Standing> {
  if (reply.status < 200 || reply.status >= 300) return refusalIn(reply);
  const offset = WholeNumber.safeParse(reply.headers['upload-offset']);
  if (reply.headers['tus-resumable'] !== TUS_VERSION || !offset.success || offset.data > byteLength) return failed('not-our-server', { status: reply.status });
  return done({ receivedBytes: offset.data, complete: offset.data === byteLength });
}

function standingOfHead(reply: HttpReply): Outcome<Standing | null> {
  if (reply.status === 200) {
    const length = WholeNumber.safeParse(reply.headers['upload-length']);
    return length.success ? standingIn(reply, length.data) : failed('not-our-server', { status: reply.status });
  }
  // The answer to a HEAD has no body: the code of the problem stands in a header.
  const code = ProblemCode.safeParse(reply.headers[PROBLEM_HEADER]);
  if (code.success) return code.data === 'not-found' ? done(null) : failed(code.data);
  return failed(reply.status >= 500 ? 'server-error' : 'not-our-server', { status: reply.status });
}

function refusalIn(reply: HttpReply): Outcome<never> {
  const refusal = readReply(reply, z.never());
  return refusal.ok ? failed('not-our-server', { status: reply.status }) : refusal;
}

async function upTo(limit: number, bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > limit) break;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
