import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as esbuild from 'esbuild';
import { inject, onTestFinished } from 'vitest';
import type { StartOptions } from '../../src-server/start/options.ts';
import { openServer, type Announcement } from '../../src-server/start/open-server.ts';
import { openPostgres } from '../../src-server/store/postgres.ts';
import { openSqlite } from '../../src-server/store/sqlite.ts';
import type { Engine, Sql, Store } from '../../src-server/store/sql.ts';
import type { Rules } from '../../src-server/sync/rules.ts';
import { onDatabase } from './postgres-cluster.ts';
import { copiedDatabase, databaseIn, officeDatabase } from './postgres-database.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The cluster of this run; none where the suite runs on SQLite (vitest.config.mts). */
const cluster = inject('postgres');
export const engine: Engine = cluster === undefined ? 'sqlite' : 'postgres';
/** Data folder → address of the database that belongs to it. */
const databases = new Map<string, Promise<string>>();

/** A real server on loopback, in this process. It ends, and its folder goes, with the test that opened it. */
export type TestServer = {
  readonly url: string;
  readonly dataDir: string;
  /** The console's code for a new office, when the start printed one. */
  readonly firstAccountCode: string | null;
  readonly said: readonly Announcement[];
  /** Every log line so far. */
  log(): string;
  stop(): Promise<void>;
};

export type TestServerOptions = Partial<Pick<StartOptions, 'dataDir' | 'port' | 'demo' | 'addOffice' | 'codeFor' | 'restored' | 'tls' | 'host' | 'media'>> & {
  readonly now?: () => number;
  /** What an older program knew; the present one's rules unless given. */
  readonly rules?: Rules;
  /** Fill a new demo office with its inspections too; most tests want only its people. */
  readonly demoRecords?: boolean;
  readonly heartbeatMs?: number;
  readonly requestTimeoutMs?: number;
};

/** Opens a server on a free port and an empty folder unless told otherwise. */
export async function openTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { now, rules, heartbeatMs, requestTimeoutMs, demoRecords = false, ...start } = options;
  const said: Announcement[] = [];
  const lines: string[] = [];
  const dataDir = start.dataDir ?? tempDir();
  const address = await databaseOf(dataDir);
  const database = address === null ? null : { url: address, connections: 6, allowFsyncOff: false };
  const started = { port: 0, host: '127.0.0.1', demo: false, tls: null, logLevel: 'debug', addOffice: false, codeFor: null, restored: false, ...start, dataDir, database };
  const server = await openServer(started, {
    announce: (line) => said.push(line),
    logTo: { write: (line) => void lines.push(line) },
    ...(demoRecords ? {} : { demoRecords: [] }), ...(now ? { now } : {}), ...(rules ? { rules } : {}), ...(heartbeatMs ? { heartbeatMs } : {}), ...(requestTimeoutMs ? { requestTimeoutMs } : {}),
  });
  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopping ??= server.close());
  onTestFinished(stop);
  const first = said.find((each) => 'firstAccountCode' in each);
  return { url: server.url, dataDir: started.dataDir, firstAccountCode: first?.firstAccountCode ?? null, said, log: () => lines.join(''), stop };
}

/** A server in a process of its own, to be killed. */
export type ChildServer = {
  readonly url: string;
  readonly child: ChildProcess;
  readonly said: readonly Record<string, string>[];
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>;
};

/** Starts the bundled server as `node server.mjs`; `through` puts a shell prefix before it (such as a file size limit). */
export async function spawnTestServer(options: { readonly dataDir: string; readonly args?: readonly string[]; readonly through?: string }): Promise<ChildServer> {
  const command = [process.execPath, await serverBundle(), '--data', options.dataDir, '--port', '0', ...(await databaseArgs(options.dataDir)), ...(options.args ?? [])];
  const child = options.through === undefined
    ? spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] })
    : spawn('bash', ['-c', `${options.through}; exec "$@"`, 'bash', ...command], { stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = once(child, 'exit');
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await gone;
  });
  let errors = '';
  child.stderr?.on('data', (text: Buffer) => (errors += text.toString()));
  const said: Record<string, string>[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const each = JSON.parse(line) as Record<string, string>;
    said.push(each);
    if (each['listening'] !== undefined) break;
  }
  const url = said.at(-1)?.['listening'];
  if (url === undefined) throw new Error(`the server did not start: ${errors}`);
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
    return child.exitCode;
  };
  return { url, child, said, kill: async () => void (await end('SIGKILL')), stop: () => end('SIGTERM') };
}

/** Where the records of a data folder are; an empty database when it is a new folder. Null: in the folder itself. */
export async function databaseOf(dataDir: string): Promise<string | null> {
  if (cluster === undefined) return null;
  const address = databases.get(dataDir) ?? officeDatabase(cluster);
  databases.set(dataDir, address);
  return await address;
}

/** Says that the records of this folder are in another database than one of this run's cluster. */
export function useDatabase(dataDir: string, address: string): void {
  databases.set(dataDir, Promise.resolve(address));
}

async function databaseArgs(dataDir: string): Promise<readonly string[]> {
  const address = await databaseOf(dataDir);
  return address === null ? [] : ['--database', address];
}

/** A database without anything in it; it goes with the test. */
export async function emptyStore(): Promise<Store> {
  const store = cluster === undefined ? openSqlite(path.join(tempDir(), 'a.db')) : await openPostgres({ url: await copiedDatabase(cluster, 'template1') });
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= store.close());
  onTestFinished(close);
  return { ...store, close };
}

/** The records behind the server's back, in one transaction; on SQLite only while it is stopped. */
export async function inRecords<T>(dataDir: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const address = await databaseOf(dataDir);
  const store: Store = address === null ? openSqlite(path.join(dataDir, 'office.db')) : await openPostgres({ url: address, connections: 2 });
  try {
    return await store.write(work);
  } finally {
    await store.close();
  }
}

/** Everything that the database of a stopped server holds, as one text, to search for what may not be in it. */
export async function recordsAsText(dataDir: string): Promise<string> {
  const address = await databaseOf(dataDir);
  if (address === null) return readFileSync(path.join(dataDir, 'office.db')).toString('latin1');
  const tables = await onDatabase(address, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
  const rows = await Promise.all(tables.map(({ tablename }) => onDatabase(address, `SELECT t::text FROM ${String(tablename)} t`)));
  return JSON.stringify(rows);
}

/** A backup of a stopped server: folder and records. Returns the copy's folder. */
export async function copyOfServer(dataDir: string): Promise<string> {
  const copy = tempDir();
  cpSync(dataDir, copy, { recursive: true });
  const address = await databaseOf(dataDir);
  if (cluster !== undefined && address !== null) databases.set(copy, Promise.resolve(await copiedDatabase(cluster, databaseIn(address))));
  return copy;
}

/** An empty folder that goes with the test. */
export function tempDir(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'xuncha-server-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }));
  return folder;
}

let bundle: Promise<string> | null = null;

/** The server bundled as for delivery, once a test process; below the repository, so that its packages are found. */
async function serverBundle(): Promise<string> {
  const about = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  const outfile = path.join(root, '.cache/tests', `server-${process.pid}.mjs`);
  bundle ??= esbuild.build({
    entryPoints: [path.join(root, 'src-server/server.ts')], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'error',
    external: Object.keys(about.dependencies),
    banner: { js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);" },
  }).then(() => {
    process.once('exit', () => rmSync(outfile, { force: true }));
    return outfile;
  });
  return await bundle;
}
