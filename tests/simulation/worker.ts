import './take-over.ts';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { play } from './schedule.ts';
import { realNow } from './take-over.ts';

/**
 * node worker.mjs <from> <count> <step> [without,…]: plays seeds from, from + step … and prints one JSON line for each.
 * The server's files lie in memory where the system has a folder for that: no fdatasync of theirs is under test here.
 */
const [from = 1, count = 1, step = 1] = process.argv.slice(2, 5).map(Number);
const without = new Set((process.argv[5] ?? '').split(',').filter((text) => text !== '').map(Number));
const folder = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'xuncha-simulation-'));
let current = from;
process.on('uncaughtException', (error) => {
  process.stdout.write(`${JSON.stringify({ seed: current, broken: `error: ${error.stack}`, acts: 0, trace: [], tally: {}, ms: 0, simulatedMs: 0 })}\n`);
  rmSync(folder, { recursive: true, force: true });
  process.exit(1);
});
for (let played = 0; played < count; played += 1) {
  current = from + played * step;
  const began = realNow();
  const { trace, ...result } = await play(current, folder, without);
  const story = createHash('sha256').update(trace.join('\n')).digest('hex').slice(0, 16);
  process.stdout.write(`${JSON.stringify({ ...result, story, ms: Math.round(realNow() - began), trace: result.broken === null ? [] : trace })}\n`);
}
rmSync(folder, { recursive: true, force: true });
process.exit(0);
