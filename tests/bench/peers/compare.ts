import { ownOffice, type OwnLaptop, type OwnOffice } from './own-office.ts';
import { installPeers, peerKinds, startPeer, type PeerKind } from './peer.ts';
import { hashOf, makeRecords } from './rivals/workload.mjs';

export type Row = { readonly name: string; readonly value: number; readonly unit: string; readonly against?: string; readonly ratio?: number };
type Say = (row: Row) => void;
type Display = Readonly<Record<string, string>>;

const SIZE = 10_000;
const CHANGED = 100;

/** Exchange of 10,000 records beside the raw limit and two rivals, all interleaved in each repetition, in the same Electron. */
export async function compareExchange(display: Display, repetitions: number, say: Say): Promise<void> {
  installPeers();
  const times: Record<string, { push: number[]; pull: number[] }> = {};
  const own = { bytesUp: [] as number[], bytesDown: [] as number[], exchangesUp: [] as number[], saves: [] as number[] };
  const note = (who: string, push: number, pull: number): void => {
    const of = (times[who] ??= { push: [], pull: [] });
    of.push.push(push);
    of.pull.push(pull);
  };
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const kind of peerKinds) note(kind, ...(await peerTimes(kind, display)));
    const mine = await ownTimes(display);
    note('own', mine.push, mine.pull);
    own.bytesUp.push(mine.up / SIZE);
    own.bytesDown.push(mine.down / SIZE);
    own.exchangesUp.push(mine.exchanges);
    own.saves.push(...mine.saves);
  }
  for (const way of ['push', 'pull'] as const) {
    const mine = middle(times['own']?.[way] ?? []);
    const name = way === 'push' ? `push ${SIZE} records, to the receipt, p50` : `first pull of ${SIZE} records, to rows of the working copy, p50`;
    say({ name, value: mine, unit: 'ms' });
    for (const kind of peerKinds) {
      const theirs = middle(times[kind]?.[way] ?? []);
      say({ name: `${name}: speed of ours beside ${kind}`, value: theirs, unit: 'ms', against: `${kind}`, ratio: round(theirs / mine) });
    }
  }
  say({ name: 'one save, fdatasynced, from the window, p50', value: middle(own.saves), unit: 'ms' });
  say({ name: 'one save, fdatasynced, from the window, p99', value: round([...own.saves].sort((a, b) => a - b)[Math.floor(own.saves.length * 0.99)] ?? Number.NaN), unit: 'ms' });
  say({ name: `push ${SIZE} records, bytes up a record, headers included, p50`, value: middle(own.bytesUp), unit: 'B' });
  say({ name: `push ${SIZE} records, exchanges, p50`, value: middle(own.exchangesUp), unit: 'requests' });
  say({ name: `first pull of ${SIZE} records, bytes down a record, headers included, p50`, value: middle(own.bytesDown), unit: 'B' });
}

async function peerTimes(kind: PeerKind, display: Display): Promise<[number, number]> {
  const peer = await startPeer(kind, display);
  try {
    await peer.insert(0, SIZE);
    const push = await peer.push();
    if ((await peer.count()) !== SIZE) throw new Error(`${kind}: the server has not everything`);
    await peer.freshClient();
    const pull = await peer.pull();
    if ((await peer.hash()) !== hashOf(makeRecords(0, SIZE))) throw new Error(`${kind}: something else arrived`);
    return [push, pull];
  } finally {
    await peer.stop();
  }
}

async function ownTimes(display: Display): Promise<{ readonly push: number; readonly pull: number; readonly up: number; readonly down: number; readonly exchanges: number; readonly saves: readonly number[] }> {
  const office = await ownOffice(display);
  try {
    const writer = await office.laptop('writer');
    const reader = await office.laptop('reader');
    // Both know the office before anything is measured.
    const end = await office.seed(SIZE, SIZE + 1);
    await reader.arrivalOf(end, async () => undefined);
    await writer.arrivalOf(end, async () => undefined);
    await reader.line.unplug();
    await writer.line.unplug();
    const saves = await writer.saves(300);
    await writer.insert(0, SIZE);
    await writer.line.plugIn();
    const before = writer.line.traffic();
    const push = await writer.push();
    const after = writer.line.traffic();
    const downBefore = reader.line.traffic().down;
    const pull = await reader.arrivalOf(end + SIZE + saves.length, async () => {
      await reader.line.plugIn();
      await syncNow(reader);
    });
    const { rows } = await reader.position();
    if (rows < SIZE) throw new Error(`own: ${rows} records arrived, ${SIZE} were sent`);
    return { push, pull, up: after.up - before.up, down: reader.line.traffic().down - downBefore, exchanges: after.exchanges - before.exchanges, saves };
  } finally {
    await office.stop();
  }
}

async function syncNow(laptop: OwnLaptop): Promise<void> {
  await laptop.page.evaluate(() => void (window as unknown as { bridge: { call(name: string, request: unknown): Promise<unknown> } }).bridge.call('sync.now', {}));
}

