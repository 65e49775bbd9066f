import type { FastifyInstance } from 'fastify';
import { exchangeRequestReader } from '#shared/sync/quick-checks.ts';
import { paths } from '#shared/sync/wire.ts';
import { valueOf } from '../http/answer.ts';
import { parseBody } from '../http/parse-body.ts';
import type { Callers } from '../http/signed-in.ts';
import type { Services } from '../services.ts';
import { exchangeText } from '../sync/exchange.ts';

/** POST /v1/exchange: changes up, a page of the feed down. */
export function exchangeRoutes(app: FastifyInstance, services: Services, callers: Callers): void {
  app.post(paths.exchange, async (request, reply) => {
    const text = valueOf(await exchangeText(services, callers.of(request), valueOf(parseBody(exchangeRequestReader, request.body))));
    return reply.type('application/json; charset=utf-8').send(text);
  });
}
