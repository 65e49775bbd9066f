import type { FastifyInstance } from 'fastify';
import { paths, WIRE_VERSION } from '#shared/sync/wire.ts';
import { docsPage } from '../http/docs-page.ts';
import { openApiDocument } from '../http/open-api.ts';
import type { Services } from '../services.ts';

/** GET /v1/health, /openapi.json and /docs: the only answers for anybody. */
export function aboutRoutes(app: FastifyInstance, { store, now }: Services): void {
  const document = openApiDocument();
  const page = docsPage(document);
  app.get(paths.health, async () => {
    await store.sql.all('SELECT 1');
    return { v: WIRE_VERSION, status: 'ok', serverTime: new Date(now()).toISOString() };
  });
  app.get('/openapi.json', async () => document);
  app.get('/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
}
