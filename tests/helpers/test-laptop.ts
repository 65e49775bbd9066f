import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign, type KeyObject } from 'node:crypto';
import { demoPeople } from '#shared/domain/demo/demo-people.ts';
import type { RecordTypeName } from '#shared/domain/records.ts';
import { chainBodies, type ChainedChange } from '#shared/journal/chain.ts';
import type { NewChange } from '#shared/journal/change.ts';
import type { Outcome } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { officeReplyEnvelope, type OfficeCallName, type OfficeReply, type OfficeRequest } from '#shared/sync/office-calls.ts';
import {
  ChallengeReply, EnrolReply, ErrorReply, ExchangeReply, paths, SessionReply, type EnrolRequest, type ExchangeRequest, type PageItem, type PushedChange, type Refusal,
} from '#shared/sync/wire.ts';
import { TUS_VERSION, UPLOAD_CONTENT_TYPE } from '#shared/sync/media.ts';
import type * as z from 'zod';

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** A version 7 id without a clock. */
export function newId(): string {
  return randomUUID().replace(/^(.{14})4/, '$17');
}

/** A change that sets these fields for the first time. */
export function newChange(recordType: RecordTypeName, recordId: string, values: Readonly<Record<string, JsonValue>>, kind = 'create'): NewChange {
  return { recordType, recordId, kind, patch: Object.fromEntries(Object.entries(values).map(([path, to]) => [path, { was: null, to }])) };
}

/** A laptop without a screen: one chain with a real key, its own journal in memory, and what it pulled. */
export type TestLaptop = {
  readonly entry: z.infer<typeof EnrolReply>;
  readonly chainId: string;
  readonly deviceId: string;
  readonly key: KeyObject;
  readonly journal: readonly ChainedChange[];
  /** Everything pulled so far, own changes too. */
  readonly pulled: readonly PageItem[];
  /** The server's list in its last reply to `sync`. */
  readonly refused: readonly Refusal[];
  /** Own seq that the server holds by its last receipt. */
  receipted(): number;
  cursor(): number;
  /** Appends to the own journal, as saving does. */
  write(...changes: readonly NewChange[]): readonly ChainedChange[];
  /** The push of own changes from `fromSeq` on, signed. */
  push(fromSeq: number, count?: number): NonNullable<ExchangeRequest['push']>;
  /** One exchange as given; nothing is kept of its reply. */
  exchange(request: Partial<ExchangeRequest>): Promise<Outcome<z.infer<typeof ExchangeReply>>>;
  /** Pushes all that has no receipt and pulls to the end, keeping what comes. Throws on any problem. */
  sync(): Promise<void>;
  office<N extends OfficeCallName>(name: N, input: OfficeRequest<N>): Promise<Outcome<OfficeReply<N>>>;
  /** Announces an original and sends one piece of it. */
  sendPiece(name: string, whole: number, offset: number, bytes: Uint8Array, mediaType?: string): Promise<Outcome<Standing>>;
  /** One piece of an original that was announced; `headers` on top of the usual ones. */
  patch(name: string, offset: number, bytes: Uint8Array | ReadableStream, headers?: Record<string, string>, signal?: AbortSignal): Promise<Response>;
  announce(name: string, whole: number, mediaType?: string, body?: Uint8Array, headers?: Record<string, string>): Promise<Response>;
  evidenceStatus(name: string): Promise<Outcome<Standing>>;
  /** Any request with this laptop's session. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  token(): Promise<string>;
  signIn(): Promise<Outcome<z.infer<typeof SessionReply>>>;
  /** The server moved to another address. */
  moveTo(url: string): void;
};

/** How much of an original the server holds for sure; all of it only after it was hashed. */
export type Standing = { readonly receivedBytes: number; readonly complete: boolean };

export type Enrolment = Partial<EnrolRequest> & Pick<EnrolRequest, 'code'> & { readonly key?: KeyObject };

/** Enrols a new laptop; throws when the server says no. */
export async function enrolLaptop(url: string, enrolment: Enrolment): Promise<TestLaptop> {
  const { outcome, key, request } = await tryToEnrol(url, enrolment);
  return testLaptop(url, expectDone(outcome), request.deviceId, key);
}

/** A laptop of one of the demo people. */
export function demoLaptop(url: string, who: keyof typeof demoPeople): Promise<TestLaptop> {
  return enrolLaptop(url, { code: demoPeople[who].code });
}

/** Asks to be enrolled and returns whatever the server said. */
export async function tryToEnrol(url: string, { key = generateKeyPairSync('ed25519').privateKey, ...given }: Enrolment) {
  const publicKey = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
  const request: EnrolRequest = { v: 1, deviceId: newId(), deviceName: '测试笔记本', publicKey, ...given };
  const outcome = await readOutcome(await postJson(url + paths.enrol, request), EnrolReply);
  return { outcome, key, request };
}

