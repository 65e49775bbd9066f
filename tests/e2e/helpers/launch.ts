import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { electronExecutable } from '../../../scripts/electron-runtime.mjs';

const root = path.resolve(import.meta.dirname, '../../..');

/** One running application with its one window. */
export type OpenApp = Readonly<{
  app: ElectronApplication;
  page: Page;
  profileDir: string;
  /** What the process wrote so far on standard output and error. */
  output: () => string;
  /** Quits as a person does, so that the window may save first. */
  close: () => Promise<void>;
  /** kill -9: nothing gets a chance to finish. Of one that is gone already, nothing happens. */
  kill: () => Promise<void>;
}>;

export type LaunchOptions = Readonly<{
  profileDir: string;
  /** Origin of an office's server. */
  server?: string;
  /** Origin of a demo server; excludes `server`. */
  demoServer?: string;
  /** Size of the page in CSS pixels, 1366 × 768 unless told. */
  size?: Readonly<{ width: number; height: number }>;
  /** Further switches, such as Chromium's fake camera. */
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Wait until the first screen says that it is complete (default), or only for the window. */
  until?: 'ready' | 'window';
  /** Another executable and its own arguments instead of the development runtime with our folder: a packed application. */
  packed?: string;
}>;

/** The camera of a machine without one: a moving test picture, granted by our own permission handler only. */
export const fakeCamera: readonly string[] = ['--use-fake-device-for-media-stream'];

/** Starts the built application on its own profile, in Chinese, and waits for its window. */
export async function launchApp(options: LaunchOptions): Promise<OpenApp> {
  const { profileDir, size = { width: 1366, height: 768 } } = options;
  const app = await _electron.launch({
    executablePath: options.packed ?? electronExecutable(runtimeDir()),
    args: launchArgs(options),
    cwd: root,
    env: { ...inheritedEnv(), ...options.env },
    timeout: 30_000,
  });
  const child = app.process();
  let output = '';
  child.stdout?.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (output += text.toString()));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const page = await app.firstWindow();
  await resize(app, size);
  if (options.until !== 'window') await page.locator('html[data-screen="ready"]').waitFor({ timeout: 30_000 });
  return {
    app,
    page,
    profileDir,
    output: () => output,
    close: () => app.close(),
    kill: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Sets the size of the page, in CSS pixels, as a screen of that size would show it. */
export async function resize(app: ElectronApplication, size: Readonly<{ width: number; height: number }>): Promise<void> {
  await app.evaluate(({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height), size);
}

/** Saves a picture of the window for people to look at: test-results/screens/<name>.png. */
export async function picture(page: Page, name: string): Promise<string> {
  const file = path.join(root, 'test-results/screens', `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
  return file;
}

/** The switches that every launch of ours has, the application's folder among them unless it is a packed one. */
export function launchArgs(options: Pick<LaunchOptions, 'profileDir' | 'server' | 'demoServer' | 'args' | 'packed'>): string[] {
  return [
    // Chromium refuses its sandbox to root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(options.packed === undefined ? [root] : []),
    `--profile-dir=${options.profileDir}`,
    '--lang=zh-CN',
    ...(options.server === undefined ? [] : [`--server=${options.server}`]),
    ...(options.demoServer === undefined ? [] : [`--demo-server=${options.demoServer}`]),
    ...(options.args ?? []),
  ];
}

/** The folder that the global setup found. */
export function runtimeDir(): string {
  const dir = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (!dir) throw new Error('no Electron runtime: run through playwright.config.mts');
  return dir;
}

function inheritedEnv(): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  // Would turn Electron into a plain Node.
  return Object.fromEntries(entries.filter(([name]) => name !== 'ELECTRON_RUN_AS_NODE'));
}
