import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { end } from '../../scripts/children.mjs';
import { startServer } from '../../scripts/server-child.mjs';
import { onDatabase, postgresCluster } from '../helpers/postgres-cluster.ts';
import { offerLoad, type LoadResult } from './peers/offer-load.ts';

// Suite `server`: the built server in its own process under load that another process offers on a fixed timetable, whether or not
// the server keeps up: a push that has to wait counts from the moment it was due. Settings: XUNCHA_BENCH_SECONDS (60),
// XUNCHA_BENCH_LAPTOPS (500), XUNCHA_BENCH_SOAK_SECONDS (0: no soak). One JSON object a line on standard output.

const seconds = Number(process.env['XUNCHA_BENCH_SECONDS'] ?? 60);
const laptops = Number(process.env['XUNCHA_BENCH_LAPTOPS'] ?? 500);
const soakSeconds = Number(process.env['XUNCHA_BENCH_SOAK_SECONDS'] ?? 0);
const changesAPush = 20;
/** A laptop without new work asks once in so many pushes' time. */
const pullsASecond = 20;

const order = process.env['XUNCHA_BENCH_ORDER'];
if (order !== undefined) {
  // The other process.
  process.send?.(await offerLoad(JSON.parse(order)));
  process.disconnect();
} else {
  await measure();
}

async function measure(): Promise<void> {
  const cluster = await postgresCluster();
  try {
    for (const pushesASecond of [100, 150]) {
      const database = `load_${pushesASecond}`;
      await onDatabase(cluster.url, `CREATE DATABASE ${database}`);
      await underLoad('PostgreSQL', { DATABASE_URL: cluster.urlOf(database) }, pushesASecond, seconds);
    }
  } finally {
    await cluster.remove();
  }
  await underLoad('SQLite', {}, 100, seconds);
  await serveMany(50_000);
  if (soakSeconds > 0) await underLoad('SQLite, soak', {}, 20, soakSeconds);
}

async function underLoad(engine: string, env: Readonly<Record<string, string>>, pushesASecond: number, lasting: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'xuncha-load-'));
  const server = await startServer({ dataDir: folder, demo: true, env: { ...process.env, ...env } });
  try {
    const memoryBefore = memoryOf(server.child);
    const result = await fromAnotherProcess({ url: server.url, laptops, pushesASecond, changesAPush, pullsASecond, seconds: lasting });
    const name = (what: string): string => `${pushesASecond} pushes a second of ${changesAPush} changes over ${laptops} laptops for ${lasting} s, ${engine}, ${what}`;
    row(name('push p50'), percentile(result.pushMs, 0.5), 'ms');
    row(name('push p99'), percentile(result.pushMs, 0.99), 'ms');
    row(name('pull p99'), percentile(result.pullMs, 0.99), 'ms');
    row(name('changes acknowledged a second, until the last answer'), Math.round(result.acknowledged / result.tookSeconds), 'changes');
    row(name('errors'), result.errors, 'errors');
    row(name('server memory at rest before'), memoryBefore, 'MB');
    row(name('server memory after'), memoryOf(server.child), 'MB');
    row(name('server memory, peak'), memoryOf(server.child, 'VmHWM'), 'MB');
  } finally {
    await end(server.child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  }
}

/** Memory while 50,000 records are put in and then given out to a laptop from the beginning. */
async function serveMany(count: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'xuncha-load-'));
  const server = await startServer({ dataDir: folder, demo: true });
  try {
    const result = await fromAnotherProcess({ url: server.url, laptops: 1, pushesASecond: 5, changesAPush: 1000, pullsASecond: 0, seconds: count / 5000, readAllAfter: true });
    if (result.errors > 0) throw new Error(`${result.errors} errors`);
    row(`${count} records taken and served to one laptop, SQLite, server memory, peak`, memoryOf(server.child, 'VmHWM'), 'MB');
    row(`${count} records served to one laptop, SQLite, requests' sum`, Math.round(result.readAllMs), 'ms');
  } finally {
    await end(server.child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  }
}

async function fromAnotherProcess(load: Parameters<typeof offerLoad>[0]): Promise<LoadResult> {
  const child = fork(process.argv[1] ?? '', [], { env: { ...process.env, XUNCHA_BENCH_ORDER: JSON.stringify(load) }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [result] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => { throw new Error('the load ended early'); })])) as [LoadResult];
  return result;
}

function memoryOf(child: ChildProcess, field: 'VmRSS' | 'VmHWM' = 'VmRSS'): number {
  const text = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(text)?.[1]) / 102.4) / 10;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN) * 10) / 10;
}

function row(name: string, value: number, unit: string): void {
  process.stdout.write(`${JSON.stringify({ suite: 'server', name, value, unit })}\n`);
}
