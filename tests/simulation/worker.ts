import './take-over.ts';
import { createHash } from 'node:crypto';
import { play } from './schedule.ts';
import { realNow } from './take-over.ts';

/**
 * node worker.mjs <folder> <from> <count> <step> [without,…]: plays seeds from, from + step … and prints one JSON line for
 * each. `folder` is for the server's files and belongs to whoever started us: we may be killed.
 */
const [folder = '.'] = process.argv.slice(2, 3);
const [from = 1, count = 1, step = 1] = process.argv.slice(3, 6).map(Number);
const without = new Set((process.argv[6] ?? '').split(',').filter((text) => text !== '').map(Number));
let current = from;
process.on('uncaughtException', (error) => {
  process.stdout.write(`${JSON.stringify({ seed: current, broken: `error: ${error.stack}`, acts: 0, trace: [], tally: {}, ms: 0, simulatedMs: 0 })}\n`);
  process.exit(1);
});
for (let played = 0; played < count; played += 1) {
  current = from + played * step;
  const began = realNow();
  const { trace, ...result } = await play(current, folder, without);
  const story = createHash('sha256').update(trace.join('\n')).digest('hex').slice(0, 16);
  process.stdout.write(`${JSON.stringify({ ...result, story, ms: Math.round(realNow() - began), trace: result.broken === null ? [] : trace })}\n`);
}
process.exit(0);
