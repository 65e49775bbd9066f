import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { end } from '../../scripts/children.mjs';
import { electronExecutable, electronRuntime } from '../../scripts/electron-runtime.mjs';
import { startServer } from '../../scripts/server-child.mjs';
import { hasDisplay, startXvfb } from '../../scripts/xvfb.mjs';

// Suite `startup`: the built application on real Electron with 10,000 room rows in the working copy. From before the
// process is started to the list of inspections being on the screen; signing in by the passphrase is part of it, and its
// key derivation alone is a row of its own. Then: 1,000 rooms saved by one window until another window shows them.

const ROOMS = 10_000;
const ROUNDS = 7;
const root = process.cwd();
const folder = await mkdtemp(path.join(tmpdir(), 'xuncha-startup-'));
const screen = hasDisplay() ? null : await startXvfb({ width: 1366, height: 768 });
const { dir } = await electronRuntime();

type Opened = { readonly app: ElectronApplication; readonly page: Page; readonly startedAt: number };
type RawChange = { recordType: string; recordId: string; kind: string; patch: Record<string, { was: null; to: unknown }> };
declare const bridge: { call(name: string, request: unknown): Promise<{ ok: boolean }> };

await mkdir(path.join(folder, 'server'));
const server = await startServer({ dataDir: path.join(folder, 'server'), demo: true, port: 0 });
try {
  await measureArrival();
  await measureStarts();
} finally {
  await end(server.child);
  await screen?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 20 });
}

async function open(profile: string): Promise<Opened> {
  const startedAt = performance.now();
  const app = await _electron.launch({
    executablePath: electronExecutable(dir),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, `--profile-dir=${path.join(folder, profile)}`, `--demo-server=${server.url}`, '--lang=zh-CN'],
    env: { ...(process.env as Record<string, string>), ...(screen ? { DISPLAY: screen.display } : {}) },
  });
  return { app, page: await app.firstWindow(), startedAt };
}

async function measureStarts(): Promise<void> {
  const first = await open('inspector');
  await listIsUsable(first.page);
  const inspectionId = uuid(1, 0);
  await append(first.page, [inspection(inspectionId)]);
  for (let from = 0; from < ROOMS; from += 500) await append(first.page, Array.from({ length: 500 }, (_, index) => room(inspectionId, from + index)));
  await first.app.close();

  // The first start after that folds 10,000 changes into rows; it is told apart from the ones that find them there.
  const folding = await open('inspector');
  await listIsUsable(folding.page);
  row(`start to usable list, ${ROOMS} rooms not yet in the working copy`, performance.now() - folding.startedAt, 'ms');
  await folding.app.close();

  const starts: number[] = [];
  const derivations: number[] = [];
  const memory: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { app, page, startedAt } = await open('inspector');
    await listIsUsable(page);
    starts.push(performance.now() - startedAt);
    const metrics = await app.evaluate(({ app: electron }) => electron.getAppMetrics().map(({ type, memory: used }) => ({ type, kilobytes: used.workingSetSize })));
    memory.push(Math.max(...metrics.filter(({ type }) => type === 'Tab').map(({ kilobytes }) => kilobytes)) / 1024);
    derivations.push(await unlockTime(page));
    await app.close();
  }
  row(`start to usable list with ${ROOMS} room rows, sign-in included, p50`, middle(starts), 'ms');
  row(`start to usable list with ${ROOMS} room rows, sign-in included, worst of ${ROUNDS}`, Math.max(...starts), 'ms');
  row('unlocking by the passphrase alone (key derivation and opening the journal), p50', middle(derivations), 'ms');
  row(`renderer's working set with ${ROOMS} room rows, p50`, middle(memory), 'MB');
}

/** The demo account's passphrase tried wrongly costs one key derivation and opens nothing. */
async function unlockTime(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const [profile] = (await bridge.call('profile.list', {})) as unknown as { chainId: string }[];
    await bridge.call('session.close', {});
    const from = performance.now();
    await bridge.call('session.open', { chainId: profile?.chainId, passphrase: 'not the passphrase' });
    return performance.now() - from;
  });
}

async function measureArrival(): Promise<void> {
  const supervisor = await open('supervisor');
  await listIsUsable(supervisor.page);
  const inspector = await open('writer');
  await listIsUsable(inspector.page);
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const inspectionId = uuid(2, round);
    await append(inspector.page, [inspection(inspectionId)]);
    await supervisor.page.evaluate((id) => (window.location.hash = `/inspections/${id}/rooms`), inspectionId);
    const from = performance.now();
    for (let piece = 0; piece < 2; piece += 1) await append(inspector.page, Array.from({ length: 500 }, (_, index) => room(inspectionId, 100_000 * (round + 1) + piece * 500 + index)));
    await supervisor.page.getByText('/1000', { exact: false }).first().waitFor({ timeout: 60_000 });
    times.push(performance.now() - from);
  }
  row('1,000 room records, save to visible in a supervisor’s open window, p50', middle(times), 'ms');
  await inspector.app.close();
  await supervisor.app.close();
}

async function listIsUsable(page: Page): Promise<void> {
  await page.locator('html[data-screen="ready"]').waitFor({ timeout: 60_000 });
  await page.evaluate(() => (window.location.hash = '/inspections'));
  await page.locator('a[href^="#/inspections/"]').first().waitFor({ timeout: 60_000 });
}

async function append(page: Page, changes: readonly RawChange[]): Promise<void> {
  const ok = await page.evaluate(async (given) => (await bridge.call('journal.append', { changes: given })).ok, changes);
  if (!ok) throw new Error('the journal refused the measured changes');
}

function inspection(recordId: string): RawChange {
  return change('inspection', recordId, { institutionId: uuid(9, 0), institutionName: '示例市测试局', title: '测速', season: 'cooling', leadOfficerId: uuid(9, 1), officerIds: [], assistantIds: [], jointOrganIds: [] });
}

function room(inspectionId: string, index: number): RawChange {
  return change('roomCheck', uuid(3, index), {
    inspectionId, order: index, room: String(index).padStart(5, '0'), floor: String(1 + (index % 20)), use: '办公', areaM2: '24', outcome: 'checked', conditionerKind: 'central',
    conditionerControl: 'room', mode: 'cooling', setTemperatureC: String(23 + (index % 5)), setReadBy: 'panel', [`readings/${uuid(4, index)}`]: { valueC: '26.3', at: '2026-08-12T06:00:00.000Z', point: 1 },
    openings: 'closed', occupied: true,
  });
}

function change(recordType: string, recordId: string, values: Record<string, unknown>): RawChange {
  return { recordType, recordId, kind: 'create', patch: Object.fromEntries(Object.entries(values).map(([name, to]) => [name, { was: null, to }])) };
}

function uuid(group: number, index: number): string {
  return `0190d3ff-000${group}-7000-8000-${String(index).padStart(12, '0')}`;
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function row(name: string, value: number, unit: string): void {
  process.stdout.write(`${JSON.stringify({ suite: 'startup', name, value: Math.round(value), unit })}\n`);
}
