import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';

/**
 * Makes a folder that Electron can start: main and preload as built for the product, and the kit's page in the place of the
 * screens. `fault` builds main again with the lying disk in the place of the real one; nothing of that is in the product.
 */
export async function makeAppFolder(root: string, folder: string, fault: 'none' | 'acknowledges-first'): Promise<void> {
  const packageJson = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  mkdirSync(path.join(folder, 'dist/renderer'), { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: packageJson.name, version: packageJson.version, main: packageJson.main }));
  cpSync(path.join(root, 'dist/main'), path.join(folder, 'dist/main'), { recursive: true });
  if (fault === 'acknowledges-first') await buildFaultyMain(root, path.join(folder, 'dist/main/main.cjs'), packageJson.devDependencies.electron);
  writeFileSync(path.join(folder, 'dist/renderer/index.html'), '<!doctype html><meta charset="utf-8"><title>kill kit</title><script type="module" src="/page.js"></script>');
  await esbuild.build({
    entryPoints: [path.join(root, 'tests/kill/desk-page.ts')], outfile: path.join(folder, 'dist/renderer/page.js'),
    bundle: true, format: 'esm', platform: 'browser', target: 'chrome114', logLevel: 'error',
  });
}

async function buildFaultyMain(root: string, outfile: string, pinned: string): Promise<void> {
  const lying = path.join(root, 'tests/kill/lying-disk.ts');
  let replaced = 0;
  await esbuild.build({
    entryPoints: [path.join(root, 'src-main/main.ts')], outfile,
    bundle: true, platform: 'node', format: 'cjs', target: 'node18', external: ['electron'], logLevel: 'error',
    define: { PINNED_ELECTRON: JSON.stringify(pinned) },
    plugins: [{
      name: 'lying-disk',
      setup(build) {
        build.onResolve({ filter: /\/node-disk\.ts$/ }, ({ importer }) => {
          if (importer === lying) return undefined;
          replaced += 1;
          return { path: lying };
        });
      },
    }],
  });
  if (replaced === 0) throw new Error('the fault was not built in: main imports no node-disk.ts');
}
