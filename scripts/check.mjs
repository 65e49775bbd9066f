// npm run check: types of every layer, lint and unit tests; the quick round before a commit, under two minutes.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { capture, run } from './children.mjs';
import { program } from './program.mjs';
import { setUp } from './setup.mjs';

const root = path.resolve(import.meta.dirname, '..');
const layers = ['src-shared', 'src-main', 'src-renderer', 'src-server', 'src-cli', 'scripts', 'tests'];

/** notRun: what could not be tried on this machine, for the last lines. */
/** @typedef {{ name: string, passed: number, failed: number, seconds: number, notRun?: string }} Tally */

/**
 * Types, lint and unit tests, each also when an earlier one failed.
 * @returns {Promise<Tally[]>}
 */
export async function check() {
  return [await typeCheck(), await lint(), await vitest('unit tests', ['unit', 'dom'])];
}

/** The compiler over every layer, two at a time: more would fight over two cores. */
async function typeCheck() {
  return tallied('types', async () => {
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    const waiting = [...layers];
    let passed = 0;
    const worker = async () => {
      for (let layer = waiting.shift(); layer !== undefined; layer = waiting.shift()) {
        const { code, stdout, stderr } = await capture(process.execPath, [tsc, '-p', layer, '--pretty', 'false'], { cwd: root });
        if (code === 0) passed += 1;
        else process.stdout.write(`types: ${layer}\n${stdout}${stderr}\n`);
      }
    };
    await Promise.all([worker(), worker()]);
    return { passed, failed: layers.length - passed };
  });
}

async function lint() {
  return tallied('lint', async () => {
    const { code, stdout, stderr } = await capture(path.join(root, 'node_modules/.bin/oxlint'), ['--deny-warnings'], {
      cwd: root,
      shell: process.platform === 'win32',
    });
    if (code !== 0) process.stdout.write(`${stdout}${stderr}\n`);
    return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  });
}

/**
 * Vitest projects by name. What is skipped counts as failed: a test that does not run proves nothing.
 * @param {string} name
 * @param {readonly string[]} projects
 * @returns {Promise<Tally>}
 */
export async function vitest(name, projects) {
  return tallied(name, async () => {
    const report = path.join(root, 'test-results', `${projects[0]}.json`);
    mkdirSync(path.dirname(report), { recursive: true });
    rmSync(report, { force: true });
    const args = [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
    const code = await run(process.execPath, [...args, ...projects.flatMap((project) => ['--project', project])], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      // A log file is for reading, not for colours.
      env: { ...process.env, ...(process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined }) },
    });
    const counted = readReport(report);
    if (counted === null) return { passed: 0, failed: 1 };
    const failed = counted.numTotalTests - counted.numPassedTests;
    // A file that does not even load has no tests to count, an unhandled error belongs to none.
    return { passed: counted.numPassedTests, failed: Math.max(failed, code === 0 ? 0 : 1) };
  });
}

/**
 * @param {string} file
 * @returns {any} the parsed report, or null when the run left none
 */
export function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Runs one step and notes how long it took.
 * @param {string} name
 * @param {() => Promise<{ passed: number, failed: number }>} step
 * @returns {Promise<Tally>}
 */
export async function tallied(name, step) {
  const startedAt = performance.now();
  process.stdout.write(`── ${name}\n`);
  const counted = await step();
  return { name, ...counted, seconds: (performance.now() - startedAt) / 1000 };
}

/**
 * Prints the table and, as the very last line, the sum. Returns the exit code.
 * @param {readonly Tally[]} tallies
 */
export function summary(tallies) {
  process.stdout.write('\n');
  for (const { name, passed, failed, seconds } of tallies) {
    process.stdout.write(`${failed === 0 ? 'ok  ' : 'FAIL'}  ${name.padEnd(18)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(1).padStart(7)} s\n`);
  }
  for (const { notRun } of tallies) if (notRun !== undefined) process.stdout.write(`\nATTENTION, NOT RUN: ${notRun}\n`);
  const sum = (/** @type {'passed' | 'failed'} */ key) => tallies.reduce((total, tally) => total + tally[key], 0);
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
  return sum('failed') === 0 ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) {
  await program('check', async () => {
    await setUp();
    return summary(await check());
  });
}
