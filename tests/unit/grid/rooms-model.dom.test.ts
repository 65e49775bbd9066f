import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDesk } from '../../../src-renderer/store/open-desk.ts';
import type { Desk } from '../../../src-renderer/store/desk.ts';
import { createRoomsModel, type RoomsModel } from '../../../src-renderer/features/room-check/rooms-model.ts';
import { formatCell } from '#shared/domain/room-check/cell-input.ts';
import type { RoomColumnId } from '#shared/domain/room-check/columns.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { fakeMain, myChain } from '../../helpers/fake-bridge.ts';

const inspection = '0190c5a0-0000-7000-8000-0000000000a1';
const rooms = ['0301', '0302', '0401'] as const;
const ids = rooms.map((_, at) => `0190c5a0-0000-7000-8000-0000000000b${at}`);
const [first = '', second = '', third = ''] = ids;
const colleague = '0190c5a0-0000-7000-8000-0000000000c1.0190c5a0-0000-7000-8000-0000000000c2';

let main: ReturnType<typeof fakeMain>;
let desk: Desk;
let model: RoomsModel;
let minute = 0;

beforeEach(async () => {
  main = fakeMain();
  Object.assign(window, { bridge: main.bridge });
  desk = await openDesk(main.session());
  const room = (at: number, values: Record<string, JsonValue> = {}) => ({
    recordType: 'roomCheck' as const, recordId: ids[at] ?? '', values: { inspectionId: inspection, order: at + 1, room: rooms[at] ?? '', floor: (rooms[at] ?? '').slice(1, 2), ...values },
  });
  await desk.edit([
    { recordType: 'inspection', recordId: inspection, values: { season: 'cooling', startedAt: '2026-08-12T01:00:00.000Z', lock: null } },
    room(0, { outcome: 'checked', mode: 'cooling', setTemperatureC: '26' }), room(1), room(2),
  ]);
  minute = 0;
  model = createRoomsModel(desk, inspection, () => `2026-08-12T06:${String(minute).padStart(2, '0')}:00.000Z`);
  await model.load();
});

afterEach(async () => {
  vi.useRealTimers();
  model.stop();
  await desk.close();
  await Dexie.delete(`xuncha-${myChain}`);
});

const cell = (id: string, column: RoomColumnId): string => {
  const row = model.row(id);
  return row ? (row.refused[column]?.text ?? formatCell(column, row.room)) : 'gone';
};
const type = (id: string, column: RoomColumnId, ...texts: readonly string[]): void => texts.forEach((text) => void model.preview(id, column, text));
const enter = (id: string, column: RoomColumnId, text: string): void => {
  type(id, column, text);
  model.commit(id, column, text);
};
const stored = async (id: string, path: string): Promise<JsonValue | undefined> => {
  await desk.flush();
  return (await desk.get(id))?.fields[path];
};
/** What the journal was told about a field, in order. */
const told = (path: string): readonly JsonValue[] => main.own.flatMap((change) => (change.patch[path] ? [change.patch[path].to] : []));
const linesShown = (): readonly string[] => model.lines().map((line) => (line.kind === 'row' ? cell(line.id, 'room') : line.kind === 'new' ? '＋' : line.id));

test('rooms stand under their floors in the order of the walk, an empty row at the end', () => {
  expect(linesShown()).toEqual(['floor:3', '0301', '0302', 'floor:4', '0401', '＋']);
});

test('the verdict follows every key', () => {
  type(first, 'setTemperatureC', '24');
  expect(model.row(first)?.setting.kind).toBe('exceeds');
  type(first, 'setTemperatureC', '26');
  expect(model.row(first)?.setting.kind).toBe('ok');
});

test('a half typed number is no verdict and is never stored', async () => {
  type(first, 'setTemperatureC', '2');
  expect(model.row(first)?.setting.kind).toBe('undetermined');
  expect(await stored(first, 'setTemperatureC')).toBe('26');
});

test('what was accepted on the way to a refused text does not stay behind', async () => {
  type(first, 'setTemperatureC', '2', '25', '250');
  model.commit(first, 'setTemperatureC', '250');
  expect(await stored(first, 'setTemperatureC')).toBe('26');
  expect(cell(first, 'setTemperatureC')).toBe('250');
  expect(model.row(first)?.refused.setTemperatureC?.problem.code).toBe('out-of-range');
});

test('not even a pause in the middle of a refused text stores its beginning', async () => {
  type(first, 'setTemperatureC', '2', '25');
  expect(await stored(first, 'setTemperatureC')).toBe('25');
  type(first, 'setTemperatureC', '250');
  expect(await stored(first, 'setTemperatureC')).toBe('26');
});

test.each(['二十六', '-40', '260', '2６度半'])('%s stays in view with its reason and is not stored', async (text) => {
  enter(second, 'setTemperatureC', text);
  expect(cell(second, 'setTemperatureC')).toBe(text);
  expect(model.row(second)?.refused.setTemperatureC).toBeDefined();
  expect(await stored(second, 'setTemperatureC')).toBeUndefined();
});

