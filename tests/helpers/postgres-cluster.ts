import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { postgresPrograms } from '../../scripts/postgres-programs.mjs';

/** A PostgreSQL of our own: own folder, own free port on loopback, no socket. Nothing of a system's cluster is touched. */
export type PostgresCluster = {
  /** Address of its database `postgres`, with the password. */
  readonly url: string;
  urlOf(database: string): string;
  /** As when the power goes: nothing is written out. `start` brings it back on the same port. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
};

/** Makes and starts one. `settings` as in postgresql.conf; fsync stays on unless they say otherwise. */
export async function postgresCluster(settings: Readonly<Record<string, string>> = {}): Promise<PostgresCluster> {
  const programs = postgresPrograms();
  if (programs === null) throw new Error('PostgreSQL is not installed');
  const user = ordinaryUser();
  const folder = mkdtempSync(path.join(tmpdir(), 'xuncha-postgres-'));
  const data = path.join(folder, 'data');
  const [port, password] = [await freePort(), randomBytes(12).toString('hex')];
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(path.join(folder, 'password'), `${password}\n`);
  if (user) for (const each of [folder, data, path.join(folder, 'password')]) chownSync(each, user.uid, user.gid);
  const as = (program: string, args: readonly string[]): readonly [string, readonly string[]] => {
    const command = [path.join(programs, program), ...args];
    // Ends with us, however we end; and PostgreSQL refuses to run as root.
    const identity = user ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'] : [];
    return existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', [...identity, '--pdeathsig', 'SIGQUIT', ...command]] : [command[0] ?? '', command.slice(1)];
  };
  const [initdb, initArgs] = as('initdb', ['-D', data, '-U', 'xuncha', '-A', 'password', `--pwfile=${folder}/password`, '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions']);
  execFileSync(initdb, initArgs, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const urlOf = (database: string): string => `postgres://xuncha:${password}@127.0.0.1:${port}/${database}`;
  const wanted = { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '', max_connections: '200', shared_buffers: '64MB', ...settings };
  let child: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    const [program, args] = as('postgres', ['-D', data, ...Object.entries(wanted).flatMap(([name, value]) => ['-c', `${name}=${value}`])]);
    child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] });
    await answering(urlOf('postgres'), child);
  };
  const end = async (signal: 'SIGINT' | 'SIGQUIT'): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  await start();
  return {
    url: urlOf('postgres'), urlOf, start,
    crash: () => end('SIGQUIT'),
    async remove() {
      await end('SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs statements, one after the other, on a connection of their own. */
export async function onDatabase(url: string, ...statements: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: readonly Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query<Record<string, unknown>>(statement));
    return rows;
  } finally {
    await client.end();
  }
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (const until = Date.now() + 30_000; ; ) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL ended at its start with ${child.exitCode}`);
    try {
      await onDatabase(url, 'SELECT 1');
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** For root: the user that the package made. Null: we are no root. */
function ordinaryUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
