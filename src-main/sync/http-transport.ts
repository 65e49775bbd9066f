import http from 'node:http';
import https from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { problemOfNetworkError } from './network-problem.ts';
import type { ServerAddress } from './server-address.ts';

export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Path below the server's origin, starting with `/`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  /** Goes over a kept-open connection, and once more by itself when that turns out to be dead. Never for acts that must happen once. */
  readonly repeatable: boolean;
  readonly maxReplyBytes: number;
  /** No byte for this long, either way, ends the request. */
  readonly idleMs: number;
  /** The whole request, from the first byte to the last. */
  readonly totalMs: number;
};

/** Any answer that arrived whole, whoever gave it. Nothing here has been believed yet. */
export type HttpReply = { readonly status: number; readonly contentType: string; readonly headers: http.IncomingHttpHeaders; readonly body: Buffer };

export type EndlessAnswer = {
  /** Why it ended; it never ends well. */
  readonly ended: Promise<Outcome<never>>;
  stop(): void;
};

const unpack = promisify(gunzip);

export type HttpTransport = {
  send(request: HttpRequest): Promise<Outcome<HttpReply>>;
  /** Opens an endless text/event-stream; `onText` gets what arrives. Silence of `idleMs` ends it. */
  listen(request: Pick<HttpRequest, 'path' | 'headers' | 'idleMs'>, onText: (text: string) => void): EndlessAnswer;
  /** Ends every request that is under way. */
  close(): void;
};

/**
 * HTTP over node:http and node:https rather than fetch: only they take a certificate authority of our own on Node 18,
 * follow no redirect by nature, and tell an answer that ended from one that was cut.
 */
export function httpTransport(address: ServerAddress): HttpTransport {
  const { start, close } = requestsTo(address);
  return {
    async send(request) {
      const first = await sendWhole(request, start(request));
      const again = first.staleConnection && request.repeatable;
      return (again ? await sendWhole(request, start(request)) : first).outcome;
    },
    listen: (request, onText) => listenTo(start({ ...request, method: 'GET', repeatable: false }), request.idleMs, onText),
    close,
  };
}

/** Requests to one server over connections that are kept, with the office's own authority where it has one. */
export type Requests = {
  start(request: Pick<HttpRequest, 'path' | 'headers' | 'repeatable'> & { readonly method: string }): http.ClientRequest;
  /** Ends every request that is under way. */
  close(): void;
};

export function requestsTo(address: ServerAddress): Requests {
  const origin = new URL(address.origin);
  const secure = origin.protocol === 'https:';
  const agent = secure ? new https.Agent({ keepAlive: true, maxSockets: 4 }) : new http.Agent({ keepAlive: true, maxSockets: 4 });
  const underWay = new Set<http.ClientRequest>();
  return {
    start(request) {
      const options: https.RequestOptions = {
        method: request.method,
        headers: { 'accept-encoding': 'identity', ...request.headers },
        // An act that must happen once gets a fresh connection: a kept one may have died, and then nobody knows.
        agent: request.repeatable ? agent : false,
        ...(address.caPem === null ? {} : { ca: address.caPem }),
      };
      const url = new URL(request.path, origin);
      const outgoing = secure ? https.request(url, options) : http.request(url, options);
      underWay.add(outgoing);
      outgoing.once('close', () => underWay.delete(outgoing));
      return outgoing;
    },
    close() {
      for (const outgoing of underWay) outgoing.destroy();
      agent.destroy();
    },
  };
}

type Sent = { readonly outcome: Outcome<HttpReply>; readonly staleConnection: boolean };

