// npm test: everything. Sets the machine up, then types, lint, unit tests, simulated seeds, build, integration tests and end-to-end tests
// on real Electron. A missing runtime or Xvfb is a failure, never a skip. The last line is the sum.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { check, readReport, summary, tallied, vitest } from './check.mjs';
import { run } from './children.mjs';
import { postgresPrograms } from './postgres-programs.mjs';
import { setUp } from './setup.mjs';
import { simulation } from './simulate.mjs';

const root = path.resolve(import.meta.dirname, '..');

/** @typedef {import('./check.mjs').Tally} Tally */

/** How many schedules of laptops, people and faults are played; npm run simulate plays more. */
const SEEDS = 600;

/** @type {Tally[]} */
const tallies = [];

const setup = await step('setup', () => setUp({ tests: true }));
if (setup !== null) {
  tallies.push(...(await check()));
  tallies.push(await tallied('simulated seeds', () => simulation(SEEDS)));
  const built = await step('build', () => build({ force: true }));
  if (built !== null) {
    tallies.push(await vitest('integration tests', ['integration']));
    tallies.push(await onPostgres());
    tallies.push(await endToEnd(setup.electronDir ?? ''));
  }
}
process.exitCode = summary(tallies);

/**
 * The server's tests once more, on PostgreSQL. In CI it has to be there; elsewhere its absence is said loudly.
 * @returns {Promise<Tally>}
 */
async function onPostgres() {
  if (postgresPrograms() !== null) return await vitest('on PostgreSQL', ['postgres']);
  const tally = { name: 'on PostgreSQL', passed: 0, failed: process.env.CI ? 1 : 0, seconds: 0 };
  return { ...tally, notRun: "the server's tests on PostgreSQL: it is not installed (Debian: package postgresql)" };
}

/**
 * A step that is one check by itself. Null when it failed; what needs it is then not run, and the sum says so.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} body
 * @returns {Promise<{ [K in keyof T]: T[K] } | null>}
 */
async function step(name, body) {
  /** @type {T | null} */
  let result = null;
  tallies.push(
    await tallied(name, async () => {
      try {
        result = (await body()) ?? /** @type {T} */ ({});
        return { passed: 1, failed: 0 };
      } catch (error) {
        process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
        return { passed: 0, failed: 1 };
      }
    }),
  );
  return result;
}

/**
 * Playwright on real Electron. Skipped tests count as failed. So do those that pass at the second try only, except in CI,
 * where other work shares the machine: there they are named loudly and do not hold up a landing.
 * @param {string} electronDir
 * @returns {Promise<Tally>}
 */
function endToEnd(electronDir) {
  return tallied('end-to-end tests', async () => {
    const report = path.join(root, 'test-results/e2e.json');
    rmSync(report, { force: true });
    const code = await run(process.execPath, [path.join(root, 'node_modules/@playwright/test/cli.js'), 'test'], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: electronDir },
    });
    const counted = readReport(report)?.stats;
    if (!counted) return { passed: 0, failed: 1 };
    const tolerated = process.env.CI ? counted.flaky : 0;
    if (tolerated > 0) process.stdout.write(`\nATTENTION: ${tolerated} end-to-end test(s) passed at the second try only; see "flaky" above\n`);
    const failed = counted.unexpected + counted.skipped + counted.flaky - tolerated;
    return { passed: counted.expected + tolerated, failed: Math.max(failed, code === 0 ? 0 : 1) };
  });
}
