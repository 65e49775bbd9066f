import { afterEach, beforeEach, expect, test } from 'vitest';
import { Dexie } from 'dexie';
import type { Desk } from '../../../src-renderer/store/desk.ts';
import { openDesk } from '../../../src-renderer/store/open-desk.ts';
import { fakeMain, myChain } from '../../helpers/fake-bridge.ts';

const inspection = '0190c5a0-0000-7000-8000-0000000000a1';
const mine = '0190c5a0-0000-7000-8000-0000000000b1';
const colleague = '0190c5a0-0000-7000-8000-0000000000c1.0190c5a0-0000-7000-8000-0000000000c2';

let main: ReturnType<typeof fakeMain>;
let desk: Desk;

beforeEach(async () => {
  main = fakeMain();
  Object.assign(window, { bridge: main.bridge });
  desk = await openDesk(main.session());
});

afterEach(async () => {
  await desk.close();
  await Dexie.delete(`xuncha-${myChain}`);
});

test('what is typed while thousands of rooms arrive is saved after one piece of them, not after all', async () => {
  const arrived = new Promise<void>((resolve) => desk.onRecords(async () => (await desk.children('roomCheck', inspection)).length === 4001 && resolve()));
  for (let index = 0; index < 4000; index += 1) {
    const recordId = `0190c5a0-0000-7000-8000-${String(index).padStart(12, '0')}`;
    main.arrive({ recordType: 'roomCheck', recordId, kind: 'create', patch: { inspectionId: { was: null, to: inspection }, room: { was: null, to: `${index}` } } }, colleague, index + 1);
  }
  const saved = await desk.edit([{ recordType: 'roomCheck', recordId: mine, values: { inspectionId: inspection, room: '0301' } }]);
  expect(saved.ok).toBe(true);
  const piecesBefore = main.calls.slice(0, main.calls.indexOf('journal.append')).filter((name) => name === 'pages.read').length;
  await arrived;
  const pieces = main.calls.filter((name) => name === 'pages.read').length;
  // Opening looks twice; then the pieces under way when the edit came, and one read ahead.
  expect(piecesBefore).toBeLessThanOrEqual(5);
  expect(pieces).toBeGreaterThan(8);
});
