import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Dexie } from 'dexie';
import type { Desk } from '../../../src-renderer/store/desk.ts';
import { openDesk } from '../../../src-renderer/store/open-desk.ts';
import { fakeMain, myChain } from '../../helpers/fake-bridge.ts';

const inspection = '0190c5a0-0000-7000-8000-0000000000a1';
const room = '0190c5a0-0000-7000-8000-0000000000b1';
const otherRoom = '0190c5a0-0000-7000-8000-0000000000b2';
const colleague = '0190c5a0-0000-7000-8000-0000000000c1.0190c5a0-0000-7000-8000-0000000000c2';

let main: ReturnType<typeof fakeMain>;
const open: Desk[] = [];

async function start(): Promise<Desk> {
  const desk = await openDesk(main.session());
  open.push(desk);
  return desk;
}

beforeEach(() => {
  main = fakeMain();
  Object.assign(window, { bridge: main.bridge });
});

afterEach(async () => {
  vi.useRealTimers();
  for (const desk of open.splice(0)) await desk.close();
  await Dexie.delete(`xuncha-${myChain}`);
});

function roomEdit(values: Record<string, string | number | null | boolean>, recordId = room) {
  return { recordType: 'roomCheck', recordId, values: { inspectionId: inspection, ...values } } as const;
}

test('a room typed offline is there after a restart', async () => {
  const desk = await start();
  expect((await desk.edit([roomEdit({ room: '0301', setTemperatureC: '24' })])).ok).toBe(true);
  await desk.close();
  const again = await start();
  expect((await again.get(room))?.fields['setTemperatureC']).toBe('24');
  expect((await again.children('roomCheck', inspection)).map((each) => each.recordId)).toEqual([room]);
});

test('a working copy deleted between two starts is made anew from the journal and the pages', async () => {
  const desk = await start();
  await desk.edit([roomEdit({ room: '0301', setTemperatureC: '24' })]);
  main.arrive({ recordType: 'roomCheck', recordId: otherRoom, kind: 'create', patch: { inspectionId: { was: null, to: inspection }, room: { was: null, to: '0302' } } }, colleague, 1);
  await desk.close();
  await Dexie.delete(`xuncha-${myChain}`);
  const again = await start();
  expect((await again.children('roomCheck', inspection)).map((each) => each.fields['room']).sort()).toEqual(['0301', '0302']);
});

test('a working copy of another journal generation is not trusted', async () => {
  const desk = await start();
  await desk.edit([roomEdit({ room: '0301' })]);
  await desk.close();
  main.own.splice(0);
  main.newGeneration();
  const again = await start();
  expect(await again.get(room)).toBeNull();
});

test('已保存 is said only after the journal has it, and a full disk keeps what was typed', async () => {
  const desk = await start();
  main.refuseWith('disk-full');
  desk.draft(roomEdit({ room: '0301', remarks: '靠窗' }));
  expect(desk.saveState()).toEqual({ kind: 'waiting' });
  expect(await desk.flush()).toEqual({ kind: 'failed', problem: { code: 'disk-full' } });
  expect(main.own).toHaveLength(0);
  main.refuseWith(null);
  expect(await desk.flush()).toEqual({ kind: 'saved' });
  expect((await desk.get(room))?.fields['remarks']).toBe('靠窗');
});

test('one field that is too long is named and does not keep the other rooms from the journal', async () => {
  const desk = await start();
  desk.draft(roomEdit({ room: '0301', remarks: '长'.repeat(5000) }));
  desk.draft(roomEdit({ room: '0302' }, otherRoom));
  expect(await desk.flush()).toEqual({ kind: 'failed', problem: { code: 'field-too-long', detail: { field: 'remarks' } } });
  expect((await desk.get(otherRoom))?.fields['room']).toBe('0302');
  desk.draft(roomEdit({ remarks: '短' }));
  expect(await desk.flush()).toEqual({ kind: 'saved' });
  expect((await desk.get(room))?.fields).toMatchObject({ room: '0301', remarks: '短' });
});

test('typing into one room within the rest makes one change', async () => {
  const desk = await start();
  desk.draft(roomEdit({ room: '0301' }));
  desk.draft(roomEdit({ setTemperatureC: '2' }));
  desk.draft(roomEdit({ setTemperatureC: '24' }));
  await desk.flush();
  expect(main.own).toHaveLength(1);
  expect(main.own[0]?.patch['setTemperatureC']?.to).toBe('24');
});

test('a colleague who changed the same field leaves both values and a conflict', async () => {
  const desk = await start();
  await desk.edit([roomEdit({ room: '0301' })]);
  const first = main.own[0]?.id ?? null;
  await desk.edit([roomEdit({ setTemperatureC: '24' })]);
  const seen = new Promise((resolve) => desk.onRecords((_, foreign) => foreign && resolve(undefined)));
  main.arrive({ recordType: 'roomCheck', recordId: room, kind: 'edit', patch: { setTemperatureC: { was: null, to: '25' } } }, colleague, 1);
  await seen;
  const state = await desk.get(room);
  expect(state?.conflicts['setTemperatureC']?.map((head) => head.value).sort()).toEqual(['24', '25']);
  expect(first).not.toBeNull();
  await desk.edit([roomEdit({ setTemperatureC: '25' })]);
  expect((await desk.get(room))?.conflicts).toEqual({});
});

test('a lock that does not cover my last change sets it aside as a supplement', async () => {
  const desk = await start();
  await desk.edit([roomEdit({ room: '0301' })]);
  await desk.edit([roomEdit({ remarks: '补记' })]);
  const seen = new Promise((resolve) => desk.onRecords((_, foreign) => foreign && resolve(undefined)));
  const lock = { lockedAt: '2026-08-12T08:00:00.000Z', lockedBy: colleague.slice(37), seen: { [myChain]: 1 }, covers: [{ recordId: room, contentHash: 'a'.repeat(64) }] };
  main.arrive({ recordType: 'inspection', recordId: inspection, kind: 'lock', patch: { lock: { was: null, to: lock } } }, colleague, 1);
  await seen;
  const state = await desk.get(room);
  expect(state?.fields).toMatchObject({ room: '0301' });
  expect(state?.fields['remarks']).toBeUndefined();
  expect(state?.late).toHaveLength(1);
});
