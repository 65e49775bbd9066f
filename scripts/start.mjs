// npm start: sets up, builds, starts a local demo server and opens the application on it.
// Where there is no display it runs under Xvfb and prints the path of a picture of the open window.
//
//   npm start [-- --once]     --once ends as soon as the picture is saved
import { existsSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { build } from './build.mjs';
import { end, start } from './children.mjs';
import { claimServerFolder, DEMO_ENDED_EXIT, removeEndedDemo } from './demo-folders.mjs';
import { electronExecutable } from './electron-runtime.mjs';
import { program } from './program.mjs';
import { startServer } from './server-child.mjs';
import { setUp } from './setup.mjs';
import { hasDisplay, startXvfb } from './xvfb.mjs';

const root = path.resolve(import.meta.dirname, '..');
// Profile and server of the demo, apart from any real one. Ended in the settings, or deleted, it begins anew.
const demoDir = path.resolve(process.env.XUNCHA_DEMO_DIR ?? path.join(root, '.cache/demo'));
// Kept from one start to the next, so that what the profile remembers of its server stays true.
const usualPort = 18443;
// The rooms of the inspection that is under way in the demo office (src-shared/domain/demo/demo-records.ts).
const firstScreen = '/inspections/0190d3c2-0000-7000-8000-000000000001/rooms';

await program('start', async () => {
  const once = process.argv.includes('--once');
  const { electronDir } = await setUp({ window: true });
  await build({ only: ['main', 'renderer', 'server'] });
  const screen = hasDisplay() ? null : await startXvfb({ width: 1440, height: 900 });
  const serverDir = claimServerFolder(demoDir);
  const picture = screen || once ? path.join(demoDir, 'window.png') : null;
  if (picture) rmSync(picture, { force: true });
  const server = await startServer({ dataDir: serverDir, demo: true, port: await usualOrFreePort() });
  say(`demo server at ${server.url}`);
  if (screen) say(`no display here: the window opens under Xvfb on ${screen.display}`);
  let ended = 1;
  try {
    ended = await openWindow({ electronDir: electronDir ?? '', serverUrl: server.url, display: screen?.display, picture, once });
  } finally {
    await end(server.child);
    await screen?.stop();
  }
  return ended === DEMO_ENDED_EXIT ? demoEnded() : ended;
});

/** A person has ended the demo in its settings. */
function demoEnded() {
  const left = removeEndedDemo(demoDir);
  say('the demo has ended, its profile and its server\'s data are removed. npm start begins a new one; real work begins with npm run serve.');
  for (const folder of left) say(`not removed, it was not empty when the demo came: ${folder}`);
  return 0;
}

/**
 * Runs the application until its window is closed; resolves to its exit code.
 * @param {{ electronDir: string, serverUrl: string, display: string | undefined, picture: string | null, once: boolean }} options
 */
async function openWindow({ electronDir, serverUrl, display, picture, once }) {
  const args = [root, `--demo-server=${serverUrl}`, `--open=${firstScreen}`, `--profile-dir=${path.join(demoDir, 'profile')}`];
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    args.unshift('--no-sandbox');
    say('running as root: Chromium refuses its sandbox there, so it is off. Start as an ordinary user to have it on.');
  }
  const env = { ...process.env, ...(display ? { DISPLAY: display } : {}), ...(picture ? { XUNCHA_SCREENSHOT: picture } : {}) };
  const child = start(electronExecutable(electronDir), args, { env, stdio: ['ignore', 'inherit', 'pipe'] });
  child.stderr?.setEncoding('utf8').on('data', (text) => process.stderr.write(withoutChromiumNoise(text)));
  const closed = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
  if (picture === null) return closed;
  await Promise.race([pictureSaved(picture), closed]);
  if (!existsSync(picture)) throw new Error('the window closed before its first screen was complete');
  say(`the open window: ${picture}`);
  if (!once) say('still running; Ctrl+C ends it');
  else await end(child);
  return once ? 0 : closed;
}

/**
 * Resolves when the application has put the finished picture in its place.
 * @param {string} file
 * @returns {Promise<void>}
 */
function pictureSaved(file) {
  return new Promise((resolve) => {
    const look = setInterval(() => {
      if (!existsSync(file)) return;
      clearInterval(look);
      resolve();
    }, 100);
    look.unref();
  });
}

/**
 * Chromium's own lines about missing desktop services say nothing about us.
 * @param {string} text
 */
function withoutChromiumNoise(text) {
  return text.split('\n').filter((line) => !/^\[\d+:\d{4}\/\d{6}/.test(line)).join('\n');
}

/** @returns {Promise<number>} the usual port, or 0 for any free one when somebody else has it */
function usualOrFreePort() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen(usualPort, '127.0.0.1', () => probe.close(() => resolve(usualPort)));
  });
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`[start] ${line}\n`);
}