export function testLaptop(serverUrl: string, entry: z.infer<typeof EnrolReply>, deviceId: string, key: KeyObject): TestLaptop {
  let url = serverUrl;
  const chainId = `${deviceId}.${entry.officerId}`;
  const journal: ChainedChange[] = [];
  const pulled: PageItem[] = [];
  const refused: Refusal[] = [];
  let receipted = 0;
  let cursor = 0;
  let session: string | null = null;

  const signIn = async (): Promise<Outcome<z.infer<typeof SessionReply>>> => {
    const asked = await readOutcome(await postJson(url + paths.challenge, { v: 1, chainId }), ChallengeReply);
    if (!asked.ok) return asked;
    const { challenge } = asked.value;
    const signature = sign(null, Buffer.from(`xuncha-session-v1:${challenge}`), key).toString('base64');
    return await readOutcome(await postJson(url + paths.session, { v: 1, chainId, challenge, signature }), SessionReply);
  };
  const token = async (): Promise<string> => (session ??= expectDone(await signIn()).token);
  const send = async (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(url + path, { ...init, headers: { authorization: `Bearer ${await token()}`, ...(init.headers as Record<string, string>) } });
  const sendJson = (path: string, body: unknown): Promise<Response> =>
    send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  const write = (...changes: readonly NewChange[]): readonly ChainedChange[] => {
    const bodies = changes.map((change): PushedChange => ({ ...change, wall: new Date().toISOString(), mono: 1000 + journal.length, bootId: 'test-boot', salt: randomBytes(16).toString('hex') }));
    const last = journal.at(-1);
    const owner = { officeId: entry.officeId, deviceId, officerId: entry.officerId };
    const made = chainBodies(bodies, owner, { seq: last?.seq ?? 0, id: last?.id ?? '0'.repeat(64) }, sha256);
    journal.push(...made);
    return made;
  };
  const push = (fromSeq: number, count = 1000): NonNullable<ExchangeRequest['push']> => {
    const changes = journal.slice(fromSeq - 1, fromSeq - 1 + count);
    return { fromSeq, changes: changes.map(({ body }) => body), signature: signed(key, changes.at(-1)?.id ?? '') };
  };
  const exchange = async (request: Partial<ExchangeRequest>): Promise<Outcome<z.infer<typeof ExchangeReply>>> =>
    readOutcome(await sendJson(paths.exchange, { v: 1, cursor, pageLimit: 1000, push: null, ...request }), ExchangeReply);

  const tus = { 'tus-resumable': TUS_VERSION };
  const announce: TestLaptop['announce'] = (name, whole, mediaType = 'image/jpeg', body, headers = {}) => {
    const metadata = `sha256 ${Buffer.from(name).toString('base64')},mediaType ${Buffer.from(mediaType).toString('base64')}`;
    const about = { ...tus, 'upload-length': String(whole), 'upload-metadata': metadata, ...(body ? { 'content-type': UPLOAD_CONTENT_TYPE } : {}), ...headers };
    return send(paths.evidence, { method: 'POST', headers: about, ...(body ? { body: Buffer.from(body) } : {}) });
  };
  const patch: TestLaptop['patch'] = (name, offset, bytes, headers = {}, signal) => send(`${paths.evidence}/${name}`, {
    method: 'PATCH', headers: { ...tus, 'content-type': UPLOAD_CONTENT_TYPE, 'upload-offset': String(offset), ...headers },
    ...(signal ? { signal } : {}), ...(bytes instanceof ReadableStream ? { body: bytes, duplex: 'half' } : { body: Buffer.from(bytes) }),
  } as RequestInit);
  const evidenceStatus: TestLaptop['evidenceStatus'] = async (name) => {
    const reply = await send(`${paths.evidence}/${name}`, { method: 'HEAD', headers: tus });
    if (reply.status === 404) return { ok: true, value: { receivedBytes: 0, complete: false } };
    const [offset, length] = [Number(reply.headers.get('upload-offset')), Number(reply.headers.get('upload-length'))];
    return { ok: true, value: { receivedBytes: offset, complete: offset === length } };
  };

  const sync = async (): Promise<void> => {
    for (;;) {
      const reply = expectDone(await exchange({ push: receipted < journal.length ? push(receipted + 1) : null }));
      receipted = reply.receipt?.seq ?? 0;
      refused.splice(0, refused.length, ...(reply.refused ?? []));
      pulled.push(...reply.page);
      cursor = reply.next;
      if (!reply.more && receipted === journal.length) return;
    }
  };
  return {
    entry, chainId, deviceId, key, journal, pulled, refused,
    receipted: () => receipted, cursor: () => cursor,
    write, push, exchange, sync, token, signIn,
    async office(name, input) {
      const reply = await readOutcome(await sendJson(`${paths.office}/${name}`, input), officeReplyEnvelope(name));
      return (reply.ok ? reply.value.outcome : reply) as never;
    },
    async sendPiece(name, whole, offset, bytes, mediaType = 'image/jpeg') {
      const announced = await announce(name, whole, mediaType);
      if (!announced.ok) return await refusalIn(announced);
      if (Number(announced.headers.get('upload-offset') ?? -1) === whole) return { ok: true, value: { receivedBytes: whole, complete: true } };
      if (whole === 0) return await evidenceStatus(name);
      const sent = await patch(name, offset, bytes);
      if (!sent.ok) return await refusalIn(sent);
      const receivedBytes = Number(sent.headers.get('upload-offset'));
      return { ok: true, value: { receivedBytes, complete: receivedBytes === whole } };
    },
    patch, announce, evidenceStatus,
    fetch: send,
    moveTo(next) {
      url = next;
      session = null;
    },
  };
}

/** Ed25519 over the bytes of an id, base64. */
export function signed(key: KeyObject, id: string): string {
  return sign(null, Buffer.from(id, 'hex'), key).toString('base64');
}

export function postJson(url: string, body: unknown): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

/** What a reply says, parsed as strictly as the laptop does it. */
export async function readOutcome<T>(response: Response, schema: z.ZodType<T>): Promise<Outcome<T>> {
  const body: unknown = await response.json();
  if (response.ok) return { ok: true, value: schema.parse(body) };
  return { ok: false, problem: ErrorReply.parse(body).problem };
}

async function refusalIn(response: Response): Promise<Outcome<never>> {
  return { ok: false, problem: ErrorReply.parse(await response.json()).problem };
}

export function expectDone<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.problem)}`);
  return outcome.value;
}

export function problemIn(outcome: Outcome<unknown>): Problem | null {
  return outcome.ok ? null : outcome.problem;
}
