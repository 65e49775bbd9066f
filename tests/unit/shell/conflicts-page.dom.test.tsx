import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConflictsScreen } from '../../../src-renderer/features/sync/conflicts-screen.tsx';
import { DeskProvider } from '../../../src-renderer/store/desk-context.tsx';
import type { Desk } from '../../../src-renderer/store/desk.ts';
import { openDesk } from '../../../src-renderer/store/open-desk.ts';
import { fakeMain, myChain, myOfficer } from '../../helpers/fake-bridge.ts';
import { click, eventually, pageText, render, unmountAll } from './render.tsx';

const inspection = '0190c5a0-0000-7000-8000-0000000000a1';
const room = '0190c5a0-0000-7000-8000-0000000000b1';
const colleague = '0190c5a0-0000-7000-8000-0000000000c1';
const theirChain = `0190c5a0-0000-7000-8000-0000000000c3.${colleague}`;

let main: ReturnType<typeof fakeMain>;
let desk: Desk;

/** The same field, written over the same earlier value: neither saw the other. */
async function bothWrite(mine: string, theirs: string): Promise<void> {
  await desk.edit([{ recordType: 'inspection', recordId: inspection, values: { institutionName: '示例市档案局', title: '夏季检查' } }]);
  await desk.edit([{ recordType: 'roomCheck', recordId: room, values: { inspectionId: inspection, room: '0301', setTemperatureC: mine } }]);
  main.arrive({ recordType: 'person', recordId: myOfficer, kind: 'create', patch: { name: { was: null, to: '示例检查员' }, roles: { was: null, to: ['inspector'] } } }, theirChain, 1);
  main.arrive({ recordType: 'person', recordId: colleague, kind: 'create', patch: { name: { was: null, to: '示例同事' } } }, theirChain, 2);
  main.arrive({ recordType: 'roomCheck', recordId: room, kind: 'edit', patch: { setTemperatureC: { was: null, to: theirs } } }, theirChain, 3);
  await expect.poll(async () => (await desk.get(room))?.conflicts['setTemperatureC']?.length).toBe(2);
  await render(<DeskProvider desk={desk}><ConflictsScreen /></DeskProvider>);
}

beforeEach(async () => {
  main = fakeMain();
  Object.assign(window, { bridge: main.bridge });
  desk = await openDesk(main.session());
});

afterEach(async () => {
  await unmountAll();
  await desk.close();
  await Dexie.delete(`xuncha-${myChain}`);
});

test('two people who typed different values into one cell are asked, with who, when and from which laptop; choosing settles it', async () => {
  await bothWrite('24', '26');
  await eventually(() => expect(pageText()).toContain('用示例同事的'));
  for (const text of ['房间 0301', '示例市档案局', '设定温度', '24', '26', '用我的', '本机', '2026-08-12']) expect(pageText()).toContain(text);
  await click('用示例同事的');
  await eventually(() => expect(pageText()).toContain('没有待选定的内容'));
  expect(await desk.get(room)).toMatchObject({ conflicts: {}, fields: { setTemperatureC: '26' } });
  expect(main.own.at(-1)?.patch['setTemperatureC']).toMatchObject({ to: '26', resolves: [expect.any(String)] });
});

test('equal values of two people are nothing to ask about', async () => {
  await bothWrite('26', '26');
  await eventually(() => expect(pageText()).toContain('没有待选定的内容'));
  expect(desk.disputed()).toEqual([]);
});
