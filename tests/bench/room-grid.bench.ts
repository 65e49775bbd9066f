import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type CDPSession, type Page } from 'playwright';
import { lockOf } from '#shared/domain/inspection/conclude.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { emptyRecord, type RecordState } from '#shared/sync/record-state.ts';
import { end } from '../../scripts/children.mjs';
import { electronExecutable, electronRuntime } from '../../scripts/electron-runtime.mjs';
import { startServer } from '../../scripts/server-child.mjs';
import { hasDisplay, startXvfb } from '../../scripts/xvfb.mjs';

// Suite `room-grid`: the built application on real Electron, signed in at a demo server, with the real rules, MUI, the
// working copy and the journal. Keys are real input (CDP Input.dispatchKeyEvent) at a random phase of the frame. An edit is
// timed from the key event's own timeStamp to the task after the first frame in which both verdict cells of the row have
// changed; opening, from leaving another screen to the task after the frame that shows the rows. Neither includes raster
// and presentation: what is seen comes up to a frame later.

const SIZES = [300, 1000] as const;
const OPENINGS = 5;
/** Inspections of this group are locked. */
const LOCKED = 4;
const LOCKED_SIZE = 1000;
const EDITS = 100;
const SAVES = 40;
const root = process.cwd();
const folder = await mkdtemp(path.join(tmpdir(), 'xuncha-room-grid-'));
const screen = hasDisplay() ? null : await startXvfb({ width: 1366, height: 768 });
const { dir } = await electronRuntime();

type RawChange = { recordType: string; recordId: string; kind: string; patch: Record<string, { was: null; to: unknown }> };
/** What the page offers the bench; `timed` is the promise of the edit under way. */
type BenchWindow = { timed: Promise<number>; bridge: { call(name: string, request: unknown): Promise<{ ok: boolean; unsent: number; phase: string }> } };

await mkdir(path.join(folder, 'server'));
const server = await startServer({ dataDir: path.join(folder, 'server'), demo: true, port: 0 });
const app = await _electron.launch({
  executablePath: electronExecutable(dir),
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, `--profile-dir=${path.join(folder, 'profile')}`, `--demo-server=${server.url}`, '--lang=zh-CN'],
  env: { ...(process.env as Record<string, string>), ...(screen ? { DISPLAY: screen.display } : {}) },
});
try {
  const page = await app.firstWindow();
  await ready(page);
  await seed(page);
  const keyboard = await page.context().newCDPSession(page);
  await measureOpening(page);
  await measureLocked(page);
  for (const size of SIZES) await measureEdits(page, keyboard, size);
  await measureSaving(page, keyboard);
} finally {
  await app.close();
  await end(server.child);
  await screen?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 20 });
}

/** For each size one inspection an opening, none of which was ever shown, and one more to load the program's parts. */
async function seed(page: Page): Promise<void> {
  for (const [group, size] of [[1, 20], ...SIZES.map((each, at) => [at + 2, each] as const)] as const) {
    for (let nth = 0; nth <= OPENINGS; nth += 1) {
      const changes = [inspection(inspectionId(group, nth)), ...Array.from({ length: size }, (_, at) => room(group, nth, at))];
      for (let from = 0; from < changes.length; from += 500) await append(page, changes.slice(from, from + 500));
    }
  }
  for (let nth = 0; nth < OPENINGS; nth += 1) {
    const rooms = Array.from({ length: LOCKED_SIZE }, (_, at) => room(LOCKED, nth, at));
    const changes = [inspection(inspectionId(LOCKED, nth)), ...rooms, lockUnlike(inspectionId(LOCKED, nth), rooms)];
    for (let from = 0; from < changes.length; from += 500) await append(page, changes.slice(from, from + 500));
  }
  await page.reload();
  await ready(page);
  // What is still on its way to the server would be measured along.
  await page.waitForFunction(async () => {
    const { unsent, phase } = await (window as unknown as BenchWindow).bridge.call('sync.status', {});
    return unsent === 0 && phase === 'idle';
  }, null, { timeout: 120_000, polling: 500 });
}

async function measureOpening(page: Page): Promise<void> {
  row('open 20 rooms, first time in the process, program parts loaded along', await openRooms(page, 1, 0), 'ms');
  for (const [at, size] of SIZES.entries()) {
    const times: number[] = [];
    for (let nth = 0; nth < OPENINGS; nth += 1) times.push(await openRooms(page, at + 2, nth));
    row(`open ${size} rooms, p50`, share(times, 0.5), 'ms');
    row(`open ${size} rooms, worst of ${OPENINGS}`, Math.max(...times), 'ms');
  }
}

