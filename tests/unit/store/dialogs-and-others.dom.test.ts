import { afterEach, beforeEach, expect, test } from 'vitest';
import { Dexie } from 'dexie';
import type { RecordState } from '#shared/sync/record-state.ts';
import type { Desk } from '../../../src-renderer/store/desk.ts';
import { openDesk } from '../../../src-renderer/store/open-desk.ts';
import { fakeMain, myChain } from '../../helpers/fake-bridge.ts';

const inspection = '0190c5a0-0000-7000-8000-0000000000a1';
const handover = '0190c5a0-0000-7000-8000-0000000000b2';
const colleague = '0190c5a0-0000-7000-8000-0000000000c1.0190c5a0-0000-7000-8000-0000000000c2';
const mine = '2026-08-12T06:00:00.000Z';
const theirs = '2026-08-12T05:59:00.000Z';

let main: ReturnType<typeof fakeMain>;
let desk: Desk;

beforeEach(async () => {
  main = fakeMain();
  Object.assign(window, { bridge: main.bridge });
  desk = await openDesk(main.session());
  await desk.edit([{ recordType: 'handover', recordId: handover, values: { inspectionId: inspection, platformNumber: 'P-1', enteredAt: null } }]);
});

afterEach(async () => {
  await desk.close();
  await Dexie.delete(`xuncha-${myChain}`);
});

const shown = async (): Promise<RecordState> => (await desk.get(handover)) as RecordState;
const idOf = (path: string, at = 0): string => String(main.own.filter((change) => path in change.patch)[at]?.id);
const values = (state: RecordState, path: string): unknown => state.conflicts[path]?.map((head) => head.value).sort();

/** A colleague writes over the change `was`, and it is on this desk when the promise resolves. */
async function arrives(patch: Readonly<Record<string, string>>, was: string, seq = 1): Promise<void> {
  const seen = new Promise((resolve) => desk.onRecords((_, foreign) => foreign && resolve(undefined)));
  main.arrive({ recordType: 'handover', recordId: handover, kind: 'edit', patch: Object.fromEntries(Object.entries(patch).map(([path, to]) => [path, { was, to }])) }, colleague, seq);
  await seen;
}

test('a tick set on another laptop while my dialog was open is kept beside mine, and a person chooses', async () => {
  const over = await shown();
  await arrives({ enteredAt: theirs }, idOf('enteredAt'));
  await desk.edit([{ recordType: 'handover', recordId: handover, values: { enteredAt: mine }, over }]);
  const both = await shown();
  expect(values(both, 'enteredAt')).toEqual([theirs, mine]);
  await desk.edit([{ recordType: 'handover', recordId: handover, values: { enteredAt: theirs }, over: both }]);
  expect(await shown()).toMatchObject({ conflicts: {}, fields: { enteredAt: theirs } });
});

test('a third value that arrives while I choose between two is not put away unseen', async () => {
  const over = await shown();
  await arrives({ platformNumber: 'P-2' }, idOf('platformNumber'));
  await desk.edit([{ recordType: 'handover', recordId: handover, values: { platformNumber: 'P-3' }, over }]);
  const both = await shown();
  await arrives({ platformNumber: 'P-4' }, String(both.conflicts['platformNumber']?.find((head) => head.value === 'P-2')?.by), 2);
  await desk.edit([{ recordType: 'handover', recordId: handover, values: { platformNumber: 'P-3' }, over: both }]);
  expect(values(await shown(), 'platformNumber')).toEqual(['P-3', 'P-4']);
});

test('a dialog that saves every field writes only what the person changed', async () => {
  const over = await shown();
  await arrives({ platformNumber: 'P-9' }, idOf('platformNumber'));
  await desk.edit([{ recordType: 'handover', recordId: handover, values: { platformNumber: 'P-1', enteredAt: mine }, over }]);
  expect(Object.keys(main.own[1]?.patch ?? {})).toEqual(['enteredAt']);
  expect(await shown()).toMatchObject({ conflicts: {}, fields: { platformNumber: 'P-9', enteredAt: mine } });
});

test('saving a dialog in which nothing was changed writes nothing and is fine', async () => {
  const outcome = await desk.edit([{ recordType: 'handover', recordId: handover, values: { platformNumber: 'P-1' }, over: await shown() }]);
  expect(outcome).toMatchObject({ ok: true, value: { changes: [] } });
  expect(main.own).toHaveLength(1);
});

test('ticking twice before the screen has the first is no conflict with myself', async () => {
  const over = await shown();
  await desk.edit([{ recordType: 'handover', recordId: handover, values: { enteredAt: mine }, over }]);
  await desk.edit([{ recordType: 'handover', recordId: handover, values: { enteredAt: theirs }, over }]);
  expect(await shown()).toMatchObject({ conflicts: {}, fields: { enteredAt: theirs } });
});

test('what a colleague wrote over my own value while I typed on is kept, after any number of savings', async () => {
  const over = await shown();
  const typed = (platformNumber: string): void => desk.draft({ recordType: 'handover', recordId: handover, values: { platformNumber }, over });
  typed('P-10');
  await desk.flush();
  await arrives({ platformNumber: 'P-2' }, idOf('platformNumber', 1));
  typed('P-100');
  await desk.flush();
  typed('P-1000');
  await desk.flush();
  expect(values(await shown(), 'platformNumber')).toEqual(['P-1000', 'P-2']);
});

test('a record that came from elsewhere under the same id is not overwritten by one made over nothing', async () => {
  const outcome = await desk.edit([{ recordType: 'handover', recordId: handover, values: { platformNumber: 'P-7' }, over: null }]);
  expect(outcome.ok).toBe(true);
  expect((await shown()).fields['platformNumber'], 'the first one was my own: I know it').toBe('P-7');
  await arrives({ platformNumber: 'P-8' }, idOf('platformNumber', 1));
  await desk.edit([{ recordType: 'handover', recordId: handover, values: { platformNumber: 'P-9' }, over: null }]);
  expect(values(await shown(), 'platformNumber')).toEqual(['P-8', 'P-9']);
});
