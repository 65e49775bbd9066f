import type { FastifyInstance } from 'fastify';
import type { ServerResponse } from 'node:http';
import { paths } from '#shared/sync/wire.ts';
import { callerWith, SESSION_MS } from '../accounts/sessions.ts';
import { valueOf } from '../http/answer.ts';
import type { Callers } from '../http/signed-in.ts';
import type { Services } from '../services.ts';
import { counted, feed } from '../store/counters.ts';

/** A listener that lets this much pile up is gone; it will ask again. */
const MAX_PENDING_BYTES = 64 * 1024;

/** GET /v1/hints: says that there is something new in the office's feed, never what. */
export function hintRoutes(app: FastifyInstance, services: Services, callers: Callers, heartbeatMs: number): void {
  app.get(paths.hints, async (request, reply) => {
    const { office, chain, officer } = callers.of(request);
    const stream = hintStream(reply.raw);
    // Listening comes first: what happens between the questions below is heard, not missed.
    const leave = services.news.listen({ officeId: office.officeId, chainId: chain.chainId, officerId: officer.officerId, onNews: stream.news, onEnd: stream.end });
    try {
      valueOf(await callerWith(services, request.headers.authorization));
      const cursor = await counted(services.store.sql, office.officeId, feed);
      reply.hijack();
      stream.begin(cursor);
    } catch (error) {
      leave();
      throw error;
    }
    const heartbeat = setInterval(stream.beat, heartbeatMs);
    // A stream does not outlive the longest session it can have been opened with.
    const expiry = setTimeout(stream.end, SESSION_MS);
    reply.raw.once('close', () => {
      clearInterval(heartbeat);
      clearTimeout(expiry);
      leave();
    });
  });
}

function hintStream(out: ServerResponse) {
  let begun = false;
  let ended = false;
  let latest = 0;
  const write = (text: string): void => {
    if (out.writableLength > MAX_PENDING_BYTES) out.destroy();
    else out.write(text);
  };
  return {
    /** The end as it is now: what happened while nobody listened is not missed. */
    begin(cursor: number): void {
      begun = true;
      latest = Math.max(latest, cursor);
      out.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', connection: 'keep-alive' });
      write(newsEvent(latest));
      if (ended) out.end();
    },
    /** Word from another process may come after word of something later. */
    news(cursor: number): void {
      if (cursor < latest) return;
      latest = cursor;
      if (begun) write(newsEvent(cursor));
    },
    beat: () => write(':\n\n'),
    end(): void {
      ended = true;
      if (begun) out.end();
    },
  };
}

function newsEvent(cursor: number): string {
  return `event: news\ndata: {"cursor":${cursor}}\n\n`;
}