async function openRooms(page: Page, group: number, nth: number): Promise<number> {
  const id = inspectionId(group, nth);
  // From a screen that reads no rooms: the set-up of an inspection would still be at it.
  await page.evaluate(() => (window.location.hash = '/settings'));
  await page.locator('.rooms').waitFor({ state: 'detached' });
  await quiet(page);
  return page.evaluate(
    (inspection) =>
      new Promise<number>((resolve) => {
        const from = performance.now();
        window.location.hash = `/inspections/${inspection}/rooms`;
        const look = (): void => {
          if (document.querySelectorAll('[role="row"][data-row] [data-verdict]').length < 18) return void requestAnimationFrame(look);
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - from);
          port2.postMessage(null);
        };
        requestAnimationFrame(look);
      }),
    id,
  );
}

/** A locked inspection is held against its lock once its rows stand; one room is not as locked, so that the end of it is seen. */
async function measureLocked(page: Page): Promise<void> {
  const shown: number[] = [];
  const named: number[] = [];
  for (let nth = 0; nth < OPENINGS; nth += 1) {
    const from = await page.evaluate(() => performance.timeOrigin + performance.now());
    shown.push(await openRooms(page, LOCKED, nth));
    await page.locator('.app-lock-check').waitFor();
    named.push(await page.evaluate((began) => performance.timeOrigin + performance.now() - began, from));
  }
  row(`open ${LOCKED_SIZE} locked rooms, p50`, share(shown, 0.5), 'ms');
  row(`open ${LOCKED_SIZE} locked rooms, worst of ${OPENINGS}`, Math.max(...shown), 'ms');
  row(`from leaving another screen until a room that is not as locked is named, ${LOCKED_SIZE} rooms, worst of ${OPENINGS}`, Math.max(...named), 'ms');
}

/** `1` into the empty mode of a room set to 24 with 25.1 measured: both verdicts turn from undetermined to exceeding. */
async function measureEdits(page: Page, keyboard: CDPSession, size: (typeof SIZES)[number]): Promise<void> {
  const group = SIZES.indexOf(size) + 2;
  await openRooms(page, group, OPENINGS);
  const times: number[] = [];
  for (const at of shuffled(size).slice(0, EDITS)) {
    await goTo(page, keyboard, at, 'mode');
    times.push(await timedKey(page, keyboard, roomId(group, OPENINGS, at), 'exceeds,exceeds', '1'));
    await press(keyboard, 'Enter', 13);
  }
  row(`key to painted verdict, ${size} rows, p50`, share(times, 0.5), 'ms');
  row(`key to painted verdict, ${size} rows, p95`, share(times, 0.95), 'ms');
}

/** From the last key to 全部已保存 in the bottom line: the rest of 400 ms, the journal with its fdatasync, and the words. */
async function measureSaving(page: Page, keyboard: CDPSession): Promise<void> {
  const times: number[] = [];
  for (const at of shuffled(300).slice(0, SAVES)) {
    await goTo(page, keyboard, at, 'setTemperatureC');
    await press(keyboard, '2', 50);
    await page.evaluate(() => {
      const page = window as unknown as BenchWindow;
      page.timed = new Promise((resolve) => {
        window.addEventListener('keydown', (event) => {
          let unsaved = false;
          const look = (): void => {
            const state = document.querySelector<HTMLElement>('.rooms-status [data-save]')?.dataset['save'];
            unsaved ||= state !== 'saved';
            if (unsaved && state === 'saved') resolve(performance.now() - event.timeStamp);
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }, { once: true, capture: true });
      });
    });
    await press(keyboard, '5', 53);
    times.push(await page.evaluate(() => (window as unknown as BenchWindow).timed));
    await press(keyboard, 'Enter', 13);
  }
  row('edit to 已保存, the rest of 400 ms included, p50', share(times, 0.5), 'ms');
  row('edit to 已保存, the rest of 400 ms included, p95', share(times, 0.95), 'ms');
}

/** Brings the cell under the text field, as a person does, and waits until the screen has settled. */
async function goTo(page: Page, keyboard: CDPSession, at: number, column: 'mode' | 'setTemperatureC'): Promise<void> {
  await press(keyboard, '/', 191);
  await page.getByRole('combobox').fill(roomNumber(at));
  await press(keyboard, 'Enter', 13);
  await press(keyboard, 'Home', 36);
  for (let right = 0; right < (column === 'mode' ? 7 : 8); right += 1) await press(keyboard, 'ArrowRight', 39);
  await quiet(page);
}

async function timedKey(page: Page, keyboard: CDPSession, rowId: string, expected: string, key: string): Promise<number> {
  await page.evaluate(({ id, verdicts }) => {
    const page = window as unknown as BenchWindow;
    page.timed = new Promise((resolve) => {
      window.addEventListener('keydown', (event) => {
        const look = (): void => {
          const marks = document.querySelectorAll<HTMLElement>(`[data-row="${id}"] [data-verdict]`);
          if ([...marks].map((mark) => mark.dataset['verdict']).join() !== verdicts) return void requestAnimationFrame(look);
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - event.timeStamp);
          port2.postMessage(null);
        };
        requestAnimationFrame(look);
      }, { once: true, capture: true });
    });
  }, { id: rowId, verdicts: expected });
  // The screen is at rest, as between two keys of a person; then any moment of a frame.
  await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 16));
  await press(keyboard, key, key.charCodeAt(0));
  return page.evaluate(() => (window as unknown as BenchWindow).timed);
}

