// Where PostgreSQL's programs are, and its package for the tests. Only the programs are wanted: the tests make a cluster of
// their own and never touch one of the system.
import { accessSync, constants, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './children.mjs';

const debianReleases = '/usr/lib/postgresql';
const clusterSettings = '/etc/postgresql-common/createcluster.conf';

/**
 * The folder with initdb and postgres, of the newest release; null when there is none.
 * @returns {string | null}
 */
export function postgresPrograms() {
  const debian = existsSync(debianReleases) ? readdirSync(debianReleases).sort((a, b) => Number(b) - Number(a)).map((release) => path.join(debianReleases, release, 'bin')) : [];
  const onPath = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return [...debian, ...onPath].find((folder) => ['initdb', 'postgres'].every((name) => isProgram(path.join(folder, name)))) ?? null;
}

/**
 * Installs Debian's package as root, unless the programs are there. The package would also make and start a cluster for
 * the whole system: that is switched off while it is installed. Says false when it could not be installed.
 * @param {{ apt: NodeJS.ProcessEnv, updated: boolean, say: (line: string) => void }} how
 * @returns {Promise<boolean>}
 */
export async function installPostgres({ apt, updated, say }) {
  if (postgresPrograms() !== null) return true;
  say('installing postgresql, without a cluster of the system');
  const install = /** @param {string} name */ (name) => run('apt-get', ['install', '-y', '--no-install-recommends', name], { env: apt });
  if (!updated && (await run('apt-get', ['update', '-q'], { env: apt })) !== 0) return false;
  if ((await install('postgresql-common')) !== 0) return false;
  const before = readFileSync(clusterSettings, 'utf8');
  writeFileSync(clusterSettings, withoutMainCluster(before));
  try {
    return (await install('postgresql')) === 0 && postgresPrograms() !== null;
  } finally {
    writeFileSync(clusterSettings, before);
  }
}

/**
 * @param {string} settings
 * @returns {string}
 */
export function withoutMainCluster(settings) {
  return `${settings.split('\n').filter((line) => !/^\s*create_main_cluster\b/.test(line)).join('\n').trimEnd()}\ncreate_main_cluster = false\n`;
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
