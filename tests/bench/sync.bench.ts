import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { hasDisplay, startXvfb } from '../../scripts/xvfb.mjs';
import { officeConnection } from '../../src-main/sync/office-connection.ts';
import { cuttingLine } from '../integration/sync/cutting-line.ts';
import { compareExchange, compareGrowth, firstPullOfAnOffice, type Row } from './peers/compare.ts';
import { enrolledDesk, roomCheck, uuid, valueOf, type Desk } from '../integration/sync/desk.ts';

// Suite `sync`: two desks with their journals on disk (fdatasync) in this process, the built server in its own, loopback.
// "Visible" = the second desk has the pages on disk and its window was told. One JSON object a line on standard output.

// Then the whole product beside the raw limit, RxDB and PouchDB in the same Electron (tests/bench/peers), and its growth with what
// the server holds. The sizes of the last two: XUNCHA_BENCH_HELD (default 500000) and XUNCHA_BENCH_OFFICE (default 100000).

const rooms = 1000;
const rounds = 5;

const office = await serverProcess();
const line = await cuttingLine(office.url);
const inspector = await enrolledDesk(line.url, office.firstCode, { name: '赵处长', loginName: 'zhao', officeName: '示例市机关事务管理局' });
await inspector.signIn();
const supervisor = await secondDesk(inspector);
try {
  const times = { typing: [] as number[], online: [] as number[], pasted: [] as number[], push: [] as number[], pull: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    times.pasted.push(await visibleAfter(async () => {
      await append(500, 2);
    }));
    await line.unplug();
    times.typing.push(await elapsed(() => append(1, rooms)));
    await inspector.until((status) => status.phase === 'offline');
    await supervisor.until((status) => status.phase === 'offline');
    times.online.push(await visibleAfter(() => line.plugIn()));
    await line.unplug();
    await append(1, rooms);
    const { push, pull } = await alone();
    times.push.push(push);
    times.pull.push(pull);
    await line.plugIn();
    await settled();
  }
  row(`${rooms} room records, append one by one, each durable, p50`, middle(times.typing));
  row(`${rooms} room records, from the network's return to visible at a second desk, p50`, middle(times.online));
  row(`${rooms} room records, from the network's return to visible at a second desk, worst of ${rounds}`, Math.max(...times.online));
  row(`${rooms} room records pasted in two blocks, from append to visible at a second desk, online, p50`, middle(times.pasted));
  row(`${rooms} room records, push alone to the receipt, one request, p50`, middle(times.push));
  row(`${rooms} room records, pull alone, one request, p50`, middle(times.pull));
} finally {
  await supervisor.discard();
  await inspector.discard();
  await line.stop();
  await office.stop();
}

await besideOthers();

async function besideOthers(): Promise<void> {
  const screen = hasDisplay() ? null : await startXvfb({ width: 1366, height: 768 });
  const display: Record<string, string> = screen ? { DISPLAY: screen.display } : {};
  const say = (row: Row): void => void process.stdout.write(`${JSON.stringify({ suite: 'sync', ...row })}\n`);
  try {
    await compareExchange(display, 3, say);
    await compareGrowth(display, [10_000, Number(process.env['XUNCHA_BENCH_HELD'] ?? 500_000)], 15, say);
    await firstPullOfAnOffice(display, Number(process.env['XUNCHA_BENCH_OFFICE'] ?? 100_000), say);
  } finally {
    await screen?.stop();
  }
}

/** Appends `size` rooms at a time, `times` times. */
async function append(size: number, times: number): Promise<void> {
  const inspectionId = uuid();
  for (let batch = 0; batch < times; batch += 1) {
    await inspector.append(...Array.from({ length: size }, (_, index) => roomCheck(inspectionId, batch * size + index, '设定 24 ℃，当场调至 26 ℃')));
  }
}

/** ms from `begin` to everything that the inspector has on the supervisor's disk. */
async function visibleAfter(begin: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  const before = supervisor.session().journal.cursor();
  await begin();
  await supervisor.untilArrived(before + rooms);
  return performance.now() - startedAt;
}

/** One request up, one down, past the engine; the line is unplugged, so the engine does neither. */
async function alone(): Promise<{ readonly push: number; readonly pull: number }> {
  const { journal, entry, sign } = inspector.session();
  const connection = officeConnection(office.url, null, entry.chainId, sign);
  const cursor = journal.cursor();
  const outgoing = await journal.outgoing(journal.receiptedThrough() + 1, rooms, 24 * 1024 * 1024);
  if (!outgoing || outgoing.changes.length !== rooms) throw new Error('the push is not whole');
  const ask = (pageLimit: number, push: typeof outgoing | null) => connection.ask((server, token) => server.exchange(token, {
    v: 1, cursor, pageLimit, push: push && { fromSeq: push.fromSeq, changes: [...push.changes], signature: push.signature },
  }));
  // Signed in and connected before the clock starts.
  valueOf(await ask(0, null));
  const push = await elapsed(async () => void valueOf(await ask(0, outgoing)));
  const pull = await elapsed(async () => {
    if (valueOf(await ask(rooms, null)).page.length !== rooms) throw new Error('the page is not whole');
  });
  connection.close();
  return { push, pull };
}

async function settled(): Promise<void> {
  await inspector.until((status) => status.phase === 'idle' && status.unsent === 0);
  await supervisor.untilArrived(inspector.session().journal.cursor());
  await supervisor.until((status) => status.phase === 'idle');
}

async function secondDesk(first: Desk): Promise<Desk> {
  const { officerId } = first.session().entry;
  const { code } = valueOf(await first.calls.handlers['office.call']({ name: 'person.enrolment-code', input: { officerId } })) as { code: string };
  const desk = await enrolledDesk(line.url, code);
  await desk.signIn();
  await desk.until((status) => status.phase === 'idle');
  return desk;
}

async function serverProcess(): Promise<{ readonly url: string; readonly firstCode: string; stop(): Promise<void> }> {
  execFileSync(process.execPath, ['scripts/build.mjs', '--only', 'server'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const dataDir = mkdtempSync(path.join(tmpdir(), 'xuncha-bench-'));
  const child: ChildProcess = spawn(process.execPath, ['dist/server/server.mjs', '--data', dataDir, '--port', '0', '--log-level', 'silent'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: Record<string, string> = {};
  if (child.stdout) {
    for await (const text of createInterface({ input: child.stdout })) {
      Object.assign(said, JSON.parse(text));
      if (said['listening'] !== undefined) break;
    }
  }
  return {
    url: said['listening'] ?? '',
    firstCode: said['firstAccountCode'] ?? '',
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function elapsed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function row(name: string, value: number): void {
  process.stdout.write(`${JSON.stringify({ suite: 'sync', name, value: Math.round(value * 10) / 10, unit: 'ms' })}\n`);
}
