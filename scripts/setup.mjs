// What every command does first: Node's version, npm packages, and on request system packages and an Electron runtime.
// Uses nothing that is not in Node itself, because it runs on a fresh clone.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { start } from './children.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { systemPackages } from './system-packages.mjs';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Brings the machine to where the program can be built, and with `window` to where Electron can run.
 * Says what it does; throws with a sentence when it can not.
 * @param {{ window?: boolean, tests?: boolean }} [options]
 * @returns {Promise<{ electronDir: string | null }>}
 */
export async function setUp({ window = false, tests = false } = {}) {
  checkNode(process.versions.node);
  if (window || tests) await systemPackages({ tests });
  await npmPackages();
  if (!window && !tests) return { electronDir: null };
  const { dir, source } = await electronRuntime();
  if (source === 'fallback') say('Electron: the development runtime, not the one that is shipped');
  return { electronDir: dir };
}

/**
 * Refuses a Node that is too old to run our scripts at all.
 * @param {string} version such as 20.19.0
 */
export function checkNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Node ${version} is too old: this needs 20.19 or newer (https://nodejs.org)`);
}

/** Installs the packages of package-lock.json unless node_modules already holds exactly those. */
async function npmPackages() {
  const stale = staleReason(readJson('package-lock.json'), readJson('node_modules/.package-lock.json'));
  if (stale === null) return;
  say(`npm packages: ${stale}, running npm ci (about a minute)`);
  // Install scripts stay off: no package needs its own, and each would be foreign code on this machine.
  // Electron 45 asks for a newer Node than ours; it runs in its own, so that is only a warning.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--engine-strict=false', '--loglevel=error'];
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const child = start(npm, args, { cwd: root, stdio: ['inherit', 2, 2], shell: process.platform === 'win32' });
  const startedAt = Date.now();
  const progress = setInterval(() => {
    say(`npm ci: ${folderCount()} folders after ${Math.round((Date.now() - startedAt) / 1000)} s`);
  }, 10_000);
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => clearInterval(progress));
  if (code !== 0) throw new Error(`npm ci failed (exit ${code})`);
}

/**
 * Why node_modules does not match the lock file, or null when it does. npm writes its own list there as its last step,
 * so an interrupted installation has none.
 * @typedef {{ packages?: Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean }> }} LockFile
 * @param {LockFile | null} wanted package-lock.json
 * @param {LockFile | null} installed node_modules/.package-lock.json
 * @returns {string | null}
 */
export function staleReason(wanted, installed) {
  if (installed?.packages === undefined) return 'not installed';
  for (const [folder, entry] of Object.entries(wanted?.packages ?? {})) {
    if (folder === '' || entry.link) continue;
    const found = installed.packages[folder];
    if (found === undefined) {
      // Binaries of other platforms are listed in the lock and rightly absent here.
      if (entry.optional || entry.devOptional) continue;
      return `${folder.replace('node_modules/', '')} is missing`;
    }
    if (found.version !== entry.version || found.integrity !== entry.integrity) {
      return `${folder.replace('node_modules/', '')} is ${found.version}, wanted ${entry.version}`;
    }
  }
  return null;
}

function folderCount() {
  const modules = path.join(root, 'node_modules');
  return existsSync(modules) ? readdirSync(modules).length : 0;
}

/**
 * @param {string} file
 * @returns {LockFile | null}
 */
function readJson(file) {
  const absolute = path.join(root, file);
  return existsSync(absolute) ? JSON.parse(readFileSync(absolute, 'utf8')) : null;
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`[setup] ${line}\n`);
}