test('a refused text goes when a good one comes, or with undo', () => {
  enter(second, 'setTemperatureC', '260');
  enter(second, 'setTemperatureC', '26。5');
  expect(model.row(second)?.refused).toEqual({});
  expect(cell(second, 'setTemperatureC')).toBe('26.5');
  model.undo();
  expect(cell(second, 'setTemperatureC')).toBe('260');
  model.undo();
  expect(cell(second, 'setTemperatureC')).toBe('');
});

test('Esc brings back what stood there, in the journal too', async () => {
  type(first, 'setTemperatureC', '24');
  await desk.flush();
  model.cancel();
  expect(cell(first, 'setTemperatureC')).toBe('26');
  expect(await stored(first, 'setTemperatureC')).toBe('26');
});

test('an emptied cell is empty, not zero', async () => {
  model.setBlock([{ rowId: first, column: 'setTemperatureC', text: '' }]);
  expect(await stored(first, 'setTemperatureC')).toBeNull();
});

test('typing is saved after the rest, without Enter', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout'] });
  type(first, 'setTemperatureC', '24');
  expect(desk.saveState().kind).toBe('waiting');
  await vi.advanceTimersByTimeAsync(450);
  await vi.waitFor(() => expect(desk.saveState().kind).toBe('saved'));
  expect(told('setTemperatureC').at(-1)).toBe('24');
});

test('each reading keeps its own time, and a further one changes no earlier one', () => {
  minute = 3;
  type(second, 'readings', '26.3');
  minute = 5;
  type(second, 'readings', '26.3 26.5');
  model.commit(second, 'readings', '26.3 26.5');
  minute = 9;
  enter(second, 'readings', '26.3 26.5 26.4');
  expect(model.row(second)?.room.readings.map((reading) => [reading.valueC, reading.at?.slice(14, 16), reading.point])).toEqual([['26.3', '03', 1], ['26.5', '05', 2], ['26.4', '09', 3]]);
});

test('readings pasted have no time until Ctrl+; says now', () => {
  model.setBlock([{ rowId: second, column: 'readings', text: '26.3 26.5' }]);
  expect(model.row(second)?.room.readings.map((reading) => reading.at)).toEqual([null, null]);
  minute = 7;
  expect(model.stampNow(second, 'readings')).toBe(true);
  expect(model.row(second)?.room.readings.map((reading) => reading.at?.slice(14, 16))).toEqual(['07', '07']);
});

test('an adjustment on the spot keeps the setting found and its verdict', () => {
  enter(first, 'setTemperatureC', '24');
  minute = 8;
  enter(first, 'adjustedToC', '26');
  expect(cell(first, 'setTemperatureC')).toBe('24');
  expect(model.row(first)?.setting.kind).toBe('exceeds');
  expect(cell(first, 'adjustedAt')).toBe('14:08');
});

test('who enters a reading has checked the room; a locked door stays locked', () => {
  enter(second, 'readings', '26.3');
  expect(cell(second, 'outcome')).toBe('已检');
  enter(third, 'outcome', '2');
  enter(third, 'readings', '26.3');
  expect(cell(third, 'outcome')).toBe('锁门');
});

test('a pasted block is one step: one batch in the journal, one undo', async () => {
  const before = main.calls.filter((name) => name === 'journal.append').length;
  model.setBlock([first, second, third].flatMap((rowId) => [{ rowId, column: 'mode', text: '制冷' }, { rowId, column: 'setTemperatureC', text: '24' }]));
  await desk.flush();
  expect(main.calls.filter((name) => name === 'journal.append')).toHaveLength(before + 1);
  expect([first, second, third].map((id) => model.row(id)?.setting.kind)).toEqual(['exceeds', 'exceeds', 'exceeds']);
  model.undo();
  expect([first, second, third].map((id) => cell(id, 'setTemperatureC'))).toEqual(['26', '', '']);
  model.redo();
  expect(await stored(third, 'setTemperatureC')).toBe('24');
});

test('a bad cell in a pasted block is marked and keeps nothing else out', () => {
  model.setBlock([{ rowId: second, column: 'setTemperatureC', text: 'abc' }, { rowId: second, column: 'use', text: '办公' }]);
  expect(cell(second, 'use')).toBe('办公');
  expect(cell(second, 'setTemperatureC')).toBe('abc');
});

test('an unknown room number makes a room on its floor; undo takes it away again', async () => {
  const id = model.addRoom('0303');
  expect(linesShown()).toEqual(['floor:3', '0301', '0302', '0303', 'floor:4', '0401', '＋']);
  expect(await stored(id, 'inspectionId')).toBe(inspection);
  model.undo();
  expect(linesShown()).toEqual(['floor:3', '0301', '0302', 'floor:4', '0401', '＋']);
  expect(await stored(id, 'removed')).toBe(true);
  model.redo();
  expect(cell(id, 'room')).toBe('0303');
});

test('typing in the empty row makes a room when it is entered, not while it is typed', () => {
  const id = model.newRowId();
  type(id, 'room', '0', '05', '050', '0501');
  expect(linesShown().at(-1)).toBe('＋');
  expect(told('room')).not.toContain('05');
  model.commit(id, 'room', '0501');
  expect(linesShown()).toEqual(['floor:3', '0301', '0302', 'floor:4', '0401', 'floor:5', '0501', '＋']);
  expect(model.newRowId()).not.toBe(id);
});