async function press(keyboard: CDPSession, key: string, code: number): Promise<void> {
  const text = key === 'Enter' ? '\r' : key.length === 1 ? key : undefined;
  await keyboard.send('Input.dispatchKeyEvent', { type: text === undefined ? 'rawKeyDown' : 'keyDown', key, windowsVirtualKeyCode: code, ...(text === undefined ? {} : { text }) });
  await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', key, windowsVirtualKeyCode: code });
}

/** Nothing typed is on its way to the journal, and two frames have passed. */
async function quiet(page: Page): Promise<void> {
  await page.waitForFunction(() => (document.querySelector<HTMLElement>('.rooms-status [data-save]')?.dataset['save'] ?? 'saved') === 'saved');
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

async function ready(page: Page): Promise<void> {
  await page.locator('html[data-screen="ready"]').waitFor({ timeout: 60_000 });
  await page.locator('.app').waitFor({ timeout: 60_000 });
}

async function append(page: Page, changes: readonly RawChange[]): Promise<void> {
  const ok = await page.evaluate(async (given) => (await (window as unknown as BenchWindow).bridge.call('journal.append', { changes: given })).ok, changes);
  if (!ok) throw new Error('the journal refused the measured rooms');
}

function inspection(recordId: string): RawChange {
  return change('inspection', recordId, { institutionId: uuid(9, 0), institutionName: '示例市测试局', title: '测速', season: 'cooling', leadOfficerId: uuid(9, 1), officerIds: [], assistantIds: [], jointOrganIds: [] });
}

function room(group: number, nth: number, at: number): RawChange {
  return change('roomCheck', roomId(group, nth, at), {
    inspectionId: inspectionId(group, nth), order: at + 1, room: roomNumber(at), floor: String(1 + Math.floor(at / 20)), use: '办公', areaM2: '24', conditionerKind: 'central', conditionerControl: 'room',
    setTemperatureC: '24', setReadBy: 'panel', [`readings/${uuid(8, at)}`]: { valueC: '25.1', at: '2026-08-12T06:00:00.000Z', point: 1 }, openings: 'closed', occupied: true,
  });
}

/** Covers the rooms as they are, the last of them by another hash. */
function lockUnlike(recordId: string, rooms: readonly RawChange[]): RawChange {
  const state = ({ recordType, recordId: id, patch }: RawChange): RecordState => ({ ...emptyRecord({ recordId: id, recordType, officeId: '', officerId: '' }), fields: Object.fromEntries(Object.entries(patch).map(([name, { to }]) => [name, to as JsonValue])) });
  const lock = lockOf(state(inspection(recordId)), rooms.map(state), { lockedAt: '2026-08-12T08:00:00.000Z', lockedBy: uuid(9, 1), hashText: (text) => createHash('sha256').update(text).digest('hex') });
  const covers = lock.covers.map((cover, at) => (at === lock.covers.length - 1 ? { ...cover, contentHash: '0'.repeat(64) } : cover));
  return { ...change('inspection', recordId, { lock: { ...lock, covers } }), kind: 'lock' };
}

function change(recordType: string, recordId: string, values: Record<string, unknown>): RawChange {
  return { recordType, recordId, kind: 'create', patch: Object.fromEntries(Object.entries(values).map(([name, to]) => [name, { was: null, to }])) };
}

function roomNumber(at: number): string {
  return `${String(1 + Math.floor(at / 20)).padStart(2, '0')}${String(1 + (at % 20)).padStart(2, '0')}`;
}

function inspectionId(group: number, nth: number): string {
  return uuid(group, 900_000 + nth);
}

function roomId(group: number, nth: number, at: number): string {
  return uuid(group, nth * 2000 + at);
}

function uuid(group: number, index: number): string {
  return `0190d4ff-000${group}-7000-8000-${String(index).padStart(12, '0')}`;
}

function shuffled(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => ({ at, by: Math.random() })).sort((a, b) => a.by - b.by).map(({ at }) => at);
}

function share(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function row(name: string, value: number, unit: string): void {
  process.stdout.write(`${JSON.stringify({ suite: 'room-grid', name, value: Math.round(value * 10) / 10, unit })}\n`);
}
