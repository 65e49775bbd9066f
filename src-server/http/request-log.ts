import type { FastifyInstance } from 'fastify';

/** One line a request: who, what, how it ended. Paths hold no secrets here: tokens travel in a header, codes in a body. */
export function logRequests(app: FastifyInstance, chainOf: (request: object) => string | null): void {
  app.addHook('onResponse', async (request, reply) => {
    const line = {
      method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10,
      chainId: chainOf(request), address: request.ip,
    };
    if (reply.statusCode >= 500) request.log.error(line, 'request');
    else if (reply.statusCode >= 400) request.log.warn(line, 'request');
    else request.log.debug(line, 'request');
  });
}

/** Headers that every answer has: nothing of ours is cached, sniffed, framed or run. */
export function guardReplies(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    void reply.headers({
      'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    });
  });
}

