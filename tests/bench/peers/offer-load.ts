import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import http from 'node:http';
import { setTimeout as rest } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { demoPeople } from '#shared/domain/demo/demo-people.ts';
import { chainBodies, chainStart } from '#shared/journal/chain.ts';
import { ErrorReply, ExchangeReply, paths } from '#shared/sync/wire.ts';
import { tryToEnrol } from '../../helpers/test-laptop.ts';
import { signedIn } from './own-office.ts';
import { roomChange } from './room-change.ts';

export type Load = {
  readonly url: string;
  readonly laptops: number;
  readonly pushesASecond: number;
  readonly changesAPush: number;
  /** Exchanges of laptops that only look for news. */
  readonly pullsASecond: number;
  readonly seconds: number;
  /** Then one laptop pulls everything from the beginning. */
  readonly readAllAfter?: boolean;
};

export type LoadResult = {
  /** From the moment each was due, ms. */
  readonly pushMs: readonly number[];
  readonly pullMs: readonly number[];
  readonly acknowledged: number;
  readonly errors: number;
  /** From the first push due to the last answer, seconds. */
  readonly tookSeconds: number;
  readonly readAllMs: number;
};

type Laptop = { readonly owner: { readonly officeId: string; readonly deviceId: string; readonly officerId: string }; readonly token: string; readonly key: KeyObject; cursor: number; busy: Promise<unknown> };
type Push = { readonly laptop: Laptop; readonly body: Buffer; readonly lastSeq: number };

/** Enrols the laptops, prepares and signs every push ahead, then offers them by the clock. */
export async function offerLoad(load: Load): Promise<LoadResult> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  const laptops: Laptop[] = [];
  for (let index = 0; index < load.laptops; index += 1) laptops.push(await enrolled(load.url));
  const pushes = prepared(load, laptops);
  const result = { pushMs: [] as number[], pullMs: [] as number[], acknowledged: 0, errors: 0, tookSeconds: 0, readAllMs: 0 };
  const ask = async (laptop: Laptop, body: Buffer): Promise<ExchangeReply | null> => {
    const reply = await send(agent, load.url, laptop.token, body).catch(() => null);
    if (reply === null || reply.status !== 200) process.stderr.write(`[load] ${reply?.status ?? 'no answer'} ${ErrorReply.safeParse(reply?.value).data?.problem.code ?? ''}\n`);
    return reply?.status === 200 ? (reply.value as ExchangeReply) : null;
  };
  const running: Promise<void>[] = [];
  const begin = performance.now() + 200;
  for (const [number, push] of pushes.entries()) {
    const due = begin + (number * 1000) / load.pushesASecond;
    // One laptop's pushes follow each other; a late one makes the next late, and both count from when they were due.
    const run = push.laptop.busy.then(async () => {
      await rest(Math.max(0, due - performance.now()));
      const reply = await ask(push.laptop, push.body);
      result.pushMs.push(performance.now() - due);
      if (reply?.receipt?.seq === push.lastSeq && (reply.refused ?? []).length === 0) result.acknowledged += load.changesAPush;
      else result.errors += 1;
    });
    push.laptop.busy = run;
    running.push(run);
  }
  for (let number = 0; number < load.pullsASecond * load.seconds; number += 1) {
    const laptop = laptops[(number * 7) % laptops.length] as Laptop;
    const due = begin + (number * 1000) / load.pullsASecond;
    running.push(rest(Math.max(0, due - performance.now())).then(async () => {
      const from = performance.now();
      const reply = await ask(laptop, requestBody(laptop.cursor, 500, null));
      result.pullMs.push(performance.now() - from);
      if (reply) laptop.cursor = Math.max(laptop.cursor, reply.next);
      else result.errors += 1;
    }));
  }
  await Promise.all(running);
  result.tookSeconds = (performance.now() - begin) / 1000;
  if (load.readAllAfter === true) result.readAllMs = await readAll(laptops[0] as Laptop, ask);
  agent.destroy();
  return result;
}

async function readAll(laptop: Laptop, ask: (laptop: Laptop, body: Buffer) => Promise<ExchangeReply | null>): Promise<number> {
  const from = performance.now();
  for (let cursor = 0, more = true; more; ) {
    const reply = await ask(laptop, requestBody(cursor, 1000, null));
    if (!reply) throw new Error('the server did not answer');
    [cursor, more] = [reply.next, reply.more];
  }
  return performance.now() - from;
}

function requestBody(cursor: number, pageLimit: number, push: unknown): Buffer {
  return gzipSync(JSON.stringify({ v: 1, cursor, pageLimit, push }), { level: 1 });
}

async function enrolled(url: string): Promise<Laptop> {
  const key = generateKeyPairSync('ed25519').privateKey;
  const { outcome, request } = await tryToEnrol(url, { code: demoPeople.inspector.code, key });
  if (!outcome.ok) throw new Error(outcome.problem.code);
  const owner = { officeId: outcome.value.officeId, deviceId: request.deviceId, officerId: outcome.value.officerId };
  return { owner, key, token: await signedIn(url, `${owner.deviceId}.${owner.officerId}`, key), cursor: 0, busy: Promise.resolve() };
}

function prepared(load: Load, laptops: readonly Laptop[]): readonly Push[] {
  const heads = new Map(laptops.map((laptop) => [laptop, chainStart]));
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  return Array.from({ length: load.pushesASecond * load.seconds }, (_, number) => {
    const laptop = laptops[number % laptops.length] as Laptop;
    const head = heads.get(laptop) ?? chainStart;
    const bodies = Array.from({ length: load.changesAPush }, (_each, offset) => ({
      ...roomChange(number * load.changesAPush + offset, 1, null), wall: '2026-08-12T06:00:00.000Z', mono: head.seq + offset, bootId: 'load', salt: randomBytes(16).toString('hex'),
    }));
    const last = chainBodies(bodies, laptop.owner, head, hash).at(-1);
    if (!last) throw new Error('nothing to push');
    heads.set(laptop, { seq: last.seq, id: last.id });
    const signature = sign(null, Buffer.from(last.id, 'hex'), laptop.key).toString('base64');
    return { laptop, lastSeq: last.seq, body: requestBody(0, 0, { fromSeq: head.seq + 1, changes: bodies, signature }) };
  });
}

function send(agent: http.Agent, url: string, token: string, body: Buffer): Promise<{ readonly status: number; readonly value: unknown }> {
  return new Promise((resolve, reject) => {
    const request = http.request(new URL(paths.exchange, url), {
      method: 'POST', agent,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-encoding': 'gzip', 'accept-encoding': 'gzip', 'content-length': body.byteLength },
    }, (reply) => {
      const pieces: Buffer[] = [];
      reply.on('data', (piece: Buffer) => pieces.push(piece));
      reply.on('error', reject);
      reply.on('end', () => {
        const bytes = Buffer.concat(pieces);
        const text = (reply.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
        resolve({ status: reply.statusCode ?? 0, value: JSON.parse(text) });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}
