import { fastify, LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Server as HttpsServer } from 'node:https';
import { problem } from '#shared/kit/problem.ts';
import { MAX_BODY_BYTES, paths } from '#shared/sync/wire.ts';
import type { Originals } from './evidence/originals.ts';
import { Refused, sendProblem, valueOf } from './http/answer.ts';
import { answerClientError, answerErrors } from './http/errors.ts';
import { packReplies, unpackedBody } from './http/packed-bodies.ts';
import { guardReplies, logRequests } from './http/request-log.ts';
import { signedInCallers } from './http/signed-in.ts';
import { strictJson } from './http/strict-json.ts';
import { aboutRoutes } from './routes/about.ts';
import { enrolRoutes } from './routes/enrol.ts';
import { evidenceRoutes } from './routes/evidence.ts';
import { exchangeRoutes } from './routes/exchange.ts';
import { hintRoutes } from './routes/hints.ts';
import { officeRoutes } from './routes/office.ts';
import { packageRoutes } from './routes/packages.ts';
import { sessionRoutes } from './routes/session.ts';
import type { Services } from './services.ts';

export type HttpOptions = {
  /** PEM; null: plain HTTP, for loopback only. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** Where log lines go. */
  readonly logTo: { write(line: string): void };
  readonly logLevel: string;
  /** Longest wait for a request to arrive whole, in ms. */
  readonly requestTimeoutMs: number;
  /** How often an idle event stream shows that it lives, in ms. */
  readonly heartbeatMs: number;
  /** Addresses or networks of balancers whose word about who asks is believed. */
  readonly trustedProxies?: readonly string[];
};

/** The HTTP side without routes yet: its logger is everybody's. */
export function httpApp({ tls, logTo, logLevel, requestTimeoutMs, heartbeatMs, trustedProxies = [] }: HttpOptions): FastifyInstance {
  const options = {
    logger: { level: logLevel, stream: logTo },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: requestTimeoutMs,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    connectionTimeout: Math.max(60_000, 3 * heartbeatMs),
    keepAliveTimeout: 30_000,
    routerOptions: { maxParamLength: 100 },
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle' as const,
    clientErrorHandler: answerClientError,
    frameworkErrors: (_error: Error, _request: unknown, reply: FastifyReply) => void sendProblem(reply, problem('not-found')),
  };
  // Node swaps the two times when the headers' is the longer one, and looks only so often for what takes too long.
  const patience = { headersTimeout: Math.min(30_000, requestTimeoutMs), connectionsCheckingInterval: Math.min(10_000, requestTimeoutMs) };
  if (!tls) return fastify({ ...options, http: patience });
  return fastify<HttpsServer>({ ...options, https: { ...tls, minVersion: 'TLSv1.2', ...patience } }) as unknown as FastifyInstance;
}

/** The routes of src-shared/sync/wire.ts, and what every request and reply goes through. */
export function addRoutes(app: FastifyInstance, services: Services, heartbeatMs: number, originals: Originals): void {
  guardReplies(app);
  answerErrors(app);
  readBodies(app);
  packReplies(app);
  const callers = signedInCallers(services);
  logRequests(app, (request) => callers.chainOf(request));
  aboutRoutes(app, services);
  enrolRoutes(app, services);
  sessionRoutes(app, services);
  void app.register(async (signedIn) => {
    callers.require(signedIn);
    exchangeRoutes(signedIn, services, callers);
    officeRoutes(signedIn, services, callers);
    evidenceRoutes(signedIn, services, callers, originals);
    packageRoutes(signedIn, services, callers);
    hintRoutes(signedIn, services, callers, heartbeatMs);
  });
}

/** JSON only, read once and strictly. Only an exchange may come packed: its sender is known before a byte of it is read. */
function readBodies(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    const encoding = request.headers['content-encoding'];
    const mayUnpack = encoding === 'gzip' && request.routeOptions.url === paths.exchange;
    if (encoding !== undefined && encoding !== 'identity' && !mayUnpack) throw new Refused(problem('invalid-input', { header: 'content-encoding' }));
  });
  app.removeAllContentTypeParsers();
  // Fastify hands the parameter on in quotes, however it was sent.
  app.addContentTypeParser(/^application\/json(\s*;\s*charset="?utf-8"?)?$/i, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer | string) => {
    const bytes = valueOf(await unpackedBody(request.headers['content-encoding'], Buffer.isBuffer(body) ? body : Buffer.from(body)));
    return valueOf(strictJson(bytes));
  });
}
