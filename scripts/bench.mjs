// npm run bench: measures. A suite is a program tests/bench/<suite>.bench.ts that prints one JSON object a line:
// {suite, name, value, unit, against?, ratio?}; a name says what, at which size and which percentile.
//
//   npm run bench [-- <suite> …] [--json]     without --json as a table; without a suite all of them, one after the other
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { start } from './children.mjs';
import { program } from './program.mjs';
import { setUp } from './setup.mjs';
import { typescriptProgram } from './typescript-program.mjs';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'tests/bench');

await program('bench', async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
  const known = readdirSync(folder).flatMap((name) => /^([a-z-]+)\.bench\.ts$/.exec(name)?.[1] ?? []);
  const suites = positionals.length > 0 ? positionals : known;
  const unknown = suites.filter((suite) => !known.includes(suite));
  if (unknown.length > 0) throw new Error(`no such suite: ${unknown.join(', ')}. There are: ${known.join(', ')}`);
  // Journal and media are measured in plain Node; everything else needs the window, and some of it the server.
  const needsWindow = suites.some((suite) => suite !== 'journal' && suite !== 'media');
  await setUp({ window: needsWindow, tests: suites.includes('server') });
  if (needsWindow) await build();
  let worst = 0;
  for (const suite of suites) worst = Math.max(worst, await measure(suite, values.json === true));
  return worst;
});

/**
 * Runs one suite to its end; its rows go to standard output as they come.
 * @param {string} suite
 * @param {boolean} json
 * @returns {Promise<number>} the exit code
 */
async function measure(suite, json) {
  const file = await typescriptProgram(`tests/bench/${suite}.bench.ts`);
  if (!existsSync(file)) throw new Error(`${suite} did not build`);
  const child = start(process.execPath, ['--experimental-websocket', '--no-warnings', '--expose-gc', file], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) process.stdout.write(`${json ? line : asTable(line)}\n`);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** @param {string} line */
function asTable(line) {
  if (!line.startsWith('{')) return line;
  const { suite, name, value, unit, against, ratio } = JSON.parse(line);
  const beside = ratio === undefined ? '' : `   ${ratio} × ${against}`;
  return `${suite.padEnd(10)} ${String(value).padStart(10)} ${String(unit).padEnd(4)} ${name}${beside}`;
}
