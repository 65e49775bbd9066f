// npm run simulate -- --seeds N: plays N schedules of laptops, people, faults and one server against the product's own sync code,
// in one process a core and without real time, and checks what must hold. A seed that fails prints how to play it again.
//
//   npm run simulate -- --seeds 2000 [--from 1] [--workers 2]
//   npm run simulate -- --seed 417 [--shrink]     one seed with its trace; --shrink leaves out acts while it still fails
//   npm run simulate -- --planted [--seeds 400]   wrong implementations that have to be found, and after how many seeds
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { start } from './children.mjs';
import { plantedBugs } from './planted-bugs.mjs';
import { program } from './program.mjs';
import { kitFinds } from './scratch-kit.mjs';
import { simulationBundle } from './simulation-bundle.mjs';

const root = path.resolve(import.meta.dirname, '..');

/**
 * @typedef {{ seed: number, broken: string | null, acts: number, trace: string[], tally: Record<string, number>, story: string, ms: number, simulatedMs: number }} Played
 */

/**
 * Plays `seeds` seeds from `from` on. Resolves to the failed ones, in the order of their seeds.
 * @param {{ bundle: string, from: number, seeds: number, workers: number, untilFailure?: boolean, onPlayed?: (played: Played) => void }} run
 * @returns {Promise<{ failed: Played[], played: number }>}
 */
export async function playSeeds({ bundle, from, seeds, workers, untilFailure = false, onPlayed }) {
  /** @type {Played[]} */
  const failed = [];
  let played = 0;
  await Promise.all(Array.from({ length: Math.min(workers, seeds) }, async (_, at) => {
    const count = Math.ceil((seeds - at) / workers);
    const folder = serverFolder();
    const child = start(process.execPath, ['--no-warnings', bundle, folder, String(from + at), String(count), String(workers)], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: /** @type {import('node:stream').Readable} */ (child.stdout) })) {
      const each = /** @type {Played} */ (JSON.parse(line));
      played += 1;
      onPlayed?.(each);
      if (each.broken === null) continue;
      failed.push(each);
      if (untilFailure) child.kill('SIGKILL');
    }
    rmSync(folder, { recursive: true, force: true });
  }));
  // A worker that ended before its last seed has told nothing about the rest.
  if (!untilFailure && played < seeds && failed.length === 0) throw new Error(`only ${played} of ${seeds} seeds were played`);
  return { failed: failed.sort((a, b) => a.seed - b.seed), played };
}

/**
 * @param {Played} played
 * @param {number} lines of the trace
 */
export function report({ seed, broken, acts, trace }, lines) {
  return [`seed ${seed} fails after ${acts} acts: ${broken}`, ...trace.slice(-lines).map((line) => `  ${line}`), `again: npm run simulate -- --seed ${seed}`].join('\n');
}

/** How many processes play at once: more than cores would only slow each other down. */
export function usualWorkers() {
  return Math.max(1, Math.min(os.availableParallelism(), 8));
}

/**
 * The simulation as one suite of `npm test`: each seed counts as a test, the first that fail are told.
 * @param {number} seeds
 */
export async function simulation(seeds) {
  const { failed } = await playSeeds({ bundle: await simulationBundle('product'), from: 1, seeds, workers: usualWorkers() });
  for (const each of failed.slice(0, 3)) process.stdout.write(`${report(each, 40)}\n\n`);
  return { passed: seeds - failed.length, failed: failed.length };
}

/**
 * Leaves out acts, larger pieces first, for as long as the seed still breaks the same invariant.
 * @param {string} bundle
 * @param {Played} played
 */
async function shrunk(bundle, played) {
  const invariant = played.broken?.split(':')[0];
  /** @type {Set<number>} */
  let without = new Set();
  let smallest = played;
  for (let size = Math.ceil(played.acts / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < played.acts; at += size) {
      const tried = new Set([...without, ...Array.from({ length: size }, (_, step) => at + step)]);
      if (tried.size === without.size) continue;
      const again = await playOne(bundle, played.seed, tried);
      if (again.broken?.split(':')[0] !== invariant) continue;
      without = tried;
      smallest = again;
    }
  }
  return { without, smallest };
}

/**
 * @param {string} bundle
 * @param {number} seed
 * @param {ReadonlySet<number>} without
 * @returns {Promise<Played>}
 */
