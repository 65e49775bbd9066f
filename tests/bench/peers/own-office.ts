import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { demoPeople } from '#shared/domain/demo/demo-people.ts';
import { chainBodies, chainStart, type ChainPosition } from '#shared/journal/chain.ts';
import type { NewChange } from '#shared/journal/change.ts';
import { ExchangeReply, paths } from '#shared/sync/wire.ts';
import { end } from '../../../scripts/children.mjs';
import { electronExecutable, electronRuntime } from '../../../scripts/electron-runtime.mjs';
import { startServer } from '../../../scripts/server-child.mjs';
import { tryToEnrol } from '../../helpers/test-laptop.ts';
import { cuttingLine, type CuttingLine } from '../../integration/sync/cutting-line.ts';
import { roomChange } from './room-change.ts';

/** The product as it is delivered: the built application in Electron, its journal fdatasynced, over a line to the built server. */
export type OwnLaptop = {
  readonly line: CuttingLine;
  readonly page: Page;
  readonly app: ElectronApplication;
  /** Appends the records to the journal, 500 a batch; nothing is sent when the line is unplugged. */
  insert(from: number, to: number): Promise<void>;
  /** ms of each of so many saves of one record, from the window's call to main's word that it is on the disk. */
  saves(count: number): Promise<readonly number[]>;
  /** ms from "sync now" to the receipt of everything. */
  push(): Promise<number>;
  /** ms from `begin` to the records being rows of the working copy up to feed position `cursor`. */
  arrivalOf(cursor: number, begin: () => Promise<void>): Promise<number>;
  /** How far the working copy reaches, and how many records it holds. */
  position(): Promise<{ readonly cursor: number; readonly rows: number }>;
  /** Main-thread tasks of the window longer than 50 ms since the last call, ms each. */
  longTasks(): Promise<readonly number[]>;
  close(): Promise<void>;
};

export type OwnOffice = {
  readonly url: string;
  readonly pid: number;
  laptop(name: string): Promise<OwnLaptop>;
  /** Puts records [from, to) on the server as another laptop would. Returns the feed's end. */
  seed(from: number, to: number): Promise<number>;
  /** Edits the records as another laptop would. Returns the feed's end. */
  mutate(indexes: readonly number[], version: number): Promise<number>;
  stop(): Promise<void>;
};

type RawBridge = { call(name: string, request: unknown): Promise<{ ok: boolean; unsent: number; chainId: string }> };
declare const bridge: RawBridge;

export async function ownOffice(display: Readonly<Record<string, string>>): Promise<OwnOffice> {
  const folder = mkdtempSync(path.join(tmpdir(), 'xuncha-own-'));
  const server = await startServer({ dataDir: path.join(folder, 'server'), demo: true, port: 0 });
  const laptops: OwnLaptop[] = [];
  const writer = await benchWriter(server.url);
  return {
    url: server.url,
    pid: server.child.pid ?? 0,
    async laptop(name) {
      const laptop = await openLaptop(server.url, path.join(folder, name), display);
      laptops.push(laptop);
      return laptop;
    },
    seed: (from, to) => writer.seed(from, to),
    mutate: (indexes, version) => writer.mutate(indexes, version),
    async stop() {
      for (const laptop of laptops) await laptop.close();
      await end(server.child);
      rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

async function openLaptop(serverUrl: string, profile: string, display: Readonly<Record<string, string>>): Promise<OwnLaptop> {
  const line = await cuttingLine(serverUrl);
  const { dir } = await electronRuntime();
  const app = await _electron.launch({
    executablePath: electronExecutable(dir),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), process.cwd(), `--profile-dir=${profile}`, `--demo-server=${line.url}`, '--lang=zh-CN'],
    env: { ...(process.env as Record<string, string>), ...display },
  });
  const page = await app.firstWindow();
  await page.locator('html[data-screen="ready"]').waitFor({ timeout: 120_000 });
  await page.evaluate(() => {
    const long: number[] = [];
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
    Object.assign(window, { longTasks: long });
  });
  let closed = false;
  return {
    line, page, app,
    async insert(from, to) {
      for (let at = from; at < to; at += 500) {
        const changes = Array.from({ length: Math.min(500, to - at) }, (_, offset) => roomChange(at + offset, 1, null));
        const ok = await page.evaluate(async (given) => (await bridge.call('journal.append', { changes: given })).ok, changes as readonly unknown[]);
        if (!ok) throw new Error('the journal refused the measured changes');
      }
    },
    async saves(count) {
      const changes = Array.from({ length: count }, (_, index) => roomChange(800_000 + index, 1, null)) as readonly unknown[];
      return await page.evaluate(async (given) => {
        const times: number[] = [];
        for (const change of given) {
          const from = performance.now();
          if (!(await bridge.call('journal.append', { changes: [change] })).ok) throw new Error('not saved');
          times.push(performance.now() - from);
        }
        return times;
      }, changes);
    },
    push: () => page.evaluate(async () => {
      const from = performance.now();
      void bridge.call('sync.now', {});
      while ((await bridge.call('sync.status', {})).unsent > 0) await new Promise((resolve) => { setTimeout(resolve, 5); });
      return performance.now() - from;
    }),
    async arrivalOf(cursor, begin) {
      const arrival = page.evaluate(whenAdopted, cursor);
      // Both clocks are this machine's.
      const from = Date.now();
      await begin();
      return (await arrival) - from;
    },
    position: () => page.evaluate(positionNow),
    longTasks: () => page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks.splice(0)),
    async close() {
      if (closed) return;
      closed = true;
      await line.stop();
      await app.close().catch(() => undefined);
    },
  };
}

