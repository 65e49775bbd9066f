import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { _electron } from 'playwright';
import { electronExecutable, electronRuntime } from '../../../scripts/electron-runtime.mjs';

export const peerKinds = ['raw', 'rxdb', 'pouch'] as const;
export type PeerKind = (typeof peerKinds)[number];

/** A rival: its server in a process of its own, its client in a page of the same Electron that runs the product. */
export type Peer = {
  insert(from: number, to: number): Promise<void>;
  /** ms of everything inserted until the server has it and the client knows. */
  push(): Promise<number>;
  /** ms until what is new on the server is in the client's store. */
  pull(): Promise<number>;
  hash(): Promise<number>;
  count(): Promise<number>;
  seed(from: number, to: number): Promise<void>;
  mutate(indexes: readonly number[], version: number): Promise<void>;
  /** The client ends and another one begins, with an empty store. */
  freshClient(): Promise<void>;
  stop(): Promise<void>;
};

const home = path.join(import.meta.dirname, 'rivals');

/** Installs what the rivals need into the bench's own folder, once. */
export function installPeers(): void {
  if (existsSync(path.join(home, 'node_modules/rxdb'))) return;
  process.stderr.write('[bench] installing the peers\n');
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: home, stdio: ['ignore', 'ignore', 'inherit'] });
}

export async function startPeer(kind: PeerKind, display: Readonly<Record<string, string>>): Promise<Peer> {
  const folder = mkdtempSync(path.join(tmpdir(), `xuncha-peer-${kind}-`));
  await esbuild.build({
    entryPoints: [path.join(home, `page-${kind}.mjs`)], outfile: path.join(folder, 'page.js'), bundle: true, format: 'iife', platform: 'browser', target: 'chrome114',
    define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' }, logLevel: 'error', minify: true,
  });
  const server = fork(path.join(home, 'peer-server.mjs'), [kind, folder], { env: { ...process.env, NODE_ENV: 'production' }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [{ listening }] = (await once(server, 'message')) as [{ listening: string }];
  let asked = 0;
  const command = async (name: string, ...given: unknown[]): Promise<unknown> => {
    const id = (asked += 1);
    server.send({ id, name, given });
    for (;;) {
      const [answer] = (await once(server, 'message')) as [{ id: number; value?: unknown; error?: string }];
      if (answer.id !== id) continue;
      if (answer.error !== undefined) throw new Error(`${kind}: ${answer.error}`);
      return answer.value;
    }
  };
  let client = await openClient(listening, path.join(folder, 'client-1'), display);
  let clients = 1;
  return {
    insert: (from, to) => client.run('insert', from, to) as Promise<void>,
    push: () => client.run('push') as Promise<number>,
    pull: () => client.run('pull') as Promise<number>,
    hash: () => client.run('hash') as Promise<number>,
    count: () => command('count') as Promise<number>,
    seed: (from, to) => command('seed', from, to) as Promise<void>,
    mutate: (indexes, version) => command('mutate', indexes, version) as Promise<void>,
    async freshClient() {
      await client.close();
      client = await openClient(listening, path.join(folder, `client-${(clients += 1)}`), display);
    },
    async stop() {
      await client.close();
      const gone = once(server, 'exit');
      server.disconnect();
      await gone;
      rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

type Client = { run(name: string, ...given: readonly unknown[]): Promise<unknown>; close(): Promise<void> };

async function openClient(url: string, profile: string, display: Readonly<Record<string, string>>): Promise<Client> {
  const { dir } = await electronRuntime();
  const app = await _electron.launch({
    executablePath: electronExecutable(dir),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), path.join(home, 'window-app'), `--user-data-dir=${profile}`, `${url}/bench/`],
    env: { ...(process.env as Record<string, string>), ...display },
  });
  const page = await app.firstWindow();
  page.on('pageerror', (error) => process.stderr.write(`[peer] ${error.message}\n`));
  await page.waitForFunction(() => 'bench' in window);
  const run: Client['run'] = (name, ...given) => page.evaluate(([called, args]) => (window as unknown as { bench: Record<string, (...args: unknown[]) => unknown> }).bench[called as string]?.(...(args as unknown[])), [name, given] as const);
  // A first go in another store, so that nobody is measured cold.
  await run('open', 'warm');
  await run('insert', 900_000, 900_200);
  await run('open', 'main');
  return { run, close: () => app.close() };
}
