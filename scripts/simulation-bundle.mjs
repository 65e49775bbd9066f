// Bundles the simulation for plain Node: the product's own sources, with Dexie in memory, and for planted bugs with a few lines
// changed on the way in. The sources on the disk stay as they are.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/**
 * @typedef {{ file: string, find: string, put: string }} Patch a text that stands in the file exactly once, and what replaces it
 */

/**
 * Sizes small enough that a schedule crosses them.
 * @type {readonly Patch[]}
 */
const smallSizes = [{ file: 'src-shared/journal/append-limits.ts', find: 'export const PIECE_CHANGES = ', put: 'export const PIECE_CHANGES = 2; export const usualPiece = ' }];

/**
 * @param {string} name of the bundle
 * @param {readonly Patch[]} patches
 * @returns {Promise<string>} the bundled worker
 */
export async function simulationBundle(name, patches = []) {
  const esbuild = await import('esbuild');
  const outfile = path.join(root, '.cache/simulation', `${name}.mjs`);
  mkdirSync(path.dirname(outfile), { recursive: true });
  const all = [...smallSizes, ...patches];
  const waiting = new Set(all);
  await esbuild.build({
    entryPoints: [path.join(root, 'tests/simulation/worker.ts')], outfile,
    bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'error', sourcemap: 'inline',
    // Built-in modules stay live bindings, so that the simulation can put its own randomness in their place.
    external: Object.keys(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).dependencies),
    alias: { dexie: path.join(root, 'tests/simulation/memory-dexie.ts') },
    banner: { js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);" },
    plugins: [laterRecords, changed(all, waiting)],
  });
  if (waiting.size > 0) throw new Error(`${name}: ${[...waiting].map(({ file }) => file).join(', ')} is no part of the simulation`);
  return outfile;
}

/**
 * Laptops may run a later version than the server: their check of what they write knows one more field.
 * @type {import('esbuild').Plugin}
 */
const laterRecords = {
  name: 'later-records',
  setup(build) {
    build.onResolve({ filter: /domain\/records\.ts$/ }, ({ importer }) =>
      importer.endsWith(path.join('src-main', 'journal', 'check-changes.ts')) ? { path: path.join(root, 'tests/simulation/newer-records.ts') } : undefined);
  },
};

/**
 * @param {readonly Patch[]} patches
 * @param {Set<Patch>} waiting
 * @returns {import('esbuild').Plugin}
 */
function changed(patches, waiting) {
  return {
    name: 'changed-sources',
    setup(build) {
      build.onLoad({ filter: /\.tsx?$/ }, ({ path: file }) => {
        const name = path.relative(root, file).replaceAll(path.sep, '/');
        const here = patches.filter((patch) => patch.file === name);
        if (here.length === 0) return undefined;
        let contents = readFileSync(file, 'utf8');
        for (const patch of here) {
          if (contents.split(patch.find).length !== 2) throw new Error(`${name}: the text to change stands there ${contents.split(patch.find).length - 1} times: ${patch.find}`);
          contents = contents.replace(patch.find, () => patch.put);
          waiting.delete(patch);
        }
        return { contents, loader: 'ts' };
      });
    },
  };
}
