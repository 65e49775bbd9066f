import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RecordState } from '#shared/sync/record-state.ts';
import { FieldDatabase, type Position } from '../../../src-renderer/store/field-database.ts';
import { openRecordStore, type RecordStore } from '../../../src-renderer/store/record-store.ts';

const chain = 'packs-and-rows';
let database: FieldDatabase;
let store: RecordStore;
let lastPack = 0;

beforeEach(async () => {
  database = new FieldDatabase(chain);
  await database.open();
  lastPack = 0;
  store = await reopened();
});

afterEach(async () => {
  database.close();
  await FieldDatabase.delete(`xuncha-${chain}`);
});

async function reopened(): Promise<RecordStore> {
  const opened = await openRecordStore(database, lastPack);
  if (!opened) throw new Error('the copy is not whole');
  return opened;
}

function room(index: number, inspection: number, remarks = ''): RecordState {
  return {
    recordId: `room-${String(index).padStart(5, '0')}`, recordType: 'roomCheck', officeId: 'o', createdBy: 'p', fields: { inspectionId: `inspection-${inspection}`, remarks },
    by: {}, conflicts: {}, awaited: {}, through: {}, lockedThrough: null, late: [],
  };
}

function rooms(from: number, count: number, inspection: number, remarks = ''): readonly RecordState[] {
  return Array.from({ length: count }, (_, index) => room(from + index, inspection, remarks));
}

async function put(...states: readonly RecordState[]): Promise<void> {
  const position = await store.write(states, (held): Position => ({ key: 'position', generationId: 'g', ownSeq: 0, cursor: 0, ...held }));
  lastPack = position.lastPack;
  expect(position.rows).toBe(store.index.size());
}

async function remarksOf(recordId: string): Promise<unknown> {
  return (await store.getMany([recordId])).get(recordId)?.fields['remarks'];
}

test('a thousand rooms that arrive together take a few operations, and each is found after a restart', async () => {
  await put(...rooms(0, 1000, 1));
  expect(await database.packs.count()).toBe(10);
  expect(await database.records.count()).toBe(0);
  store = await reopened();
  expect(store.index.ids('roomCheck', 'inspection-1')).toHaveLength(1000);
  expect((await store.getMany(['room-00000', 'room-00999', 'nobody'])).size).toBe(2);
});

test('a room edited after its arrival reads as edited, before and after a restart', async () => {
  await put(...rooms(0, 300, 1));
  await put(room(7, 1, '已调整'));
  expect(await remarksOf('room-00007')).toBe('已调整');
  store = await reopened();
  expect(await remarksOf('room-00007')).toBe('已调整');
  expect(await remarksOf('room-00008')).toBe('');
  expect(store.index.ids('roomCheck')).toHaveLength(300);
});

test('rooms typed one by one are swept into packs, so that the start never reads more than a few hundred rows', async () => {
  for (let index = 0; index < 600; index += 1) await put(room(index, 1, `第${index}间`));
  expect(await database.records.count()).toBeLessThanOrEqual(256);
  store = await reopened();
  expect(store.index.size()).toBe(600);
  for (const index of [0, 255, 256, 257, 599]) expect(await remarksOf(room(index, 1).recordId)).toBe(`第${index}间`);
});

test('packs that everything has left are given back', async () => {
  await put(...rooms(0, 1000, 1));
  await put(...rooms(0, 1000, 1, '定稿'));
  expect(await database.packs.count()).toBe(10);
  expect(await database.shelves.count()).toBe(10);
  expect(await remarksOf('room-00500')).toBe('定稿');
});

test('packs worn thin by edits are packed anew', async () => {
  await put(...rooms(0, 500, 1));
  for (let index = 0; index < 500; index += 1) if (index % 10 !== 0) await put(room(index, 1, '改'));
  for (let more = 0; more < 10; more += 1) await put(...rooms(1000 + more * 50, 50, 2));
  expect(store.index.size()).toBe(1000);
  expect(await database.packs.count()).toBeLessThan(14);
  store = await reopened();
  expect(await remarksOf('room-00010')).toBe('');
  expect(await remarksOf('room-00011')).toBe('改');
});

test('a room that moves to another inspection is listed there and nowhere else', async () => {
  await put(...rooms(0, 50, 1));
  await put(room(3, 2));
  expect(store.index.ids('roomCheck', 'inspection-1')).toHaveLength(49);
  expect(store.index.ids('roomCheck', 'inspection-2')).toEqual(['room-00003']);
});

