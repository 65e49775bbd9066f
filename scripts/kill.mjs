// npm run kill -- N: kills the application N times at random moments on real Electron and checks that nothing acknowledged
// is lost or altered. Then runs the same loop against a writer that acknowledges before it appends, which must lose.
//
//   npm run kill -- 100 [--seed 7] [--only loop|control]
//
// Prints one JSON object on standard output; everything else goes to standard error. Exit code 1 on any loss, and when the
// negative control loses nothing: a kit that can not fail proves nothing.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { run } from './children.mjs';
import { electronExecutable } from './electron-runtime.mjs';
import { program } from './program.mjs';
import { setUp } from './setup.mjs';
import { typescriptProgram } from './typescript-program.mjs';
import { startXvfb } from './xvfb.mjs';

const root = path.resolve(import.meta.dirname, '..');
const cache = path.join(root, '.cache/kill');

await program('kill', async () => {
  // The page is spoken to over a WebSocket; Node 20 has one behind a switch.
  if (typeof WebSocket === 'undefined') return run(process.execPath, ['--experimental-websocket', ...process.argv.slice(1)]);
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string' }, only: { type: 'string' } } });
  const kills = Number(positionals[0] ?? 100);
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  if (!Number.isSafeInteger(kills) || kills < 1) throw new Error('npm run kill -- N: N is a number of kills');
  const { electronDir } = await setUp({ window: true });
  await build({ only: ['main'] });
  const { killLoop, isBad } = await import(pathToFileURL(await typescriptProgram('tests/kill/kill-loop.ts')).href);
  const screen = process.platform === 'linux' ? await startXvfb({ width: 1280, height: 800 }) : null;
  try {
    const common = { root, executable: electronExecutable(electronDir ?? ''), display: screen?.display ?? '', seed, say };
    const loop = values.only === 'control' ? null
      : await killLoop({ ...common, workDir: path.join(cache, 'loop'), kills, fault: 'none', untilLoss: false });
    const control = values.only === 'loop' ? null
      : await killLoop({ ...common, workDir: path.join(cache, 'control'), kills: 20, fault: 'acknowledges-first', untilLoss: true });
    const controlLoses = control === null || control.lost > 0;
    process.stdout.write(`${JSON.stringify({ seed, loop, control, controlLoses })}\n`);
    if (loop && isBad(loop)) say('acknowledged changes were lost or altered');
    if (!controlLoses) say('the negative control lost nothing: this run proves nothing');
    return (loop && isBad(loop)) || !controlLoses ? 1 : 0;
  } finally {
    await screen?.stop();
  }
});

/** @param {string} line */
function say(line) {
  process.stderr.write(`[kill] ${line}\n`);
}
