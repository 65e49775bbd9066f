import type { FastifyInstance } from 'fastify';
import { paths } from '#shared/sync/wire.ts';
import { SESSION_MS } from '../accounts/sessions.ts';
import type { Callers } from '../http/signed-in.ts';
import type { Services } from '../services.ts';
import { counted, feed } from '../store/counters.ts';

/** A listener that lets this much pile up is gone; it will ask again. */
const MAX_PENDING_BYTES = 64 * 1024;

/** GET /v1/hints: says that there is something new in the office's feed, never what. */
export function hintRoutes(app: FastifyInstance, services: Services, callers: Callers, heartbeatMs: number): void {
  app.get(paths.hints, async (request, reply) => {
    const { office, chain, officer } = callers.of(request);
    const cursor = await counted(services.store.sql, office.officeId, feed);
    reply.hijack();
    const out = reply.raw;
    const write = (text: string): void => {
      if (out.writableLength > MAX_PENDING_BYTES) out.destroy();
      else out.write(text);
    };
    const news = (end: number): void => write(`event: news\ndata: {"cursor":${end}}\n\n`);
    out.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', connection: 'keep-alive' });
    // The end as it is now: what happened while nobody listened is not missed.
    news(cursor);
    const leave = services.news.listen({ officeId: office.officeId, chainId: chain.chainId, officerId: officer.officerId, onNews: news, onEnd: () => out.end() });
    const heartbeat = setInterval(() => write(':\n\n'), heartbeatMs);
    // A stream does not outlive the longest session it can have been opened with.
    const expiry = setTimeout(() => out.end(), SESSION_MS);
    out.once('close', () => {
      clearInterval(heartbeat);
      clearTimeout(expiry);
      leave();
    });
  });
}
