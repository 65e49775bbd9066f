import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { Sha256 } from '#shared/kit/values.ts';
import { paths } from '#shared/sync/wire.ts';
import { originals } from '../evidence/originals.ts';
import { evidenceDesk } from '../evidence/receive-evidence.ts';
import { valueOf } from '../http/answer.ts';
import type { Callers } from '../http/signed-in.ts';
import type { Services } from '../services.ts';
import { evidenceRow } from '../store/evidence-rows.ts';

type Named = { Params: { sha256: string } };

/** Types that a browser shows and never runs; everything else leaves as bytes without a meaning. */
const inert = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/heic', 'application/pdf', 'video/mp4', 'video/webm', 'audio/mpeg', 'audio/mp4', 'audio/wav']);

/** GET …/status, PATCH and GET /v1/evidence/<sha256>. */
export function evidenceRoutes(app: FastifyInstance, services: Services, callers: Callers): void {
  const files = originals(services.evidenceDir);
  const desk = evidenceDesk(services, files);
  // The stream itself: an original is never held in memory.
  app.addContentTypeParser('application/octet-stream', (_request, payload, parsed) => parsed(null, payload));

  app.get<Named>(`${paths.evidence}/:sha256/status`, async (request) => desk.status(callers.of(request), valueOf(nameIn(request.params))));

  app.patch<Named>(`${paths.evidence}/:sha256`, { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request) => {
    const sha256 = valueOf(nameIn(request.params));
    const announced = valueOf(announcementIn(request.headers));
    const bytes = isStream(request.body) ? request.body : [];
    return valueOf(await desk.receive(callers.of(request), { sha256, ...announced, bytes: bytes as AsyncIterable<Uint8Array> }));
  });

  app.get<Named>(`${paths.evidence}/:sha256`, async (request, reply) => {
    const sha256 = valueOf(nameIn(request.params));
    const { officeId } = callers.of(request).office;
    const row = await evidenceRow(services.store.sql, officeId, sha256);
    if (!row || row.completedAt === null) return valueOf(failed('not-found', { sha256 }));
    if (!(await files.isInPlace(officeId, sha256))) {
      services.log.error({ alarm: true, sha256 }, 'an original is gone from the folder');
      return valueOf(failed('evidence-missing', { sha256 }));
    }
    return reply
      .headers({
        'content-type': inert.has(row.mediaType) ? row.mediaType : 'application/octet-stream',
        'upload-media-type': row.mediaType,
        'content-length': String(row.byteLength),
        'content-disposition': `attachment; filename="${sha256}"`,
      })
      .send(files.read(officeId, sha256));
  });
}

function nameIn({ sha256 }: { sha256: string }): Outcome<string> {
  return Sha256.safeParse(sha256).success ? done(sha256) : failed('invalid-input', { field: 'sha256' });
}

const WholeNumber = z.string().regex(/^\d{1,15}$/).transform(Number);
const Announcement = z.object({
  'upload-offset': WholeNumber,
  'upload-length': WholeNumber,
  'upload-media-type': z.string().max(100).regex(/^[a-z]+\/[a-z0-9.+-]{1,80}$/),
});

function announcementIn(headers: Readonly<Record<string, unknown>>): Outcome<{ readonly offset: number; readonly byteLength: number; readonly mediaType: string }> {
  const parsed = Announcement.safeParse(headers);
  if (!parsed.success) return failed('invalid-input', { header: String(parsed.error.issues[0]?.path[0] ?? '') });
  const { 'upload-offset': offset, 'upload-length': byteLength, 'upload-media-type': mediaType } = parsed.data;
  return offset <= byteLength ? done({ offset, byteLength, mediaType }) : failed('invalid-input', { header: 'upload-offset' });
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
