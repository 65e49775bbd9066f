import { afterEach, beforeEach, expect, test } from 'vitest';
import { Dexie } from 'dexie';
import { recordTypes, type RecordRegistry } from '#shared/domain/records.ts';
import type { Desk } from '../../../src-renderer/store/desk.ts';
import { openDesk } from '../../../src-renderer/store/open-desk.ts';
import { fakeMain, myChain } from '../../helpers/fake-bridge.ts';

const inspection = '0190c5a0-0000-7000-8000-0000000000a1';
const room = '0190c5a0-0000-7000-8000-0000000000b1';
const caseId = '0190c5a0-0000-7000-8000-0000000000d1';
const colleague = '0190c5a0-0000-7000-8000-0000000000c1.0190c5a0-0000-7000-8000-0000000000c2';

/** A program of last year: no cases, no remarks on a room. */
const { case: _case, ...known } = recordTypes;
const { remarks: _remarks, ...roomFields } = recordTypes.roomCheck.fields;
const older: RecordRegistry = { ...known, roomCheck: { ...recordTypes.roomCheck, fields: roomFields } };

let main: ReturnType<typeof fakeMain>;
const open: Desk[] = [];

async function start(records?: RecordRegistry): Promise<Desk> {
  const desk = await openDesk(main.session(), undefined, undefined, records);
  open.push(desk);
  return desk;
}

async function closed(desk: Desk): Promise<void> {
  await desk.close();
  open.splice(open.indexOf(desk), 1);
}

const arrive = (recordType: string, recordId: string, values: Readonly<Record<string, string | number | null>>, seq: number, kind = 'edit') =>
  main.arrive({ recordType, recordId, kind, patch: Object.fromEntries(Object.entries(values).map(([path, to]) => [path, { was: null, to }])) }, colleague, seq);

async function until<T>(look: () => Promise<T>, fits: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await look();
    if (fits(value)) return value;
    await new Promise<void>((resolve) => { setTimeout(resolve, 1); });
  }
}

beforeEach(() => {
  main = fakeMain();
  Object.assign(window, { bridge: main.bridge });
});

afterEach(async () => {
  for (const desk of open.splice(0)) await desk.close();
  await Dexie.delete(`xuncha-${myChain}`);
});

test('a record from a newer version is parked and replayed after the update', async () => {
  const desk = await start(older);
  arrive('roomCheck', room, { inspectionId: inspection, room: '0301' }, 1, 'create');
  arrive('roomCheck', room, { remarks: '窗户开着', setTemperatureC: '24' }, 2);
  arrive('roomCheck', room, { use: '办公室' }, 3);
  arrive('case', caseId, { inspectionId: inspection }, 4, 'create');
  await until(() => desk.parked(), (parked) => parked.length === 2);
  expect((await desk.get(room))?.fields).toEqual({ inspectionId: inspection, room: '0301', use: '办公室' });
  expect(await desk.get(caseId)).toBeNull();
  await closed(desk);

  const stillOlder = await start(older);
  expect((await stillOlder.parked()).map(({ seq }) => seq).sort()).toEqual([2, 4]);
  await closed(stillOlder);

  const updated = await start();
  expect(await updated.parked()).toEqual([]);
  expect((await updated.get(room))?.fields).toEqual({ inspectionId: inspection, room: '0301', use: '办公室', remarks: '窗户开着', setTemperatureC: '24' });
  expect((await updated.children('case', inspection)).map(({ recordId }) => recordId)).toEqual([caseId]);
});

test('a value of another shape waits too, one that is merely long does not', async () => {
  const desk = await start();
  arrive('roomCheck', room, { inspectionId: inspection, room: '0301' }, 1, 'create');
  arrive('roomCheck', room, { outcome: 'seen-from-a-drone' }, 2);
  arrive('roomCheck', room, { remarks: '长'.repeat(2001) }, 3);
  await until(() => desk.get(room), (record) => record?.fields['remarks'] !== undefined);
  expect((await desk.parked()).map(({ seq }) => seq)).toEqual([2]);
  expect((await desk.get(room))?.fields['outcome']).toBeUndefined();
});

test('a change that the server publishes late is folded in its place', async () => {
  const desk = await start();
  arrive('roomCheck', room, { inspectionId: inspection, room: '0301' }, 2, 'create');
  arrive('roomCheck', room, { remarks: '早先被拒收' }, 1);
  const record = await until(() => desk.get(room), (found) => found?.fields['remarks'] !== undefined);
  expect(record?.fields).toEqual({ inspectionId: inspection, room: '0301', remarks: '早先被拒收' });
});

test('pages that were pulled anew from a server that was set back are shown without a restart, and what is typed stays', async () => {
  const desk = await start();
  await desk.edit([{ recordType: 'roomCheck', recordId: room, values: { inspectionId: inspection, room: '0301' } }]);
  arrive('roomCheck', caseId, { inspectionId: inspection, room: '丢失的' }, 1, 'create');
  const shared = arrive('roomCheck', room, { remarks: '同事的' }, 2);
  await until(() => desk.get(room), (record) => record?.fields['remarks'] === '同事的');
  const told = new Set<string>();
  desk.onRecords((changed) => changed.forEach((id) => told.add(id)));
  desk.draft({ recordType: 'roomCheck', recordId: room, values: { remarks: '我正在写' } });
  main.pages.splice(0);
  main.newGeneration();
  arrive('roomCheck', room, { use: '重新取回' }, 1);
  await until(() => desk.get(room), (record) => record?.fields['use'] === '重新取回');
  expect(await desk.get(caseId), 'what the server lost is not shown any more').toBeNull();
  expect([...told]).toEqual(expect.arrayContaining([room, caseId]));
  expect((await desk.get(room))?.fields['room'], 'own work comes from the own journal').toBe('0301');
  expect(await desk.flush()).toEqual({ kind: 'saved' });
  expect(main.own.at(-1)?.patch['remarks']).toEqual({ was: shared.id, to: '我正在写' });
});

test('a value that no record can hold is there after a restart, with its reason, and nothing else of its record was kept out', async () => {
  const desk = await start();
  desk.draft({ recordType: 'roomCheck', recordId: room, values: { inspectionId: inspection, room: '0301', remarks: '长'.repeat(2001) } });
  expect(await desk.flush()).toMatchObject({ kind: 'failed', problem: { code: 'field-too-long', detail: { field: 'remarks' } } });
  expect((await desk.get(room))?.fields).toEqual({ inspectionId: inspection, room: '0301' });
  await closed(desk);

  const again = await start();
  await again.flush();
  expect(again.saveState()).toMatchObject({ kind: 'failed', problem: { code: 'field-too-long' } });
  expect(again.stuck()).toMatchObject([{ recordId: room, path: 'remarks', value: '长'.repeat(2001) }]);
  again.draft({ recordType: 'roomCheck', recordId: room, values: { remarks: '短' } });
  expect(await again.flush()).toEqual({ kind: 'saved' });
  await closed(again);
  expect((await start()).stuck()).toEqual([]);
});