test('a pack that the disk lost is noticed at the start', async () => {
  await put(...rooms(0, 300, 1));
  await database.packs.delete(2);
  expect(await openRecordStore(database, lastPack)).toBeNull();
});

test('a pack lost while the application runs makes the read fail instead of leaving rooms out', async () => {
  await put(...rooms(0, 5000, 1));
  store = await reopened();
  await database.packs.delete(2);
  await expect(store.getMany(store.index.ids('roomCheck'))).rejects.toThrow('lacks a record');
});

test('whoever reads while others write finds every room, whichever pack it moves to', async () => {
  await put(...rooms(0, 200, 1));
  store = await reopened();
  const reads: Promise<number>[] = [];
  const writes: Promise<void>[] = [];
  for (let turn = 0; turn < 30; turn += 1) {
    writes.push(put(...rooms(0, turn % 2 === 0 ? 200 : 7, 1, `第${turn}次`)));
    reads.push(store.getMany(store.index.ids('roomCheck')).then((found) => found.size));
  }
  await Promise.all(writes);
  expect(new Set(await Promise.all(reads))).toEqual(new Set([200]));
});

test('after any course of arrivals and edits the copy holds what a plain map would', async () => {
  let seed = 20261124;
  const random = (below: number): number => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) % below;
  const model = new Map<string, RecordState>();
  for (let step = 0; step < 120; step += 1) {
    const many = random(4) === 0 ? 40 + random(200) : 1 + random(5);
    const states = [...new Map(Array.from({ length: many }, () => room(random(900), random(3), `步${step}`)).map((state) => [state.recordId, state])).values()];
    await put(...states);
    for (const state of states) model.set(state.recordId, state);
    if (random(10) === 0) store = await reopened();
  }
  expect(new Map([...(await store.getMany([...model.keys()]))].sort())).toEqual(new Map([...model].sort()));
  for (const inspection of [0, 1, 2]) {
    const expected = [...model.values()].filter((state) => state.fields['inspectionId'] === `inspection-${inspection}`).map((state) => state.recordId).sort();
    expect(store.index.ids('roomCheck', `inspection-${inspection}`)).toEqual(expected);
  }
});

test('the pull cursor is saved in the transaction of its rows: neither without the other, whichever of the two fails', async () => {
  const at = (cursor: number) => (held: Pick<Position, 'rows' | 'lastPack'>): Position => ({ key: 'position', generationId: 'g', ownSeq: 0, cursor, ...held });
  const cursorHeld = async (): Promise<number | undefined> => (await database.meta.get('position'))?.cursor;
  await store.write([room(1, 1, '前')], at(1));
  // A row that no database can hold comes last of its page.
  const bad = { ...room(3, 1), fields: { remarks: () => '' } } as unknown as RecordState;
  await expect(store.write([room(1, 1, '后'), room(2, 1), bad], at(2))).rejects.toThrow(/clone/i);
  // A position that no database can hold comes after its rows.
  await expect(store.write([room(1, 1, '后')], (held) => ({ ...at(3)(held), generationId: (() => '') as unknown as string }))).rejects.toThrow(/clone/i);
  expect(await cursorHeld()).toBe(1);
  store = await reopened();
  expect(await remarksOf('room-00001')).toBe('前');
  expect(store.index.size()).toBe(1);
  await store.write([room(1, 1, '后'), room(2, 1)], at(2));
  expect([await cursorHeld(), await remarksOf('room-00001'), store.index.size()]).toEqual([2, '后', 2]);
});

function disputed(index: number, ...values: readonly string[]): RecordState {
  return { ...room(index, 1), conflicts: { remarks: values.map((value, at) => ({ by: String(at).repeat(64), value })) } };
}

test('rooms with two different values are known without reading a pack: in rows and packs, after a restart, and no longer once settled', async () => {
  await put(...rooms(0, 150, 1), disputed(150, '24', '26'), disputed(151, '24', '24'));
  await put(disputed(3, '24', '26'));
  expect(store.index.disputed()).toEqual(['room-00003', 'room-00150']);
  store = await reopened();
  expect(store.index.disputed()).toEqual(['room-00003', 'room-00150']);
  await put(room(150, 1), room(3, 1));
  expect(store.index.disputed()).toEqual([]);
  store = await reopened();
  expect(store.index.disputed()).toEqual([]);
});
