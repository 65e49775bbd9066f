import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { MAX_BODY_BYTES } from '#shared/sync/wire.ts';

const unpack = promisify(gunzip);
const pack = promisify(gzip);

/** Shorter replies gain nothing. */
const PACK_FROM_BYTES = 1024;

/**
 * What was sent as gzip, or as it is. Unpacking stops at the limit of a body, whatever the few packed bytes claim: `too-large`;
 * bytes that are not gzip to the last one are `invalid-input` {flaw: gzip}.
 */
export async function unpackedBody(encoding: string | undefined, body: Buffer): Promise<Outcome<Buffer>> {
  if (encoding !== 'gzip') return done(body);
  try {
    return done(await unpack(body, { maxOutputLength: MAX_BODY_BYTES, finishFlush: constants.Z_FINISH }));
  } catch (error) {
    const tooLarge = error instanceof RangeError || (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
    return tooLarge ? failed('too-large', { limit: MAX_BODY_BYTES }) : failed('invalid-input', { flaw: 'gzip' });
  }
}

/** JSON replies of some length leave as gzip to whoever says that it can read it. Level 1: a fifth of the bytes for the least time. */
export function packReplies(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < PACK_FROM_BYTES || !takesGzip(request.headers['accept-encoding'])) return payload;
    if (!String(reply.getHeader('content-type') ?? '').startsWith('application/json')) return payload;
    const packed = await pack(payload, { level: 1 });
    void reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').header('content-length', packed.byteLength);
    return packed;
  });
}

function takesGzip(accepted: string | string[] | undefined): boolean {
  return String(accepted ?? '').split(',').some((each) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(each));
}
