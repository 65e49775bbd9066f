import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { end } from '../../scripts/children.mjs';
import { electronExecutable } from '../../scripts/electron-runtime.mjs';
import { packApplication } from '../../scripts/package.mjs';
import { expect, test } from './helpers/fixtures.ts';
import { launchArgs, runtimeDir } from './helpers/launch.ts';

// The fuses of a packed application shut out the inspector that Playwright's Electron launcher needs, as they should.
// So it is started like any program: its debugging port names the page, and it takes a picture of its own window.

let packed = '';
let unpacked = '';
let executable = '';

test.beforeAll(async () => {
  test.setTimeout(120_000);
  packed = mkdtempSync(path.join(tmpdir(), 'xuncha-packed-'));
  unpacked = path.join(packed, 'linux-unpacked');
  executable = path.join(unpacked, 'xuncha');
  expect(await packApplication(['--linux', 'dir'], { output: packed })).toBe(0);
});
test.afterAll(() => rmSync(packed, { recursive: true, force: true }));

test('a packed application starts without any server and shows its window', async ({ folder }) => {
  const screens = path.resolve('test-results/screens');
  mkdirSync(screens, { recursive: true });
  const file = path.join(screens, 'packed-application.png');
  rmSync(file, { force: true });
  const args = launchArgs({
    profileDir: path.join(folder, 'profile'),
    packed: executable,
    // Nothing listens there: a start never waits for the office.
    demoServer: 'http://127.0.0.1:9',
    args: ['--remote-debugging-port=0'],
  });
  const child = spawn(executable, args, { cwd: folder, env: { ...process.env, XUNCHA_SCREENSHOT: file }, stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    const port = await debuggingPort(child);
    await expect.poll(() => existsSync(file), { message: 'its first screen is complete', timeout: 20_000 }).toBe(true);
    const pages = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as { type: string; url: string; title: string }[];
    expect(pages.filter(({ type }) => type === 'page')).toEqual([expect.objectContaining({ url: expect.stringMatching(/^app:\/\/main\/(#.*)?$/) })]);
    expect(statSync(file).size).toBeGreaterThan(2_000);
  } finally {
    await end(child);
  }
});

test('a packed application holds our archive and nothing else that could run', () => {
  expect(existsSync(path.join(unpacked, 'resources/app.asar'))).toBe(true);
  expect(existsSync(path.join(unpacked, 'resources/app'))).toBe(false);
  expect(existsSync(path.join(unpacked, 'resources/default_app.asar'))).toBe(false);
  expect(existsSync(path.join(unpacked, 'resources/app.asar.unpacked'))).toBe(false);
});

test('started by an ordinary user, the page of a packed application is inside the sandbox of Chromium', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'xuncha-user-'));
  const asRoot = process.getuid?.() === 0;
  const nobody = 65534;
  if (asRoot) {
    chmodSync(packed, 0o755);
    chownSync(folder, nobody, nobody);
  }
  const file = path.join(folder, 'window.png');
  const child = spawn(executable, [`--profile-dir=${folder}/profile`, '--demo-server=http://127.0.0.1:9'], {
    cwd: '/',
    env: { PATH: process.env['PATH'], DISPLAY: process.env['DISPLAY'], HOME: folder, XUNCHA_SCREENSHOT: file },
    stdio: 'ignore',
    ...(asRoot ? { uid: nobody, gid: nobody } : {}),
  });
  try {
    await expect.poll(() => existsSync(file), { message: 'its first screen is complete', timeout: 20_000 }).toBe(true);
    const renderers = processesOf(executable).filter(({ commandLine }) => commandLine.includes('--type=renderer'));
    expect(renderers.length).toBeGreaterThan(0);
    for (const { status } of renderers) {
      // Mode 2 is a filter on system calls.
      expect(status).toMatch(/^Seccomp:\t2$/m);
      expect(status).toMatch(/^NoNewPrivs:\t1$/m);
    }
  } finally {
    await end(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

test('a packed application does not act as a plain Node, though the runtime it is made of does', async () => {
  const asNode = async (program: string): Promise<string> => {
    const child = spawn(program, ['-e', 'console.log("a plain Node")'], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5_000,
    });
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    await new Promise((resolve) => child.once('close', resolve));
    return said.trim();
  };
  expect(await asNode(electronExecutable(runtimeDir()))).toBe('a plain Node');
  expect(await asNode(executable)).toBe('');
});

/** The port that Chromium names once its debugging socket is open. */
function debuggingPort(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (text: Buffer) => {
      said += text.toString();
      const found = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(said)?.[1];
      if (found) resolve(found);
    });
    child.once('close', (code) => reject(new Error(`the packed application ended (exit ${code}):\n${said}`)));
  });
}

/** Every process of one executable, with its command line and the kernel's view of it. */
function processesOf(program: string): { commandLine: string; status: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return commandLine.startsWith(program) ? [{ commandLine, status: readFileSync(`/proc/${pid}/status`, 'utf8') }] : [];
      } catch {
        // Gone while we looked.
        return [];
      }
    });
}
