import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPrivateCups, type PrivateCups } from '../../integration/printing/private-cups.ts';
import { deskAt, type Desk } from './desk.ts';
import { launchApp, type LaunchOptions } from './launch.ts';
import { startOffice, type Office } from './office.ts';

/** An office with its server, a printer, the inspector's laptop and the desk of the house, kept over several tests. */
export type TwoLaptops = {
  readonly folder: string;
  readonly cups: PrivateCups;
  readonly office: () => Office;
  /** In the field. */
  readonly inspector: () => Desk;
  /** The desk in the house: supervisor and office people sign in there one after the other. */
  readonly house: () => Desk;
  stopServer(): Promise<void>;
  /** The same server at the same address, as after a night. */
  startServer(): Promise<void>;
  /** Closes and opens the inspector's laptop. */
  reopenInspector(): Promise<Desk>;
  end(): Promise<void>;
};

export async function twoLaptops(): Promise<TwoLaptops> {
  const folder = mkdtempSync(path.join(tmpdir(), 'xuncha-story-'));
  const dataDir = path.join(folder, 'server');
  const [firstOffice, cups] = await Promise.all([startOffice({ dataDir }), startPrivateCups()]);
  await cups.addQueue('Office');
  const laptop = async (name: string, options: Partial<LaunchOptions> = {}): Promise<Desk> =>
    deskAt(await launchApp({ profileDir: path.join(folder, name), env: { CUPS_SERVER: cups.server }, ...options }));
  let office = firstOffice;
  const [inField, house] = await Promise.all([laptop('inspector'), laptop('house')]);
  let inspector = inField;
  const port = Number(new URL(office.url).port);
  return {
    folder, cups,
    office: () => office,
    inspector: () => inspector,
    house: () => house,
    stopServer: () => office.stop(),
    async startServer() {
      office = await startOffice({ dataDir, port });
    },
    async reopenInspector() {
      await inspector.open.close();
      inspector = await laptop('inspector');
      return inspector;
    },
    async end() {
      await Promise.all([inspector, house].map(({ open }) => open.kill()));
      await Promise.all([office.stop(), cups.stop()]);
      rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}
