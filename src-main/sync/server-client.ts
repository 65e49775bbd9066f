import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import * as z from 'zod';
import type { JsonValue } from '#shared/kit/values.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { officeReplyEnvelope, type OfficeCallName } from '#shared/sync/office-calls.ts';
import {
  ChallengeReply, EnrolReply, EvidenceStatus, ExchangeReply, paths, SessionReply, WIRE_VERSION,
  type EnrolRequest, type ExchangeRequest,
} from '#shared/sync/wire.ts';
import { newsReader, type ServerEvent } from './event-stream.ts';
import { httpTransport, type EndlessAnswer, type HttpReply, type HttpRequest, type HttpTransport } from './http-transport.ts';
import { readReply } from './read-reply.ts';
import type { ServerAddress } from './server-address.ts';

/** One piece of an original on its way up; `offset` is where the server said it stands. */
export type EvidencePiece = {
  readonly sha256: string;
  readonly mediaType: string;
  readonly offset: number;
  /** Length of the whole original in bytes. */
  readonly byteLength: number;
  readonly bytes: Uint8Array;
};

/** How much of an original the server durably holds. */
export type EvidenceProgress = Readonly<z.infer<typeof EvidenceStatus>>;

/**
 * The office server as seen from a laptop: every call of the wire contract, typed, each reply parsed to its last field.
 * Nothing is retried here beyond a dead kept-open connection; whoever calls decides.
 */
export type ServerClient = {
  enrol(request: EnrolRequest): Promise<Outcome<EnrolReply>>;
  challenge(chainId: string): Promise<Outcome<z.infer<typeof ChallengeReply>>>;
  openSession(request: { readonly chainId: string; readonly challenge: string; readonly signature: string }): Promise<Outcome<z.infer<typeof SessionReply>>>;
  exchange(token: string, request: ExchangeRequest): Promise<Outcome<ExchangeReply>>;
  office(token: string, name: OfficeCallName, input: JsonValue): Promise<Outcome<JsonValue>>;
  evidenceStatus(token: string, sha256: string): Promise<Outcome<EvidenceProgress>>;
  sendEvidence(token: string, piece: EvidencePiece): Promise<Outcome<EvidenceProgress>>;
  /** The original's bytes, unchecked: the caller knows the hash. */
  fetchEvidence(token: string, sha256: string, maxBytes: number): Promise<Outcome<{ readonly bytes: Buffer; readonly mediaType: string }>>;
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
  const send = async <T>(request: Partial<HttpRequest> & Pick<HttpRequest, 'path'>, schema: z.ZodType<T>): Promise<Outcome<T>> => {
    const reply = await transport.send({ ...plain, ...timeouts, ...request });
    return reply.ok ? readReply(reply.value, schema) : reply;
  };
  const evidencePath = (sha256: string): string => `${paths.evidence}/${sha256}`;
  return {
    enrol: (request) => send({ ...json(request), path: paths.enrol, repeatable: false }, EnrolReply),
    challenge: (chainId) => send({ ...json({ v: WIRE_VERSION, chainId }), path: paths.challenge }, ChallengeReply),
    openSession: (request) => send({ ...json({ v: WIRE_VERSION, ...request }), path: paths.session }, SessionReply),
    exchange: async (token, request) => send({ ...(await packedJson(request, token)), path: paths.exchange, maxReplyBytes: pageReply }, ExchangeReply),
    async office(token, name, input) {
      const reply = await send({ ...json(input, token), path: `${paths.office}/${name}`, repeatable: false, maxReplyBytes: pageReply }, officeReplyEnvelope(name));
      if (!reply.ok) return reply;
      const { outcome } = reply.value;
      return outcome.ok ? done(outcome.value as JsonValue) : { ok: false, problem: outcome.problem };
    },
    evidenceStatus: (token, sha256) => send({ headers: bearer(token), path: `${evidencePath(sha256)}/status` }, EvidenceStatus),
    sendEvidence: (token, piece) => send({
      method: 'PATCH',
      path: evidencePath(piece.sha256),
      // Four mebibytes are not sent again before the server was asked where it stands.
      repeatable: false,
      headers: {
        ...bearer(token),
        'content-type': 'application/octet-stream',
        'upload-offset': String(piece.offset),
        'upload-length': String(piece.byteLength),
        'upload-media-type': piece.mediaType,
      },
      body: piece.bytes,
    }, EvidenceStatus),
    async fetchEvidence(token, sha256, maxBytes) {
      const reply = await transport.send({ ...plain, ...timeouts, totalMs: 10 * timeouts.totalMs, path: evidencePath(sha256), headers: bearer(token), maxReplyBytes: maxBytes });
      return reply.ok ? originalIn(reply.value) : reply;
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

const MediaType = z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,80}$/);

/** A 200 here is not yet believed: a portal's page would fail the hash check of whoever asked. */
function originalIn(reply: HttpReply): Outcome<{ readonly bytes: Buffer; readonly mediaType: string }> {
  // content-type is what a browser may make of it; what the original is stands in a header of its own.
  const mediaType = MediaType.safeParse(reply.headers['upload-media-type']);
  if (reply.status === 200) return done({ bytes: reply.body, mediaType: mediaType.data ?? 'application/octet-stream' });
  const refusal = readReply(reply, EvidenceStatus);
  return refusal.ok ? failed('not-our-server', { status: reply.status }) : refusal;
}
