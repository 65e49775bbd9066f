import { existsSync } from 'node:fs';
import path from 'node:path';
import { electronRuntime } from '../../../scripts/electron-runtime.mjs';
import { startXvfb } from '../../../scripts/xvfb.mjs';

const root = path.resolve(import.meta.dirname, '../../..');

/**
 * Finds Electron and gives the run its own display, for all workers. Missing parts fail the run; nothing is skipped.
 * XUNCHA_SHOW=1 shows the windows on the developer's own display instead.
 */
export default async function prepareRun(): Promise<() => Promise<void>> {
  if (!existsSync(path.join(root, 'dist/main/main.cjs')) || !existsSync(path.join(root, 'dist/renderer/index.html'))) {
    throw new Error('nothing is built: run `npm run build` first, or `npm test` for everything');
  }
  const { dir } = await electronRuntime();
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = dir;
  if (process.platform !== 'linux' || process.env['XUNCHA_SHOW'] === '1') return async () => undefined;
  const screen = await startXvfb();
  process.env['DISPLAY'] = screen.display;
  return screen.stop;
}