/** 100 changed records of many, and nothing new, at two sizes of the server; the raw limit beside it. */
export async function compareGrowth(display: Display, sizes: readonly [number, number], repetitions: number, say: Say): Promise<void> {
  installPeers();
  const own: number[] = [];
  const raw: number[] = [];
  for (const size of sizes) {
    own.push(await ownChanged(display, size, repetitions, say));
    raw.push(await rawChanged(display, size, repetitions));
    say({ name: `${CHANGED} changed of ${size}, p50 of ${repetitions}`, value: own.at(-1) ?? 0, unit: 'ms', against: 'raw', ratio: round((own.at(-1) ?? 0) / (raw.at(-1) ?? 1)) });
  }
  const growth = (values: readonly number[]): number => round((values[1] ?? 0) / (values[0] ?? 1));
  say({ name: `${CHANGED} changed of ${sizes[1]}, growth from ${sizes[0]}`, value: growth(own), unit: '×', against: 'ours at the smaller size', ratio: growth(own) });
  say({ name: `${CHANGED} changed of ${sizes[1]}, growth from ${sizes[0]}, beside raw's growth of ${growth(raw)}`, value: growth(own), unit: '×', against: 'raw', ratio: round(growth(own) / growth(raw)) });
}

async function ownChanged(display: Display, size: number, repetitions: number, say: Say): Promise<number> {
  const office = await ownOffice(display);
  try {
    const end = await office.seed(0, size);
    const reader = await office.laptop('reader');
    await reader.arrivalOf(end, async () => undefined);
    const times: number[] = [];
    const bytes: number[] = [];
    const requests: number[] = [];
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      const before = reader.line.traffic();
      times.push(await changedOnce(office, reader, changedIndexes(size, repetition), repetition + 2));
      const after = reader.line.traffic();
      bytes.push((after.up - before.up + after.down - before.down) / 1000);
      requests.push(after.exchanges - before.exchanges);
    }
    say({ name: `${CHANGED} changed of ${size}, both ways, p50`, value: middle(bytes), unit: 'kB' });
    say({ name: `${CHANGED} changed of ${size}, exchanges, p50`, value: middle(requests), unit: 'requests' });
    const idle = await idleTraffic(reader);
    say({ name: `nothing new, server holding ${size}, both ways`, value: idle.kilobytes, unit: 'kB' });
    say({ name: `nothing new, server holding ${size}, exchanges`, value: idle.exchanges, unit: 'requests' });
    return middle(times);
  } finally {
    await office.stop();
  }
}

/** ms from the other laptop's push beginning to its changes being rows of the reader's working copy; the reader hears of them by a hint. */
async function changedOnce(office: OwnOffice, reader: OwnLaptop, indexes: readonly number[], version: number): Promise<number> {
  return await reader.arrivalOf((await reader.position()).cursor + CHANGED, async () => void (await office.mutate(indexes, version)));
}

async function idleTraffic(laptop: OwnLaptop): Promise<{ readonly kilobytes: number; readonly exchanges: number }> {
  await syncNow(laptop);
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  const before = laptop.line.traffic();
  await syncNow(laptop);
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  const after = laptop.line.traffic();
  return { kilobytes: round((after.up - before.up + after.down - before.down) / 1000), exchanges: after.exchanges - before.exchanges };
}

async function rawChanged(display: Display, size: number, repetitions: number): Promise<number> {
  const peer = await startPeer('raw', display);
  try {
    await peer.seed(0, size);
    await peer.pull();
    const times: number[] = [];
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      await peer.mutate(changedIndexes(size, repetition), repetition + 2);
      times.push(await peer.pull());
    }
    return middle(times);
  } finally {
    await peer.stop();
  }
}

/** No record twice in a comparison. */
function changedIndexes(size: number, repetition: number): readonly number[] {
  const step = Math.floor(size / CHANGED);
  return Array.from({ length: CHANGED }, (_, place) => place * step + repetition);
}

/** A first pull of a whole office into a supervisor's laptop, and whether its window stayed usable meanwhile. */
export async function firstPullOfAnOffice(display: Display, size: number, say: Say): Promise<void> {
  const office = await ownOffice(display);
  try {
    const reader = await office.laptop('supervisor');
    await reader.line.unplug();
    const end = await office.seed(0, size);
    await reader.longTasks();
    let usable = 0;
    const complete = await reader.arrivalOf(end, async () => {
      const from = Date.now();
      await reader.line.plugIn();
      await syncNow(reader);
      await reader.page.evaluate(() => (window.location.hash = '/institutions'));
      await reader.page.locator('a[href^="#/institutions/"]').first().click();
      usable = Date.now() - from;
    });
    const long = await reader.longTasks();
    say({ name: `first pull of ${size} records, complete`, value: Math.round(complete), unit: 'ms' });
    say({ name: `first pull of ${size} records, a list opened and an entry clicked meanwhile, after`, value: usable, unit: 'ms' });
    say({ name: `first pull of ${size} records, tasks above 50 ms in the window`, value: long.length, unit: 'tasks' });
    say({ name: `first pull of ${size} records, longest task in the window`, value: Math.round(Math.max(0, ...long)), unit: 'ms' });
  } finally {
    await office.stop();
  }
}

export function middle(values: readonly number[]): number {
  return round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
