import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { electronExecutable } from '../../scripts/electron-runtime.mjs';
import { expect, test } from './helpers/fixtures.ts';
import { fakeCamera, launchArgs, runtimeDir } from './helpers/launch.ts';

test('the page runs in a sandbox, apart from Electron and Node', async ({ launch }) => {
  const { app, page } = await launch();
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences: () => Record<string, unknown> };
    const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
  });
  expect(preferences).toEqual({
    sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false,
  });
  const seen = await page.evaluate(() => ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer'].filter((name) => name in window));
  expect(seen).toEqual([]);
  expect(await page.evaluate(() => Object.keys((window as unknown as { bridge: object }).bridge).toSorted())).toEqual(['call', 'on']);
});

test('every answer carries exactly the one content security policy, with a nonce of its own', async ({ launch }) => {
  const { page } = await launch();
  expect(page.url()).toMatch(/^app:\/\/main\/(#.*)?$/);
  const policies = await page.evaluate(async () => {
    const answers = await Promise.all(['app://main/', 'app://main/', 'app://main/no-such-file'].map((url) => fetch(url)));
    return answers.map((answer) => answer.headers.get('content-security-policy') ?? '');
  });
  const nonces = policies.map((policy) => /'nonce-([A-Za-z0-9+/]{22}==)'/.exec(policy)?.[1] ?? 'none');
  expect(new Set(nonces).size).toBe(3);
  policies.forEach((policy, index) => {
    expect(policy).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonces[index]}'; style-src-attr 'none'; ` +
        "img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    );
  });
});

test('the first screen draws without breaking the policy once', async ({ launch }) => {
  const { app, page } = await launch();
  const broken: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedScript/.test(message.text())) broken.push(message.text());
  });
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
  await page.waitForLoadState('load');
  await page.locator('html[data-screen="ready"]').waitFor();
  expect(broken).toEqual([]);
});

test('text that pretends to be a script never runs', async ({ launch }) => {
  const { page } = await launch();
  const attempts = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const failed = (attempt: () => void): string => {
          try {
            attempt();
            return 'it ran';
          } catch (error) {
            return (error as Error).name;
          }
        };
        // In a task of the page's own: inside an evaluation by the test the debugger lifts the ban on eval.
        setTimeout(() => {
          resolve({
            html: failed(() => Reflect.set(document.createElement('div'), 'innerHTML', '<img src=x onerror=alert(1)>')),
            worker: failed(() => new Worker('/app/any.js')),
            code: failed(() => Reflect.apply(Reflect.get(window, 'eval') as () => void, window, ['1'])),
          });
        });
      }),
  );
  expect(attempts).toEqual({ html: 'TypeError', worker: 'TypeError', code: 'EvalError' });
});

test('files outside the built pages are out of reach', async ({ launch }) => {
  const { page } = await launch();
  const statuses = await page.evaluate(async () => {
    const fonts = ['/system-fonts/', '/system-fonts/simfang.ttf', '/system-fonts/..%2f..%2fetc%2fpasswd', '/system-fonts/fangsong/x'];
    const paths = ['/..%2fmain/main.cjs', '/%2e%2e/main/main.cjs', '/..%5cmain%5cmain.cjs', '/fonts/', '/fonts/../../../package.json', '/%', ...fonts];
    return Promise.all(paths.map(async (path) => (await fetch(`app://main${path}`)).status));
  });
  expect(new Set(statuses)).toEqual(new Set([404]));
  expect(await page.evaluate(async () => (await fetch('app://main/fonts/NotoSerifSC-Regular.ttf')).headers.get('content-type'))).toBe('font/ttf');
  // Fonts of the machine are asked for by their part in a paper, and the answer names no file.
  const list = await page.evaluate(async () => (await fetch('app://main/system-fonts')).text());
  expect(Object.keys(JSON.parse(list) as object).toSorted()).toEqual(['fangsong', 'xiaobiaosong']);
  expect(list).not.toMatch(/[/\\]/);
  const elsewhere = await page.evaluate(() => fetch('app://other/').then(() => 'answered', () => 'refused'));
  expect(elsewhere).toBe('refused');
});

