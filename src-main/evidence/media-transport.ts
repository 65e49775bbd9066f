import type http from 'node:http';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { isReset, requestsTo, wholeBody, type HttpReply } from '../sync/http-transport.ts';
import { problemOfNetworkError } from '../sync/network-problem.ts';
import type { ServerAddress } from '../sync/server-address.ts';

/** A body that is never in memory as a whole. */
export type StreamedBody = {
  readonly byteLength: number;
  /** From the first byte each time. A piece is dealt with before the next is asked for. */
  pieces(): AsyncIterable<Uint8Array>;
};

export type MediaRequest = {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PATCH';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: StreamedBody | null;
  /** No byte for this long, either way, ends the request. */
  readonly idleMs: number;
  /** The whole request; for a download only until its first byte. */
  readonly totalMs: number;
};

/** An answer whose body is on its way. `bytes` ends early when the line is cut. */
export type ArrivingAnswer = { readonly status: number; readonly headers: http.IncomingHttpHeaders; readonly bytes: AsyncIterable<Uint8Array> };

/** Large bodies both ways over the same kind of connection as http-transport.ts, but streamed. */
export type MediaTransport = {
  /** Replies are small and read whole. Not repeated by itself, except a HEAD on a connection that turns out to be dead. */
  send(request: MediaRequest): Promise<Outcome<HttpReply>>;
  /** `take` gets the answer as it arrives; what it makes of it is thrown away as `half-reply` when the answer was cut. */
  receive<T>(request: MediaRequest, take: (answer: ArrivingAnswer) => Promise<Outcome<T>>): Promise<Outcome<T>>;
  close(): void;
};

const smallReply = 64 * 1024;

export function mediaTransport(address: ServerAddress): MediaTransport {
  // Connections of its own: an exchange never stands behind a video.
  const { start, close } = requestsTo(address);
  const begin = (request: MediaRequest): http.ClientRequest => start({ ...request, repeatable: true });
  return {
    async send(request) {
      const first = await sendOnce(begin(request), request);
      const again = first.isStale && request.method === 'HEAD';
      return (again ? await sendOnce(begin(request), request) : first).outcome;
    },
    receive: (request, take) => receive(begin(request), request, take),
    close,
  };
}

async function sendOnce(outgoing: http.ClientRequest, request: MediaRequest): Promise<{ readonly outcome: Outcome<HttpReply>; readonly isStale: boolean }> {
  const patience = patienceWith(outgoing, request);
  const reply = await answerTo(outgoing, request.body);
  const body = 'error' in reply ? 'none' : await wholeBody(reply.answer, smallReply);
  patience.end();
  // An answer that came before all was sent leaves a connection that nobody can use again.
  if (!outgoing.writableFinished) outgoing.destroy();
  if (patience.isOver()) return { outcome: failed('server-unreachable', { reason: 'timeout' }), isStale: false };
  if ('error' in reply) return { outcome: { ok: false, problem: problemOfNetworkError(reply.error) }, isStale: outgoing.reusedSocket && isReset(reply.error) };
  if (typeof body === 'string') return { outcome: failed('half-reply'), isStale: false };
  const { statusCode = 0, headers } = reply.answer;
  return { outcome: done({ status: statusCode, contentType: headers['content-type'] ?? '', headers, body }), isStale: false };
}

async function receive<T>(outgoing: http.ClientRequest, request: MediaRequest, take: (answer: ArrivingAnswer) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  const patience = patienceWith(outgoing, request);
  const reply = await answerTo(outgoing, request.body);
  patience.endTotal();
  try {
    if (patience.isOver()) return failed('server-unreachable', { reason: 'timeout' });
    if ('error' in reply) return { ok: false, problem: problemOfNetworkError(reply.error) };
    const { answer } = reply;
    let isAtEnd = false;
    const bytes = piecesOf(answer, () => (isAtEnd = true));
    const taken = await take({ status: answer.statusCode ?? 0, headers: answer.headers, bytes });
    if (patience.isOver()) return failed('server-unreachable', { reason: 'timeout' });
    return isAtEnd && !answer.complete ? failed('half-reply') : taken;
  } finally {
    patience.end();
    outgoing.destroy();
  }
}

async function* piecesOf(answer: http.IncomingMessage, onEnd: () => void): AsyncGenerator<Uint8Array, void, void> {
  try {
    for await (const piece of answer) yield piece as Buffer;
  } catch (error) {
    // A cut line is told by `complete`; whatever else the taker threw never comes here.
    if (answer.complete) throw error;
  }
  onEnd();
}

type Patience = { isOver(): boolean; endTotal(): void; end(): void };

function patienceWith(outgoing: http.ClientRequest, { idleMs, totalMs }: MediaRequest): Patience {
  let over = false;
  const giveUp = (): void => {
    over = true;
    outgoing.destroy();
  };
  const timer = setTimeout(giveUp, totalMs);
  outgoing.setTimeout(idleMs, giveUp);
  return {
    isOver: () => over,
    endTotal: () => clearTimeout(timer),
    end() {
      clearTimeout(timer);
      outgoing.setTimeout(0);
    },
  };
}

type Answer = { readonly answer: http.IncomingMessage } | { readonly error: unknown };

function answerTo(outgoing: http.ClientRequest, body: StreamedBody | null): Promise<Answer> {
  return new Promise((resolve) => {
    let isAnswered = false;
    const closed = new Promise<void>((close) => { outgoing.once('close', close); });
    outgoing.once('response', (answer) => {
      isAnswered = true;
      // An error after the answer began must not become an uncaught one; whoever reads it sees that it is not complete.
      answer.on('error', () => undefined);
      resolve({ answer });
    });
    outgoing.on('error', (error) => resolve({ error }));
    outgoing.once('close', () => resolve({ error: new Error('closed before an answer') }));
    if (!body) return void outgoing.end();
    outgoing.setHeader('content-length', body.byteLength);
    pump(outgoing, body, closed, () => isAnswered).catch((error: unknown) => outgoing.destroy(error instanceof Error ? error : new Error('the body ended')));
    return undefined;
  });
}

async function pump(outgoing: http.ClientRequest, body: StreamedBody, closed: Promise<void>, isAnswered: () => boolean): Promise<void> {
  for await (const piece of body.pieces()) {
    if (isAnswered() || outgoing.destroyed) return;
    // Until the line has taken it: the piece's buffer is used again.
    await Promise.race([new Promise<void>((flushed) => { outgoing.write(piece, () => flushed()); }), closed]);
  }
  if (!outgoing.destroyed) outgoing.end();
}
