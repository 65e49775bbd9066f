// npm run -s xuncha -- <command>: the headless companion. Standard output belongs to it alone, so that a pipe gets JSON.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { run } from './children.mjs';
import { program } from './program.mjs';

const root = path.resolve(import.meta.dirname, '..');

await program('xuncha', async () => {
  if (!existsSync(path.join(root, 'node_modules/esbuild'))) {
    const { setUp } = await import('./setup.mjs');
    await setUp();
  }
  await build({ only: ['cli'], quiet: true });
  return run(process.execPath, [path.join(root, 'dist/cli/xuncha.mjs'), ...process.argv.slice(2)]);
});
