import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bridgeCalls, type BridgeCallName, type Session } from '#shared/bridge/calls.ts';
import { journalCalls } from '../../../src-main/bridge/journal-calls.ts';
import type { Journal } from '../../../src-main/journal/journal.ts';
import { usualSizes } from '../../../src-main/journal/open-journal.ts';
import type { SessionHolder } from '../../../src-main/keys/open-session.ts';
import { importRows } from '../../../src-renderer/features/institutions/import-rows.ts';
import { previewTableFile } from '../../../src-renderer/features/institutions/read-table-file.ts';
import type { Desk } from '../../../src-renderer/store/desk.ts';
import { openDesk } from '../../../src-renderer/store/open-desk.ts';
import { chain, makeChain, open } from '../journal/desk-of-one.ts';
import { ForgetfulDisk } from '../journal/forgetful-disk.ts';

const rows = 3000;
const sizes = { ...usualSizes, reserveBytes: 1024, verifyAfterMs: 3_600_000 };
const table = ['单位名称,统一社会信用代码,无代码原因,层级,建筑类型', ...Array.from({ length: rows }, (_, n) => `示例第${n}单位,,尚未赋码,市级,国家机关办公建筑`)].join('\r\n');

let disk: ForgetfulDisk;
let journal: Journal;
let desk: Desk;

/** A desk on a real journal: what crosses the bridge is checked and copied as between two processes. */
async function start(on: ForgetfulDisk): Promise<void> {
  disk = on;
  journal = await open(disk, sizes);
  const handlers = journalCalls({ current: () => ({ journal }) } as unknown as SessionHolder) as Readonly<Record<string, (request: unknown) => unknown>>;
  const call = async (name: string, request: unknown): Promise<unknown> => {
    const { request: asked, reply } = bridgeCalls[name as BridgeCallName];
    return structuredClone(reply.parse(await handlers[name]?.(asked.parse(structuredClone(request)))));
  };
  Object.assign(window, { bridge: { call, on: () => () => undefined } });
  const session = { ...chain, officeName: '', officerName: '', loginName: '', serverUrl: '', demo: false, generationId: journal.generationId, ownSeq: journal.head().seq, cursor: 0, readOnly: null };
  desk = await openDesk(session as unknown as Session);
}

beforeEach(async () => {
  const fresh = new ForgetfulDisk();
  await makeChain(fresh);
  await start(fresh);
});

afterEach(async () => {
  await desk.close();
  await Dexie.delete(`xuncha-${chain.chainId}`);
});

async function goodRows() {
  const preview = await previewTableFile(new File([table], '名录.csv'), { existing: [], ownAuthority: '示例市机关事务管理局' });
  if (!preview.ok) throw new Error('not read');
  return preview.value.good.map(({ values }) => values);
}

const counted = async (): Promise<readonly number[]> => [journal.head().seq, (await desk.list('institution')).length];

test('3,000 institutions go in as one append, are shown, and are there after the next start', async () => {
  const steps: number[] = [];
  expect(await importRows(desk, await goodRows(), (step) => steps.push(step))).toEqual({ kind: 'done', rows });
  expect(await counted()).toEqual([rows, rows]);
  expect(steps).toEqual([250, 500, 750, 1000, 1250, 1500, 1750, 2000, 2250, 2500, 2750, 3000]);
  expect(new Set((await journal.own(1, rows)).map(({ batchId }) => batchId)).size).toBe(1);
  await desk.close();
  await start(disk.afterKill());
  expect(await counted()).toEqual([rows, rows]);
}, 60_000);

test('when the disk is full in the middle of it, none of the 3,000 is there, and it can be imported again', async () => {
  const good = await goodRows();
  const used = disk.files().reduce((sum, [, bytes]) => sum + bytes.length, 0);
  disk.capacity = used + 1_000_000;
  expect(await importRows(desk, good, () => undefined)).toMatchObject({ kind: 'nothing', problem: { code: 'disk-full' } });
  expect(await counted()).toEqual([0, 0]);
  await desk.close();
  await start(disk.afterKill());
  expect(await counted()).toEqual([0, 0]);
  disk.capacity = Infinity;
  expect(await importRows(desk, good, () => undefined)).toEqual({ kind: 'done', rows });
  expect(await counted()).toEqual([rows, rows]);
}, 60_000);

test('killed at any call to the disk, the next start has none of the 3,000 or all of them', async () => {
  const good = await goodRows();
  const ends: number[] = [];
  for (let at = 1; ends.at(-1) !== rows; at += 1) {
    Object.assign(disk, { calls: 0, cutAtCall: at });
    await Promise.race([importRows(desk, good, () => undefined), disk.powerCut]);
    await start(disk.afterKill());
    const [own, shown] = await counted();
    expect(own).toBe(shown);
    expect([0, rows]).toContain(own);
    ends.push(own ?? -1);
  }
  expect(ends.filter((end) => end === 0).length).toBeGreaterThan(0);
}, 120_000);

test('a row that its field can not hold stops the table before anything is written', async () => {
  const good = await goodRows();
  const outcome = await importRows(desk, [...good, { ...good[0], name: '长'.repeat(81) } as (typeof good)[number]], () => undefined);
  expect(outcome).toMatchObject({ kind: 'nothing', problem: { code: 'invalid-input', detail: { field: 'name' } } });
  expect(await counted()).toEqual([0, 0]);
  // Pieces of the table that failed are not part of the next one.
  expect(await importRows(desk, good.slice(0, 700), () => undefined)).toEqual({ kind: 'done', rows: 700 });
  expect(await counted()).toEqual([700, 700]);
}, 60_000);

test('what another save does meanwhile waits its turn and is not part of it', async () => {
  const good = await goodRows();
  const importing = importRows(desk, good, () => undefined);
  const saving = desk.edit([{ recordType: 'institution', recordId: desk.newId(), values: { name: '另一个单位' } }]);
  expect([await importing, (await saving).ok]).toEqual([{ kind: 'done', rows }, true]);
  expect(await counted()).toEqual([rows + 1, rows + 1]);
}, 60_000);
