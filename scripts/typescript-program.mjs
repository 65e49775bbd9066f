// Bundles a TypeScript program of tests/ for plain Node and says where it is. Node 20 does not read TypeScript itself.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/**
 * @param {string} entry relative to the project, such as tests/bench/journal.bench.ts
 * @returns {Promise<string>} the bundled file, inside the project so that its packages are found
 */
export async function typescriptProgram(entry) {
  const esbuild = await import('esbuild');
  const outfile = path.join(root, '.cache/programs', `${path.basename(entry, '.ts')}.mjs`);
  mkdirSync(path.dirname(outfile), { recursive: true });
  await esbuild.build({
    entryPoints: [path.join(root, entry)], outfile,
    bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', logLevel: 'error', sourcemap: 'inline',
    plugins: [ownFolders],
  });
  return outfile;
}

/**
 * Each module goes on seeing its own folder, not the bundle's.
 * @type {import('esbuild').Plugin}
 */
const ownFolders = {
  name: 'own-folders',
  setup(build) {
    build.onLoad({ filter: /\.(ts|mjs)$/ }, ({ path: file }) => {
      if (file.includes(`${path.sep}node_modules${path.sep}`)) return undefined;
      const contents = readFileSync(file, 'utf8')
        .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file)))
        .replaceAll('import.meta.filename', JSON.stringify(file));
      return { contents, loader: file.endsWith('.ts') ? 'ts' : 'js' };
    });
  },
};
