import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import * as z from 'zod';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { Sha256 } from '#shared/kit/values.ts';
import { MAX_EVIDENCE_BYTES, TUS_VERSION, UPLOAD_CONTENT_TYPE } from '#shared/sync/media.ts';
import { paths } from '#shared/sync/wire.ts';
import type { Announced } from '../evidence/office-uploads.ts';
import type { Originals } from '../evidence/originals.ts';
import { tusDesk, type TusRequest } from '../evidence/tus-requests.ts';
import { announcedChecksum, announcedOriginal } from '../evidence/upload-headers.ts';
import { valueOf } from '../http/answer.ts';
import type { Callers } from '../http/signed-in.ts';
import type { Services } from '../services.ts';
import { evidenceRow } from '../store/evidence-rows.ts';

type Named = { Params: { sha256: string } };

/** Types that a browser shows and never runs; everything else leaves as bytes without a meaning. */
const inert = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/heic', 'application/pdf', 'video/mp4', 'video/webm', 'audio/mpeg', 'audio/mp4', 'audio/wav']);

/** Originals up by tus: OPTIONS and POST /v1/evidence, HEAD and PATCH /v1/evidence/<sha256>. Down: GET /v1/evidence/<sha256>. */
export function evidenceRoutes(app: FastifyInstance, services: Services, callers: Callers, originals: Originals): void {
  const desk = tusDesk(services, originals);
  const answer = async (request: FastifyRequest, reply: FastifyReply, announced: Announced): Promise<FastifyReply> => {
    void reply.header('tus-resumable', TUS_VERSION);
    const { status, headers } = await desk.answer(callers.of(request), announced, tusRequest(request));
    return reply.code(status).headers(headers).send();
  };
  // The stream itself: an original is never held in memory.
  app.addContentTypeParser(UPLOAD_CONTENT_TYPE, (_request, payload, parsed) => parsed(null, payload));

  app.options(paths.evidence, async (_request, reply) => reply.code(204).headers({
    'tus-resumable': TUS_VERSION, 'tus-version': TUS_VERSION, 'tus-extension': 'creation,creation-with-upload,checksum', 'tus-checksum-algorithm': 'sha256',
    'tus-max-size': String(MAX_EVIDENCE_BYTES),
  }).send());

  app.post(paths.evidence, { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
    const { sha256, ...begins } = valueOf(announcedOriginal(request.headers));
    const checksum = valueOf(announcedChecksum(request.headers));
    const row = await evidenceRow(services.store.sql, callers.of(request).office.officeId, sha256);
    if (!row || row.completedAt === null) return await answer(request, reply, { sha256, begins, checksum });
    // Held already: its bytes are not waited for.
    const location = `${paths.evidence}/${sha256}`;
    return reply.code(201).headers({ 'tus-resumable': TUS_VERSION, location, 'upload-offset': String(row.byteLength), 'upload-length': String(row.byteLength) }).send();
  });

  app.head<Named>(`${paths.evidence}/:sha256`, async (request, reply) =>
    await answer(request, reply, { sha256: valueOf(nameIn(request.params)), begins: null, checksum: null }));

  app.patch<Named>(`${paths.evidence}/:sha256`, { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
    const sha256 = valueOf(nameIn(request.params));
    return await answer(request, reply, { sha256, begins: null, checksum: valueOf(announcedChecksum(request.headers)) });
  });

  app.get<Named>(`${paths.evidence}/:sha256`, { exposeHeadRoute: false }, async (request, reply) => {
    const sha256 = valueOf(nameIn(request.params));
    const { officeId } = callers.of(request).office;
    const row = await evidenceRow(services.store.sql, officeId, sha256);
    if (!row || row.completedAt === null) return valueOf(failed('not-found', { sha256 }));
    const bytes = await originals.read({ officeId, sha256 });
    if (!bytes) {
      services.log.error({ alarm: true, sha256 }, 'an original is gone from its place');
      return valueOf(failed('evidence-missing', { sha256 }));
    }
    return reply
      .headers({
        'content-type': inert.has(row.mediaType) ? row.mediaType : 'application/octet-stream',
        'upload-media-type': row.mediaType,
        'content-length': String(row.byteLength),
        'content-disposition': `attachment; filename="${sha256}"`,
      })
      .send(bytes);
  });
}

function tusRequest({ method, url, headers, body }: FastifyRequest): TusRequest {
  return { method: z.enum(['POST', 'HEAD', 'PATCH']).parse(method), path: url, headers, body: body instanceof Readable ? body : null };
}

function nameIn({ sha256 }: { sha256: string }): Outcome<string> {
  return Sha256.safeParse(sha256).success ? done(sha256) : failed('invalid-input', { field: 'sha256' });
}
