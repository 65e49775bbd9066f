import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Dexie } from 'dexie';
import type { Desk } from '../../../src-renderer/store/desk.ts';
import { createDrafts } from '../../../src-renderer/store/drafts.ts';
import { openDesk } from '../../../src-renderer/store/open-desk.ts';
import { fakeMain, myChain } from '../../helpers/fake-bridge.ts';

const inspection = '0190c5a0-0000-7000-8000-0000000000a1';
const room = '0190c5a0-0000-7000-8000-0000000000b1';
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
  vi.restoreAllMocks();
  for (const desk of open.splice(0)) await desk.close();
  await Dexie.delete(`xuncha-${myChain}`);
});

function roomEdit(values: Record<string, string>) {
  return { recordType: 'roomCheck', recordId: room, values: { inspectionId: inspection, ...values } } as const;
}

/** A colleague writes over what he saw, and it is on this desk when the promise resolves. */
async function arrives(desk: Desk, values: Record<string, string>, was: string | null, seq = 1): Promise<void> {
  const seen = new Promise((resolve) => desk.onRecords((_, foreign) => foreign && resolve(undefined)));
  main.arrive({ recordType: 'roomCheck', recordId: room, kind: 'edit', patch: Object.fromEntries(Object.entries(values).map(([path, to]) => [path, { was, to }])) }, colleague, seq);
  await seen;
}

const valuesOf = async (desk: Desk, path: string): Promise<unknown> => (await desk.get(room))?.conflicts[path]?.map((head) => head.value).sort();

test('what a colleague wrote while I was still typing in the same field is kept beside mine', async () => {
  const desk = await start();
  await desk.edit([roomEdit({ room: '0301', remarks: '靠窗' })]);
  const seen = main.own[0]?.id ?? null;
  desk.draft({ ...roomEdit({}), values: { remarks: '靠窗，开窗' } });
  await arrives(desk, { remarks: '靠窗，有人' }, seen);
  await desk.flush();
  expect(main.own[1]?.patch['remarks']).toMatchObject({ was: seen });
  expect(await valuesOf(desk, 'remarks')).toEqual(['靠窗，开窗', '靠窗，有人']);
});

test('typing on after that does not settle the conflict by itself, asking again once it is seen does', async () => {
  const desk = await start();
  await desk.edit([roomEdit({ room: '0301', remarks: '靠窗' })]);
  const seen = main.own[0]?.id ?? null;
  desk.draft({ ...roomEdit({}), values: { remarks: '靠窗，开' } });
  await arrives(desk, { remarks: '靠窗，有人' }, seen);
  const saving = desk.flush();
  desk.draft({ ...roomEdit({}), values: { remarks: '靠窗，开窗' } });
  await saving;
  await desk.flush();
  expect(await valuesOf(desk, 'remarks')).toEqual(['靠窗，开窗', '靠窗，有人']);
  desk.draft({ ...roomEdit({}), values: { remarks: '靠窗，开窗，有人' } });
  await desk.flush();
  expect((await desk.get(room))?.conflicts).toEqual({});
});

test('a colleague who wrote another field is in nobody\'s way', async () => {
  const desk = await start();
  await desk.edit([roomEdit({ room: '0301', remarks: '靠窗' })]);
  desk.draft({ ...roomEdit({}), values: { remarks: '靠窗，开窗' } });
  await arrives(desk, { use: '会议室' }, null);
  await desk.flush();
  expect(await desk.get(room)).toMatchObject({ conflicts: {}, fields: { remarks: '靠窗，开窗', use: '会议室' } });
});

test('when saving breaks down, what is typed is kept and nobody is told that it is saved', async () => {
  let breaks = true;
  const taken: unknown[] = [];
  const drafts = createDrafts(async (edits) => {
    if (breaks) throw new Error('the database went away');
    taken.push(...edits);
    return { ok: true, value: null };
  });
  drafts.note(roomEdit({ remarks: '靠窗' }));
  expect(await drafts.flush()).toMatchObject({ kind: 'failed', problem: { code: 'storage-failed' } });
  breaks = false;
  expect(await drafts.flush()).toEqual({ kind: 'saved' });
  expect(taken).toEqual([roomEdit({ remarks: '靠窗' })]);
});

test('a working copy that breaks under the hands is made anew and nothing typed is lost', async () => {
  const desk = await start();
  await desk.edit([roomEdit({ room: '0301' })]);
  const transaction = vi.spyOn(Dexie.prototype, 'transaction').mockRejectedValue(new Error('disk full'));
  const opening = vi.spyOn(Dexie.prototype, 'open').mockRejectedValue(new Error('disk full'));
  desk.draft(roomEdit({ remarks: '靠窗' }));
  expect(await desk.flush(), 'it is in the journal').toEqual({ kind: 'saved' });
  expect(main.own.at(-1)?.patch['remarks']?.to).toBe('靠窗');
  desk.draft(roomEdit({ use: '会议室' }));
  expect(await desk.flush(), 'nothing is written over what can not be read').toMatchObject({ kind: 'failed' });
  expect(main.own).toHaveLength(2);
  transaction.mockRestore();
  opening.mockRestore();
  expect(await desk.flush()).toEqual({ kind: 'saved' });
  expect((await desk.get(room))?.fields).toMatchObject({ room: '0301', remarks: '靠窗', use: '会议室' });
});