/** Runs in the window, through a connection of its own to the working copy. */
async function positionNow(): Promise<{ readonly cursor: number; readonly rows: number }> {
  const { chainId } = await bridge.call('session.current', {});
  const database = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open(`xuncha-${chainId}`);
    opening.addEventListener('success', () => resolve(opening.result));
  });
  const position = await new Promise<{ cursor: number; rows: number } | undefined>((resolve) => {
    const reading = database.transaction('meta').objectStore('meta').get('position');
    reading.addEventListener('success', () => resolve(reading.result as { cursor: number; rows: number } | undefined));
  });
  database.close();
  return position ?? { cursor: 0, rows: 0 };
}

/** Runs in the window: the moment, ms since 1970, at which the working copy's own position has reached `cursor`. */
async function whenAdopted(cursor: number): Promise<number> {
  const { chainId } = await bridge.call('session.current', {});
  const database = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open(`xuncha-${chainId}`);
    opening.addEventListener('success', () => resolve(opening.result));
  });
  for (;;) {
    const position = await new Promise<{ cursor: number } | undefined>((resolve) => {
      const reading = database.transaction('meta').objectStore('meta').get('position');
      reading.addEventListener('success', () => resolve(reading.result as { cursor: number } | undefined));
    });
    if ((position?.cursor ?? 0) >= cursor) break;
    await new Promise((resolve) => { setTimeout(resolve, 4); });
  }
  database.close();
  return performance.timeOrigin + performance.now();
}

/** A laptop without a screen that pushes the workload, 1,000 changes at a time, and keeps only the newest change id of each record. */
async function benchWriter(url: string): Promise<Pick<OwnOffice, 'seed' | 'mutate'>> {
  const key = generateKeyPairSync('ed25519').privateKey;
  const { outcome, request } = await tryToEnrol(url, { code: demoPeople.inspector.code, key });
  if (!outcome.ok) throw new Error(outcome.problem.code);
  const owner = { officeId: outcome.value.officeId, deviceId: request.deviceId, officerId: outcome.value.officerId };
  const token = await signedIn(url, `${owner.deviceId}.${owner.officerId}`, key);
  const newest: string[] = [];
  let head: ChainPosition = chainStart;
  const push = async (changes: readonly NewChange[], indexes: readonly number[]): Promise<number> => {
    const bodies = changes.map((change, at) => ({ ...change, wall: new Date().toISOString(), mono: head.seq + at, bootId: 'bench', salt: randomBytes(16).toString('hex') }));
    const chained = chainBodies(bodies, owner, head, (text) => createHash('sha256').update(text).digest('hex'));
    const last = chained.at(-1);
    if (!last) return 0;
    const signature = sign(null, Buffer.from(last.id, 'hex'), key).toString('base64');
    const body = JSON.stringify({ v: 1, cursor: 0, pageLimit: 0, push: { fromSeq: head.seq + 1, changes: bodies, signature } });
    const reply = await fetch(url + paths.exchange, {
      method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-encoding': 'gzip' }, body: gzipSync(body, { level: 1 }),
    });
    const parsed = ExchangeReply.parse(await reply.json());
    if (parsed.receipt?.seq !== last.seq || (parsed.refused ?? []).length > 0) throw new Error(`the server did not take the workload: ${JSON.stringify(parsed.refused?.[0])}`);
    chained.forEach(({ id }, at) => (newest[indexes[at] ?? 0] = id));
    head = { seq: last.seq, id: last.id };
    return await feedEnd(url);
  };
  return {
    async seed(from, to) {
      let cursor = 0;
      for (let at = from; at < to; at += 1000) {
        const indexes = Array.from({ length: Math.min(1000, to - at) }, (_, offset) => at + offset);
        cursor = await push(indexes.map((index) => roomChange(index, 1, null)), indexes);
      }
      return cursor;
    },
    mutate: (indexes, version) => push(indexes.map((index) => roomChange(index, version, newest[index] ?? null)), indexes),
  };

  /** Where the feed ends, by the server's first hint. */
  async function feedEnd(server: string): Promise<number> {
    const stop = new AbortController();
    const hints = await fetch(server + paths.hints, { headers: { authorization: `Bearer ${token}` }, signal: stop.signal });
    const reader = hints.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const piece = await reader?.read();
      text += piece?.value ?? '';
      const cursor = /data: ?(\{"cursor":(\d+)\})/.exec(text)?.[2];
      if (cursor !== undefined || piece?.done !== false) {
        stop.abort();
        return Number(cursor);
      }
    }
  }
}

export async function signedIn(url: string, chainId: string, key: Parameters<typeof sign>[2]): Promise<string> {
  const post = async (to: string, body: unknown): Promise<Record<string, string>> =>
    (await (await fetch(url + to, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json()) as Record<string, string>;
  const { challenge } = await post(paths.challenge, { v: 1, chainId });
  const signature = sign(null, Buffer.from(`xuncha-session-v1:${challenge}`), key as never).toString('base64');
  return (await post(paths.session, { v: 1, chainId, challenge, signature }))['token'] ?? '';
}
