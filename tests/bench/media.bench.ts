import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { evidenceReader } from '../../src-main/evidence/fetch.ts';
import { rangeOf } from '../../src-main/evidence/file-range.ts';
import { openEvidenceStore } from '../../src-main/evidence/file-store.ts';
import { nodeDisk } from '../../src-main/journal/node-disk.ts';
import { officeConnection } from '../../src-main/sync/office-connection.ts';
import { enrolledDesk, valueOf } from '../integration/sync/desk.ts';

// Suite `media`: 500 photos of 350 kB and one video of 2 GB go from a laptop's disk to the server's and back, loopback, two
// processes: the built server, and everything of the main process between window and network. Memory is the highest resident
// set (VmHWM) above the one at rest. One JSON object a line on standard output.

const photos = 500;
const photoBytes = 350_000;
const videoBytes = 2_000_000_000;
const allBytes = photos * photoBytes + videoBytes;

/** What the laptop's process says when a step is over. */
type Said = { readonly ready?: true; readonly step?: string; readonly ms?: number };

await (process.argv[2] === 'laptop' ? laptop() : measure());

async function measure(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'xuncha-media-'));
  const office = await serverProcess(path.join(folder, 'server'));
  // Written here: whoever fills two gigabytes with noise is not at rest afterwards.
  const video = await writeVideo(path.join(folder, 'video.mp4'));
  const desk = await laptopProcess(office.url, office.firstCode, folder, video);
  try {
    await wait(2000);
    const atRest = { main: resident(desk.child), server: resident(office.child) };
    row('load of the machine at the beginning', loadavg()[0] ?? 0, '');
    row('main at rest, signed in', megabytes(atRest.main), 'MB');
    row('server at rest', megabytes(atRest.server), 'MB');
    for (const [step, name, bytes] of [
      ['import', 'taken in on the laptop', allBytes], ['upload', 'uploaded, hashed and fsynced by the server', allBytes], ['fetch', 'video fetched by another desk of the same process', videoBytes],
    ] as const) {
      for (const { child } of [desk, office]) forgetPeak(child);
      const ms = await desk.run(step);
      row(`${photos} photos of 350 kB and a video of 2 GB: ${name}`, Math.round(ms / 100) / 10, 's');
      row(`${name}: throughput`, Math.round((bytes / 1e6 / ms) * 1000), 'MB/s');
      row(`${name}: main above rest, peak`, megabytes(peak(desk.child) - atRest.main), 'MB');
      row(`${name}: server above rest, peak`, megabytes(peak(office.child) - atRest.server), 'MB');
      row(`${name}: server in all, peak`, megabytes(peak(office.child)), 'MB');
    }
    row('load of the machine at the end', loadavg()[0] ?? 0, '');
  } finally {
    await desk.stop();
    await office.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs in the laptop's process: signed in, then one step for each line that it reads. */
async function laptop(): Promise<void> {
  const [url = '', code = '', folder = '', videoSha256 = ''] = process.argv.slice(3);
  const desk = await enrolledDesk(url, code, { name: '赵处长', loginName: 'zhao', officeName: '示例市机关事务管理局' });
  const { evidence, entry, sign } = await desk.signIn();
  await desk.until((status) => status.lastContactAt !== null && status.unsent === 0);
  const video = path.join(folder, 'video.mp4');
  const steps: Record<string, () => Promise<void>> = {
    async import() {
      valueOf(await evidence.pauseUploads(true));
      for (let n = 0; n < photos; n += 1) valueOf(await evidence.put(randomBytes(photoBytes), 'image/jpeg'));
      valueOf(await evidence.import(rangeOf(video, 0, Number.MAX_SAFE_INTEGER), 'video/mp4', videoBytes));
    },
    async upload() {
      valueOf(await desk.calls.handlers['media.pause']({ paused: false }));
      await desk.until((status) => status.evidencePending.files === 0);
    },
    async fetch() {
      const other = await openEvidenceStore(nodeDisk, path.join(folder, 'other'));
      const connection = officeConnection(url, null, entry.chainId, sign);
      const reader = evidenceReader(other, (sha256, take) => connection.askMedia((media, token) => media.fetch(token, sha256, take)));
      valueOf(await reader.pieces(videoSha256));
      connection.close();
    },
  };
  say({ ready: true });
  for await (const step of createInterface({ input: process.stdin })) {
    const startedAt = performance.now();
    await steps[step]?.();
    say({ step, ms: performance.now() - startedAt });
  }
  await desk.discard();
}

function say(said: Said): void {
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

async function writeVideo(file: string): Promise<string> {
  const hash = createHash('sha256');
  const handle = await open(file, 'w');
  for (let left = videoBytes; left > 0;) {
    const piece = randomBytes(Math.min(left, 1_000_000));
    hash.update(piece);
    await handle.write(piece);
    left -= piece.length;
  }
  await handle.close();
  return hash.digest('hex');
}

async function laptopProcess(url: string, code: string, folder: string, videoSha256: string) {
  const child = spawn(process.execPath, ['--no-warnings', process.argv[1] ?? '', 'laptop', url, code, folder, videoSha256], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Said> => {
    const { value, done } = await lines.next();
    if (done) throw new Error('the laptop ended');
    return JSON.parse(value as string) as Said;
  };
  await next();
  return {
    child,
    async run(step: string): Promise<number> {
      child.stdin.write(`${step}\n`);
      return (await next()).ms ?? Number.NaN;
    },
    async stop() {
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    },
  };
}

async function serverProcess(dataDir: string): Promise<{ readonly url: string; readonly firstCode: string; readonly child: ChildProcess; stop(): Promise<void> }> {
  execFileSync(process.execPath, ['scripts/build.mjs', '--only', 'server'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const child = spawn(process.execPath, ['dist/server/server.mjs', '--data', dataDir, '--port', '0', '--log-level', 'silent'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: Record<string, string> = {};
  for await (const text of createInterface({ input: child.stdout })) {
    Object.assign(said, JSON.parse(text));
    if (said['listening'] !== undefined) break;
  }
  return {
    url: said['listening'] ?? '',
    firstCode: said['firstAccountCode'] ?? '',
    child,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function resident(child: ChildProcess): number {
  return statusField(child, 'VmRSS');
}

/** The highest resident set since `forgetPeak`. */
function peak(child: ChildProcess): number {
  return statusField(child, 'VmHWM');
}

function forgetPeak({ pid }: ChildProcess): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

function statusField({ pid }: ChildProcess, field: string): number {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (!found) throw new Error(`no ${field}`);
  return Number(found[1]) * 1024;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e5) / 10;
}

function row(name: string, value: number, unit: string): void {
  process.stdout.write(`${JSON.stringify({ suite: 'media', name, value: Math.round(value * 100) / 100, unit })}\n`);
}