test('a table with headings goes to the rooms it names, and makes the missing ones', () => {
  const cells = model.readTable('房号\t设定\t实测\r\n0401\t25\t25.1\r\n0999\t26\t二十六\r\n', [first], 'room') ?? [];
  model.setBlock(cells);
  expect(cell(third, 'setTemperatureC')).toBe('25');
  const made = model.findRoom('0999');
  expect(made?.room.setTemperatureC).toBe('26');
  expect(made?.refused.readings?.text).toBe('二十六');
});

test('a colleague’s change shows at once and leaves the cell being typed alone', async () => {
  type(second, 'setTemperatureC', '24');
  main.arrive({ recordType: 'roomCheck', recordId: second, kind: 'edit', patch: { use: { was: null, to: '会议室' }, setTemperatureC: { was: null, to: '27' } } }, colleague, 1);
  await vi.waitFor(() => expect(cell(second, 'use')).toBe('会议室'));
  expect(cell(second, 'setTemperatureC')).toBe('24');
});

test('two people setting one field are both kept and the room says so', async () => {
  enter(second, 'setTemperatureC', '24');
  await desk.flush();
  main.arrive({ recordType: 'roomCheck', recordId: second, kind: 'edit', patch: { setTemperatureC: { was: null, to: '27' } } }, colleague, 1);
  await vi.waitFor(() => expect(model.row(second)?.conflicts).toBe(1));
  expect(model.state(second)?.conflicts['setTemperatureC']?.map((head) => head.value).sort()).toEqual(['24', '27']);
});

test('a room that a colleague adds appears on its floor', async () => {
  const id = '0190c5a0-0000-7000-8000-0000000000d1';
  main.arrive({ recordType: 'roomCheck', recordId: id, kind: 'create', patch: { inspectionId: { was: null, to: inspection }, room: { was: null, to: '0305' }, floor: { was: null, to: '3' }, order: { was: null, to: 9 } } }, colleague, 1);
  await vi.waitFor(() => expect(linesShown()).toContain('0305'));
});

test('with a full disk the typing stays in view, unsaved, and is saved later', async () => {
  main.refuseWith('disk-full');
  enter(second, 'setTemperatureC', '24');
  expect((await desk.flush()).kind).toBe('failed');
  expect(cell(second, 'setTemperatureC')).toBe('24');
  main.refuseWith(null);
  expect((await desk.flush()).kind).toBe('saved');
  expect(await stored(second, 'setTemperatureC')).toBe('24');
});

test('a locked inspection can not be written', async () => {
  await desk.edit([{ recordType: 'inspection', recordId: inspection, values: { lock: { lockedAt: '2026-08-12T08:00:00.000Z', lockedBy: '0190c5a0-0000-7000-8000-000000000002', seen: {}, covers: [] } } }]);
  await vi.waitFor(() => expect(model.writable()).toBe(false));
});

test('the counts of the bottom line are those of the rules', async () => {
  model.setBlock([{ rowId: first, column: 'setTemperatureC', text: '24' }, { rowId: second, column: 'outcome', text: '锁门' }, { rowId: third, column: 'use', text: 'x'.repeat(61) }]);
  await vi.waitFor(() => expect(model.counts()).toMatchObject({ rooms: 3, done: 2, exceeding: 1, toVerify: 0, refused: 1 }));
  expect(model.counts().floors['floor:3']).toMatchObject({ rooms: 2, exceeding: 1 });
});

test('typing on in one field of the drawer is one step', () => {
  for (const text of ['机', '机房', '机房改造']) model.editRoom(first, { remarks: text }, true);
  expect(cell(first, 'remarks')).toBe('机房改造');
  model.undo();
  expect(cell(first, 'remarks')).toBe('');
});

test('what a colleague enters in the cell I am typing in is kept beside mine, however often mine is saved meanwhile', async () => {
  type(first, 'remarks', '靠窗');
  await desk.flush();
  const seen = new Promise((resolve) => desk.onRecords((_, foreign) => foreign && resolve(undefined)));
  main.arrive({ recordType: 'roomCheck', recordId: first, kind: 'edit', patch: { remarks: { was: null, to: '有人' } } }, colleague, 1);
  await seen;
  type(first, 'remarks', '靠窗，开');
  await desk.flush();
  enter(first, 'remarks', '靠窗，开窗');
  await desk.flush();
  expect((await desk.get(first))?.conflicts['remarks']?.map((head) => head.value).sort()).toEqual(['有人', '靠窗，开窗']);
});

test('what a colleague has entered before I begin is mine to change', async () => {
  const seen = new Promise<void>((resolve) => model.onRow(first, resolve));
  main.arrive({ recordType: 'roomCheck', recordId: first, kind: 'edit', patch: { remarks: { was: null, to: '有人' } } }, colleague, 1);
  await seen;
  enter(first, 'remarks', '没有人');
  await desk.flush();
  expect(await desk.get(first)).toMatchObject({ conflicts: {}, fields: { remarks: '没有人' } });
});
