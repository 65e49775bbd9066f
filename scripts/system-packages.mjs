// System packages on Debian and Ubuntu. As root they are installed when missing; otherwise the exact command is printed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run } from './children.mjs';
import { installPostgres } from './postgres-programs.mjs';
import { hasDisplay } from './xvfb.mjs';

/** Alternatives are separated by `|`: newer releases renamed some libraries when their time type grew. */
const windowPackages = [
  'libnss3',
  'libatk-bridge2.0-0|libatk-bridge2.0-0t64',
  'libgtk-3-0|libgtk-3-0t64',
  'libgbm1',
  'libasound2|libasound2t64',
  'libcups2|libcups2t64',
  'libxss1',
  'libxtst6',
  'libdrm2',
  'dbus',
  'fonts-noto-cjk',
];
const displayPackages = ['xvfb'];
const testPackages = ['cups', 'cups-client', 'printer-driver-cups-pdf', 'poppler-utils'];

/**
 * Makes sure that what a window needs is there, and for `tests` also what the tests need.
 * Throws with the command to run when something is missing and we may not install it.
 * @param {{ tests?: boolean }} [options]
 */
export async function systemPackages({ tests = false } = {}) {
  if (process.platform !== 'linux') return;
  const wanted = [...windowPackages, ...(tests || !hasDisplay() ? displayPackages : []), ...(tests ? testPackages : [])];
  if (!existsSync('/usr/bin/dpkg-query')) {
    const xvfbMissing = wanted.includes('xvfb') && spawnSync('Xvfb', ['-help'], { stdio: 'ignore' }).error;
    if (xvfbMissing) throw new Error(`this system has no apt: install its equivalents of ${wanted.map(firstName).join(' ')}`);
    return;
  }
  const missing = missingPackages(wanted, installedPackages(wanted));
  const isRoot = process.getuid?.() === 0;
  if (missing.length > 0) await installPackages(missing, isRoot);
  // Only root may install it, and only CI insists on it: elsewhere the summary says that its tests did not run.
  if (tests && isRoot && !(await installPostgres({ apt: quietApt(), updated: missing.length > 0, say }))) say('postgresql could not be installed');
}

/**
 * @param {readonly string[]} missing
 * @param {boolean} isRoot
 */
async function installPackages(missing, isRoot) {
  const names = isRoot ? await updatedNames(missing) : missing.map(firstName);
  const install = ['install', '-y', '--no-install-recommends', ...names];
  if (!isRoot) throw new Error(`system packages are missing. Run:\n\n  sudo apt-get update && sudo apt-get ${install.join(' ')}\n`);
  say(`installing ${names.join(' ')}`);
  const code = await run('apt-get', install, { env: quietApt() });
  if (code !== 0) throw new Error(`apt-get ${install.join(' ')} failed (exit ${code})`);
}

/**
 * Which wanted packages have none of their alternatives installed.
 * @param {readonly string[]} wanted
 * @param {ReadonlySet<string>} installed
 */
export function missingPackages(wanted, installed) {
  return wanted.filter((entry) => !entry.split('|').some((name) => installed.has(name)));
}

/**
 * @param {readonly string[]} wanted
 * @returns {Set<string>}
 */
function installedPackages(wanted) {
  const names = wanted.flatMap((entry) => entry.split('|'));
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\\n', ...names], { encoding: 'utf8' });
  const lines = stdout.split('\n').filter((line) => line.endsWith(' installed'));
  return new Set(lines.map((line) => line.split(' ')[0] ?? ''));
}

/**
 * Updates apt's lists, then takes of each entry the alternative that this release has.
 * @param {readonly string[]} entries
 */
async function updatedNames(entries) {
  say('updating the package lists');
  const code = await run('apt-get', ['update', '-q'], { env: quietApt() });
  if (code !== 0) throw new Error(`apt-get update failed (exit ${code})`);
  return entries.map((entry) => entry.split('|').findLast(isInstallable) ?? firstName(entry));
}

/** @param {string} name */
function isInstallable(name) {
  const { stdout } = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' });
  return /Candidate: (?!\(none\))/.test(stdout);
}

/** @param {string} entry */
function firstName(entry) {
  return entry.split('|')[0] ?? entry;
}

function quietApt() {
  return { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`[system] ${line}\n`);
}