async function sendWhole(request: HttpRequest, outgoing: http.ClientRequest): Promise<Sent> {
  let isLate = false;
  const giveUp = (): void => {
    isLate = true;
    outgoing.destroy();
  };
  const timer = setTimeout(giveUp, request.totalMs);
  outgoing.setTimeout(request.idleMs, giveUp);
  const reply = await answerTo(outgoing, request.body);
  const body = 'error' in reply ? 'none' : await wholeBody(reply.answer, request.maxReplyBytes);
  clearTimeout(timer);
  if (isLate) return settled(failed('server-unreachable', { reason: 'timeout' }));
  if ('error' in reply) {
    const staleConnection = outgoing.reusedSocket && isReset(reply.error);
    return { outcome: { ok: false, problem: problemOfNetworkError(reply.error) }, staleConnection };
  }
  if (body === 'too-large') return settled(failed('too-large', { limit: request.maxReplyBytes }));
  if (body === 'cut' || body === 'none') return settled(failed('half-reply'));
  const { statusCode = 0, headers } = reply.answer;
  if (headers['content-encoding'] === 'gzip') return settled(await unpackedReply(reply.answer, body, request.maxReplyBytes));
  return settled(done({ status: statusCode, contentType: headers['content-type'] ?? '', headers, body }));
}

/** Stops at the limit, whatever the packed bytes claim. */
async function unpackedReply({ statusCode = 0, headers }: http.IncomingMessage, packed: Buffer, maxBytes: number): Promise<Outcome<HttpReply>> {
  try {
    return done({ status: statusCode, contentType: headers['content-type'] ?? '', headers, body: await unpack(packed, { maxOutputLength: maxBytes }) });
  } catch (error) {
    return (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? failed('too-large', { limit: maxBytes }) : failed('half-reply');
  }
}

function settled(outcome: Outcome<HttpReply>): Sent {
  return { outcome, staleConnection: false };
}

export function isReset(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

type Answer = { readonly answer: http.IncomingMessage } | { readonly error: unknown };

function answerTo(outgoing: http.ClientRequest, body: Uint8Array | null): Promise<Answer> {
  return new Promise((resolve) => {
    outgoing.once('response', (answer) => resolve({ answer }));
    // Stays for the life of the request: an error after the answer began must not become an uncaught one.
    outgoing.on('error', (error) => resolve({ error }));
    outgoing.once('close', () => resolve({ error: new Error('closed before an answer') }));
    if (body) outgoing.setHeader('content-length', body.byteLength);
    outgoing.end(body ?? undefined);
  });
}

/** The body when it arrived to its last byte; what came of a cut answer is thrown away. */
export function wholeBody(answer: http.IncomingMessage, maxBytes: number): Promise<Buffer | 'cut' | 'too-large'> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    answer.on('data', (piece: Buffer) => {
      bytes += piece.byteLength;
      if (bytes <= maxBytes) return void pieces.push(piece);
      resolve('too-large');
      answer.destroy();
    });
    answer.on('end', () => resolve(answer.complete ? Buffer.concat(pieces) : 'cut'));
    answer.on('error', () => resolve('cut'));
    answer.on('close', () => resolve('cut'));
  });
}

function listenTo(outgoing: http.ClientRequest, idleMs: number, onText: (text: string) => void): EndlessAnswer {
  const ended = new Promise<Outcome<never>>((resolve) => {
    const end = (outcome: Outcome<never>): void => {
      resolve(outcome);
      outgoing.destroy();
    };
    outgoing.setTimeout(idleMs, () => end(failed('server-unreachable', { reason: 'timeout' })));
    outgoing.on('error', (error) => end({ ok: false, problem: problemOfNetworkError(error) }));
    outgoing.once('close', () => end(failed('server-unreachable')));
    outgoing.once('response', (answer) => {
      answer.on('error', () => end(failed('server-unreachable')));
      if (answer.statusCode === 401) return end(failed('unauthorized'));
      const isStream = answer.statusCode === 200 && (answer.headers['content-type'] ?? '').startsWith('text/event-stream');
      if (!isStream) return end(failed('not-our-server', { status: answer.statusCode ?? 0 }));
      answer.setEncoding('utf8');
      answer.on('data', onText);
    });
    outgoing.end();
  });
  return { ended, stop: () => void outgoing.destroy() };
}
