import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base } from '@playwright/test';
import { launchApp, type LaunchOptions, type OpenApp } from './launch.ts';
import { startOffice, type Office } from './office.ts';

export { expect } from '@playwright/test';

type Fixtures = {
  /** An empty folder of this test alone, removed afterwards. */
  folder: string;
  /** Starts an application; it is ended with the test. `profileDir` is a new folder unless given. */
  launch: (options?: Partial<LaunchOptions>) => Promise<OpenApp>;
  /** Starts a server on this test's folder; it is ended with the test. */
  openOffice: (options?: Readonly<{ dataDir?: string; demo?: boolean; port?: number; env?: Record<string, string> }>) => Promise<Office>;
};

export const test = base.extend<Fixtures>({
  folder: async ({}, provide) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'xuncha-e2e-'));
    await provide(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 20 });
  },
  launch: async ({ folder }, provide) => {
    const opened: OpenApp[] = [];
    let profiles = 0;
    await provide(async (options = {}) => {
      const app = await launchApp({ profileDir: path.join(folder, `profile-${(profiles += 1)}`), ...options });
      opened.push(app);
      return app;
    });
    await Promise.all(opened.map((app) => app.kill()));
  },
  openOffice: async ({ folder }, provide) => {
    const offices: Office[] = [];
    await provide(async (options = {}) => {
      const office = await startOffice({ dataDir: path.join(folder, 'office'), ...options });
      offices.push(office);
      return office;
    });
    await Promise.all(offices.map((office) => office.stop()));
  },
});
