// Child processes of the scripts: run one to its end, keep one running, and end what was started.
import { spawn } from 'node:child_process';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
let handlersSet = false;

/** What a child left behind. `code` is its exit code, or 128 + signal number the way a shell says it. */
/** @typedef {{ code: number, stdout: string, stderr: string }} Finished */

/**
 * Runs a command to its end with its output on our terminal. Resolves to the exit code, also when it is not 0.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = keep(spawn(command, args, { stdio: 'inherit', ...options }));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(exitCode(code, signal)));
  });
}

/**
 * Runs a command to its end and returns what it wrote.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<Finished>}
 */
export function capture(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = keep(spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] }));
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code: exitCode(code, signal), stdout, stderr }));
  });
}

/**
 * Starts a child that lives until `end` or until we end. Its options are spawn's.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function start(command, args, options) {
  return keep(spawn(command, args, options));
}

/**
 * Resolves to the first line of the child's standard output that `pick` accepts; rejects when the child ends before.
 * @template T
 * @param {import('node:child_process').ChildProcess} child
 * @param {(line: string) => T | undefined} pick
 * @param {string} what what the child is, for the error message
 * @returns {Promise<T>}
 */
export function firstLine(child, pick, what) {
  return new Promise((resolve, reject) => {
    let rest = '';
    let errors = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const picked = pick(line);
        if (picked !== undefined) resolve(picked);
      }
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => (errors = (errors + text).slice(-2000)));
    child.on('error', reject);
    child.on('close', (code) => reject(new Error(`${what} ended before it was ready (exit ${code})\n${errors}`)));
  });
}

/**
 * Ends a child: asks, and after five seconds forces. Resolves once it is gone.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<void>}
 */
export function end(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return resolve();
    const force = setTimeout(() => child.kill('SIGKILL'), 5000);
    child.once('close', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** @param {import('node:child_process').ChildProcess} child */
function keep(child) {
  running.add(child);
  child.once('close', () => running.delete(child));
  if (!handlersSet) {
    handlersSet = true;
    process.once('exit', endAll);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.once(signal, () => {
        endAll();
        process.exit(1);
      });
    }
  }
  return child;
}

function endAll() {
  for (const child of running) child.kill('SIGTERM');
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function exitCode(code, signal) {
  return code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGKILL' ? 137 : 143);
}