test('the window can not be led to another address', async ({ launch }) => {
  const { app, page } = await launch();
  for (const address of ['https://example.invalid/', 'file:///etc/passwd', 'app://other/', 'app://main/fonts/LICENSE']) {
    const asked = app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<boolean>((resolve) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          // Added last, so it sees what our own listener decided.
          contents?.once('will-navigate', (event) => setImmediate(() => resolve(event.defaultPrevented)));
        }),
    );
    await page.evaluate((url) => {
      const link = document.createElement('a');
      link.href = url;
      document.body.append(link);
      link.click();
      link.remove();
    }, address);
    // Chromium itself blocks a page's way to file: before Electron is asked.
    if (!address.startsWith('file:')) expect(await asked, address).toBe(true);
    expect(page.url(), address).toMatch(/^app:\/\/main\/(#.*)?$/);
  }
});

test('the page can open no window and embed no other page', async ({ launch }) => {
  const { app, page } = await launch();
  expect(await page.evaluate(() => window.open('app://main/') === null)).toBe(true);
  expect(await page.evaluate(() => window.open('https://example.invalid/') === null)).toBe(true);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(await page.evaluate(() => 'loadURL' in document.createElement('webview'))).toBe(false);
});

test('only the camera is granted, and without its microphone', async ({ launch }) => {
  const { page } = await launch({ args: fakeCamera });
  const granted = await page.evaluate(async () => {
    const ask = (wish: MediaStreamConstraints): Promise<string> =>
      navigator.mediaDevices.getUserMedia(wish).then((stream) => {
        for (const track of stream.getTracks()) track.stop();
        return 'granted';
      }, (error: DOMException) => error.name);
    const place = new Promise<string>((resolve) => navigator.geolocation.getCurrentPosition(() => resolve('granted'), (error) => resolve(`refused ${error.code}`)));
    return {
      camera: await ask({ video: true }),
      microphone: await ask({ audio: true }),
      both: await ask({ video: true, audio: true }),
      place: await place,
      notifications: await Notification.requestPermission(),
      clipboard: await navigator.clipboard.readText().then(() => 'granted', (error: DOMException) => error.name),
    };
  });
  expect(granted).toEqual({
    camera: 'granted', microphone: 'NotAllowedError', both: 'NotAllowedError', place: 'refused 1', notifications: 'denied', clipboard: 'NotAllowedError',
  });
});

test('a bridge name that is not in the contract is refused', async ({ launch }) => {
  const { page } = await launch();
  const refusals = await page.evaluate(async () => {
    const { bridge } = window as unknown as {
      bridge: { call: (name: unknown, payload: unknown) => Promise<unknown>; on: (name: unknown, listener: unknown) => unknown };
    };
    const names = ['journal.wipe', '', 'constructor', '__proto__', 'journal.append ', 7, null, ['journal.append']];
    const calls = await Promise.all(names.map((name) => bridge.call(name, {}).then(() => 'answered', (error: Error) => error.message)));
    const listens = names.map((name) => {
      try {
        bridge.on(name, () => undefined);
        return 'listening';
      } catch (error) {
        return (error as Error).message;
      }
    });
    return { calls: [...new Set(calls)], listens: [...new Set(listens)] };
  });
  expect(refusals).toEqual({ calls: ['unknown bridge call'], listens: ['unknown bridge event'] });
});

test('a second start on the same profile shows the first window instead', async ({ launch }) => {
  const first = await launch();
  const second = spawn(electronExecutable(runtimeDir()), launchArgs({ profileDir: first.profileDir }), { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  second.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(second, 'close')) as [number];
  expect(code).toBe(0);
  expect(said).toContain('already runs with this profile');
  expect(await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('a server beyond this machine without TLS is refused at the start', async ({ folder }) => {
  const child = spawn(electronExecutable(runtimeDir()), launchArgs({ profileDir: folder, server: 'http://office.example:8443' }), { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(2);
  expect(said).toContain('needs https');
});
