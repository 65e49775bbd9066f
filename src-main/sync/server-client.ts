import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import * as z from 'zod';
import type { JsonValue } from '#shared/kit/values.ts';
import { done, type Outcome } from '#shared/kit/outcome.ts';
import { CARRIED_PATH, CarriedReply, type CarriedRequest, type SignedReceipt } from '#shared/sync/carried.ts';
import { exchangeReplyReader } from '#shared/sync/quick-checks.ts';
import { officeReplyEnvelope, type OfficeCallName } from '#shared/sync/office-calls.ts';
import {
  ChallengeReply, EnrolReply, paths, SessionReply, WIRE_VERSION,
  type EnrolRequest, type ExchangeReply, type ExchangeRequest,
} from '#shared/sync/wire.ts';
import { newsReader, type ServerEvent } from './event-stream.ts';
import { httpTransport, type EndlessAnswer, type HttpRequest, type HttpTransport } from './http-transport.ts';
import { readReply, type Reader } from './read-reply.ts';
import type { ServerAddress } from './server-address.ts';

/**
 * The office server as seen from a laptop: every call of the wire contract but originals (media-client.ts), typed, each reply parsed to its last field.
 * Nothing is retried here beyond a dead kept-open connection; whoever calls decides.
 */
export type ServerClient = {
  enrol(request: EnrolRequest): Promise<Outcome<EnrolReply>>;
  challenge(chainId: string): Promise<Outcome<z.infer<typeof ChallengeReply>>>;
  openSession(request: { readonly chainId: string; readonly challenge: string; readonly signature: string }): Promise<Outcome<z.infer<typeof SessionReply>>>;
  exchange(token: string, request: ExchangeRequest): Promise<Outcome<ExchangeReply>>;
  /** Brings another laptop's changes out of an exchange package; the server's signed word of what it holds of them. */
  carry(token: string, request: CarriedRequest): Promise<Outcome<SignedReceipt>>;
  office(token: string, name: OfficeCallName, input: JsonValue): Promise<Outcome<JsonValue>>;
  /** Listens for `news`; ends on silence, an error or `stop`. */
  hints(token: string, onEvent: (event: ServerEvent) => void): EndlessAnswer;
  close(): void;
};

const pack = promisify(gzip);

export type ServerTimeouts = {
  readonly idleMs: number;
  readonly totalMs: number;
  /** The server sends at least a comment within this time on an open event stream. */
  readonly hintSilenceMs: number;
};

const usualTimeouts: ServerTimeouts = { idleMs: 20_000, totalMs: 120_000, hintSilenceMs: 70_000 };
/** A shorter body gains nothing. */
const PACK_FROM_BYTES = 1024;
const smallReply = 1024 * 1024;
/** A page holds at most 2,000 changes; one with the longest remarks stays well below this. */
const pageReply = 96 * 1024 * 1024;

export function serverClient(address: ServerAddress, timeouts: ServerTimeouts = usualTimeouts, transport: HttpTransport = httpTransport(address)): ServerClient {
  const send = async <T>(request: Partial<HttpRequest> & Pick<HttpRequest, 'path'>, schema: Reader<T>): Promise<Outcome<T>> => {
    const reply = await transport.send({ ...plain, ...timeouts, ...request });
    return reply.ok ? readReply(reply.value, schema) : reply;
  };
  return {
    enrol: (request) => send({ ...json(request), path: paths.enrol, repeatable: false }, EnrolReply),
    challenge: (chainId) => send({ ...json({ v: WIRE_VERSION, chainId }), path: paths.challenge }, ChallengeReply),
    openSession: (request) => send({ ...json({ v: WIRE_VERSION, ...request }), path: paths.session }, SessionReply),
    exchange: async (token, request) => send({ ...(await packedJson(request, token)), path: paths.exchange, maxReplyBytes: pageReply }, exchangeReplyReader),
    async carry(token, request) {
      const reply = await send({ ...json(request, token), path: CARRIED_PATH, maxReplyBytes: pageReply }, CarriedReply);
      return reply.ok ? done(reply.value.receipt) : reply;
    },
    async office(token, name, input) {
      const reply = await send({ ...json(input, token), path: `${paths.office}/${name}`, repeatable: false, maxReplyBytes: pageReply }, officeReplyEnvelope(name));
      if (!reply.ok) return reply;
      const { outcome } = reply.value;
      return outcome.ok ? done(outcome.value as JsonValue) : { ok: false, problem: outcome.problem };
    },
    hints: (token, onEvent) => transport.listen(
      { path: paths.hints, headers: { ...bearer(token), accept: 'text/event-stream' }, idleMs: timeouts.hintSilenceMs },
      newsReader(onEvent),
    ),
    close: () => transport.close(),
  };
}

const plain = { method: 'GET', headers: {}, body: null, repeatable: true, maxReplyBytes: smallReply } as const;

function json(body: unknown, token?: string): Pick<HttpRequest, 'method' | 'headers' | 'body'> {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === undefined ? {} : bearer(token)) },
    body: Buffer.from(JSON.stringify(body), 'utf8'),
  };
}

/** An exchange goes packed when it is long, and its reply may come packed: a fifth of the bytes. */
async function packedJson(body: unknown, token: string): Promise<Pick<HttpRequest, 'method' | 'headers' | 'body'>> {
  const plainJson = json(body, token);
  const headers = { ...plainJson.headers, 'accept-encoding': 'gzip' };
  if ((plainJson.body?.byteLength ?? 0) < PACK_FROM_BYTES) return { ...plainJson, headers };
  return { ...plainJson, headers: { ...headers, 'content-encoding': 'gzip' }, body: await pack(plainJson.body as Uint8Array, { level: 1 }) };
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}