async function playOne(bundle, seed, without) {
  const folder = serverFolder();
  const child = start(process.execPath, ['--no-warnings', bundle, folder, String(seed), '1', '1', [...without].join(',')], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const piece of /** @type {import('node:stream').Readable} */ (child.stdout)) text += String(piece);
  rmSync(folder, { recursive: true, force: true });
  return JSON.parse(text);
}

/** In memory where the system has a folder for that: no fdatasync of the server is under test here. */
function serverFolder() {
  return mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'xuncha-simulation-'));
}

/**
 * Plays every planted bug until it is found. Returns how many were not.
 * @param {number} seeds
 * @param {number} workers
 * @param {readonly string[]} only numbers of bugs; none = all
 */
async function planted(seeds, workers, only) {
  let missed = 0;
  process.stdout.write('bug  found after  by   what is wrong\n');
  for (const bug of plantedBugs.filter(({ number }) => only.length === 0 || only.includes(String(number)))) {
    const head = `${String(bug.number).padStart(3)}`;
    if (bug.patches === null) {
      process.stdout.write(`${head}  ${'not yet'.padStart(11)}  ${''.padEnd(4)} ${bug.name}: ${bug.why}\n`);
      continue;
    }
    if (bug.kit !== undefined) {
      const found = await kitFinds(bug.kit, bug.patches);
      if (found !== 'found') missed += 1;
      process.stdout.write(`${head}  ${(found === 'found' ? 'by a kit' : found.toUpperCase()).padStart(11)}  ${''.padEnd(4)} ${bug.name} (${bug.kit})\n`);
      continue;
    }
    const bundle = await simulationBundle(`planted-${bug.number}`, bug.patches).catch((/** @type {Error} */ error) => error);
    if (bundle instanceof Error) {
      missed += 1;
      process.stdout.write(`${head}  ${'NOT PLANTED'.padStart(11)}  ${''.padEnd(4)} ${bug.name}: ${bug.patches.map(({ file }) => file).join(', ')} has changed\n`);
      continue;
    }
    const { failed } = await playSeeds({ bundle, from: 1, seeds, workers, untilFailure: true });
    const [first] = failed;
    if (!first) missed += 1;
    const by = first?.broken?.split(':')[0] ?? '';
    process.stdout.write(`${head}  ${(first ? `${first.seed} seed(s)` : 'NOT FOUND').padStart(11)}  ${by.padEnd(4)} ${bug.name}\n`);
  }
  return missed;
}

if (process.argv[1] === import.meta.filename) {
  await program('simulate', async () => {
    const { values } = parseArgs({
      options: { seeds: { type: 'string' }, seed: { type: 'string' }, from: { type: 'string' }, workers: { type: 'string' }, shrink: { type: 'boolean' }, planted: { type: 'boolean' }, bug: { type: 'string', multiple: true } },
    });
    const workers = Number(values.workers ?? usualWorkers());
    if (values.planted) return (await planted(Number(values.seeds ?? 400), workers, values.bug ?? [])) === 0 ? 0 : 1;
    const bundle = await simulationBundle('product');
    if (values.seed !== undefined) {
      const played = await playOne(bundle, Number(values.seed), new Set());
      if (played.broken === null) {
        process.stdout.write(`seed ${played.seed}: ${played.acts} acts, all holds\n`);
        return 0;
      }
      if (!values.shrink) process.stdout.write(`${report(played, 400)}\n`);
      else {
        const { without, smallest } = await shrunk(bundle, played);
        process.stdout.write(`${report(smallest, 400)}\n${played.acts - without.size} of ${played.acts} acts are left\n`);
      }
      return 1;
    }
    const seeds = Number(values.seeds ?? 2000);
    const from = Number(values.from ?? 1);
    const began = performance.now();
    let simulatedMs = 0;
    let acts = 0;
    const { failed } = await playSeeds({ bundle, from, seeds, workers, onPlayed: (each) => {
      simulatedMs += each.simulatedMs;
      acts += each.acts;
    } });
    for (const each of failed.slice(0, 5)) process.stdout.write(`${report(each, 40)}\n\n`);
    const seconds = (performance.now() - began) / 1000;
    process.stdout.write(`${seeds} seeds from ${from}: ${acts} acts in ${Math.round(simulatedMs / 3_600_000)} simulated hours, ${failed.length} failed, ${seconds.toFixed(0)} s\n`);
    return failed.length === 0 ? 0 : 1;
  });
}
