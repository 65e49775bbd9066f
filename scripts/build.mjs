// Builds dist/: main and preload (CommonJS for Electron 25's Node 18 and later), server and companion (ESM for Node 20),
// renderer (Vite, for Chromium 114 and later) with its fonts and assets. A renderer that is up to date is left alone;
// the other parts take a fraction of a second and are always made anew.
//
//   node scripts/build.mjs [--only main,server,cli,renderer] [--force]
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const packageJson = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** The parts and the file each is built from. */
const entries = {
  main: ['src-main/main.ts', 'src-main/preload.ts', 'src-shared/bridge/calls.ts'],
  server: ['src-server/server.ts'],
  cli: ['src-cli/xuncha.ts'],
  renderer: ['src-renderer/index.html', 'src-renderer/main.tsx'],
};

/** What PDF writing embeds whole: a subset was seen to drop a surname's character without a word. */
const fonts = {
  'NotoSerifSC-Regular.ttf': '400Regular/NotoSerifSC_400Regular.ttf',
  'NotoSerifSC-Bold.ttf': '700Bold/NotoSerifSC_700Bold.ttf',
};

/** @typedef {keyof typeof entries} Part */

/**
 * Builds the named parts, all of them by default. Throws with a sentence when a source is missing or does not build.
 * @param {{ only?: readonly Part[], force?: boolean, quiet?: boolean }} [options]
 */
export async function build({ only, force = false, quiet = false } = {}) {
  const parts = only ?? /** @type {Part[]} */ (Object.keys(entries));
  const missing = parts.flatMap((part) => entries[part]).filter((file) => !existsSync(path.join(root, file)));
  if (missing.length > 0) throw new Error(`cannot build: missing ${missing.join(', ')}`);
  const release = await takeLock();
  try {
    const startedAt = performance.now();
    const made = await Promise.all(parts.map((part) => builders[part](force)));
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    if (!quiet) process.stderr.write(`[build] ${parts.map((part, index) => `${part} ${made[index]}`).join(', ')} (${seconds} s)\n`);
  } finally {
    release();
  }
}

/** @type {Record<Part, (force: boolean) => Promise<'built' | 'up to date'>>} */
const builders = {
  async main() {
    const names = await bridgeNames();
    const common = {
      bundle: true,
      platform: /** @type {const} */ ('node'),
      format: /** @type {const} */ ('cjs'),
      target: 'node18',
      external: ['electron'],
      sourcemap: /** @type {const} */ ('linked'),
    };
    await bundle({
      ...common,
      entryPoints: [path.join(root, 'src-main/main.ts')],
      outfile: path.join(dist, 'main/main.cjs'),
      define: { PINNED_ELECTRON: JSON.stringify(packageJson.devDependencies.electron) },
    });
    await bundle({
      ...common,
      sourcemap: false,
      entryPoints: [path.join(root, 'src-main/preload.ts')],
      outfile: path.join(dist, 'main/preload.cjs'),
      define: { BRIDGE_CALL_NAMES: JSON.stringify(names.calls), BRIDGE_EVENT_NAMES: JSON.stringify(names.events) },
    });
    return 'built';
  },
  server: () => nodeProgram('src-server/server.ts', 'server/server.mjs'),
  cli: () => nodeProgram('src-cli/xuncha.ts', 'cli/xuncha.mjs'),
  async renderer(force) {
    const stamp = path.join(dist, '.renderer-inputs');
    const inputs = fingerprint(['src-renderer', 'src-shared', 'assets', 'vite.config.mts', 'package-lock.json', 'scripts/build.mjs']);
    if (!force && existsSync(path.join(dist, 'renderer/index.html')) && readIfThere(stamp) === inputs) return 'up to date';
    rmSync(stamp, { force: true });
    rmSync(path.join(dist, 'renderer'), { recursive: true, force: true });
    const { build: viteBuild } = await import('vite');
    await viteBuild({ configFile: path.join(root, 'vite.config.mts'), logLevel: 'warn' });
    copyFonts();
    if (existsSync(path.join(root, 'assets'))) {
      cpSync(path.join(root, 'assets'), path.join(dist, 'renderer/assets'), { recursive: true });
    }
    writeFileSync(stamp, inputs);
    return 'built';
  },
};

/**
 * A program for plain Node. Packages under "dependencies" stay outside (some carry binaries); all others are bundled, so
 * that a server needs only `npm ci --omit=dev`.
 * @param {string} entry
 * @param {string} outfile
 * @returns {Promise<'built'>}
 */
async function nodeProgram(entry, outfile) {
  await bundle({
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    entryPoints: [path.join(root, entry)],
    outfile: path.join(dist, outfile),
    external: Object.keys(packageJson.dependencies),
    sourcemap: 'linked',
    // CommonJS packages inside an ESM bundle ask for require.
    banner: { js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);" },
  });
  return 'built';
}

/**
 * esbuild with our terms: a warning is an error (an `import.meta` in CommonJS would be undefined at run time).
 * @param {import('esbuild').BuildOptions} options
 */
async function bundle(options) {
  const esbuild = await import('esbuild');
  const result = await esbuild.build({ ...options, logLevel: 'error', legalComments: 'none', metafile: false });
  if (result.warnings.length > 0) {
    const text = await esbuild.formatMessages(result.warnings, { kind: 'warning' });
    throw new Error(`${String(options.outfile)} has warnings:\n${text.join('\n')}`);
  }
}

/** The names in the bridge contract, read from the contract itself. */
async function bridgeNames() {
  const file = path.join(dist, '.bridge-contract.mjs');
  await bundle({
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    entryPoints: [path.join(root, 'src-shared/bridge/calls.ts')],
    outfile: file,
  });
  const contract = await import(`${pathToFileURL(file).href}?at=${statSync(file).mtimeMs}`);
  return { calls: Object.keys(contract.bridgeCalls), events: Object.keys(contract.bridgeEvents) };
}

function copyFonts() {
  const from = path.join(root, 'node_modules/@expo-google-fonts/noto-serif-sc');
  const to = path.join(dist, 'renderer/fonts');
  mkdirSync(to, { recursive: true });
  for (const [name, source] of Object.entries(fonts)) cpSync(path.join(from, source), path.join(to, name));
  // The Open Font License asks that its text travels with the fonts.
  cpSync(path.join(from, 'LICENSE_FONT'), path.join(to, 'LICENSE'));
}

/**
 * A fingerprint of files by path, size and time of change: enough to notice an edit, quick on thousands of files.
 * @param {readonly string[]} inputs
 */
function fingerprint(inputs) {
  const hash = createHash('sha256');
  for (const input of inputs) {
    const absolute = path.join(root, input);
    if (!existsSync(absolute)) continue;
    const files = statSync(absolute).isDirectory() ? filesBelow(absolute) : [absolute];
    for (const file of files) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${path.relative(root, file)}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .toSorted();
}

/** @param {string} file */
function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/**
 * One build at a time in this folder; waits for another that is under way and takes over from one that died.
 * @returns {Promise<() => void>}
 */
async function takeLock() {
  mkdirSync(dist, { recursive: true });
  const lock = path.join(dist, '.build-lock');
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return () => rmSync(lock, { force: true });
    } catch {
      const owner = Number(readIfThere(lock) ?? 0);
      if (owner > 0 && !isAlive(owner)) rmSync(lock, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { only: { type: 'string' }, force: { type: 'boolean' } } });
  const only = /** @type {Part[] | undefined} */ (values.only?.split(','));
  try {
    await build({ ...(only ? { only } : {}), ...(values.force ? { force: true } : {}) });
  } catch (error) {
    process.stderr.write(`[build] ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
