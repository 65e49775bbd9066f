import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Rules } from '../../../src-server/sync/rules.ts';
import { openServer, type RunningServer } from '../../../src-server/start/open-server.ts';

/** The real office server on loopback, in this process. */
export type Office = {
  url(): string;
  readonly firstCode: string;
  /** Starts again, on another port; `restored` as an administrator says it after putting a backup back, `rules` of an older program. */
  restart(options?: { readonly restored?: boolean; readonly rules?: Rules }): Promise<void>;
  /** Stops and copies the data folder; `putBack` puts the copy in its place. Both leave the server stopped. */
  backUp(): Promise<void>;
  putBack(): Promise<void>;
  stop(): Promise<void>;
};

export type Tls = { readonly cert: string; readonly key: string };

export async function startOffice(tls: Tls | null = null): Promise<Office> {
  const folder = mkdtempSync(path.join(tmpdir(), 'xuncha-office-'));
  const [dataDir, backup] = [path.join(folder, 'data'), path.join(folder, 'backup')];
  let firstCode = '';
  let server: RunningServer | null = null;
  const start = async (restored: boolean, rules?: Rules): Promise<RunningServer> =>
    openServer({ dataDir, port: 0, host: '127.0.0.1', demo: false, tls, logLevel: 'silent', addOffice: false, codeFor: null, restored }, {
      announce: (said) => { if ('firstAccountCode' in said) firstCode = said.firstAccountCode; },
      logTo: { write: () => undefined },
      ...(rules ? { rules } : {}),
    });
  const halt = async (): Promise<void> => {
    await server?.close();
    server = null;
  };
  server = await start(false);
  return {
    url: () => server?.url ?? '',
    firstCode,
    async restart({ restored = false, rules } = {}) {
      await halt();
      server = await start(restored, rules);
    },
    async backUp() {
      await halt();
      rmSync(backup, { recursive: true, force: true });
      cpSync(dataDir, backup, { recursive: true });
    },
    async putBack() {
      await halt();
      rmSync(dataDir, { recursive: true, force: true });
      cpSync(backup, dataDir, { recursive: true });
    },
    async stop() {
      await halt();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
