import { expect, test } from 'vitest';
import { planReadings, readReadingsTable, valuesOfPlan } from '../../../src-renderer/features/room-check/readings-table.ts';
import { decodeText } from '../../../src-renderer/features/room-check/read-text-file.ts';
import { roomOf } from '../../../src-renderer/features/room-check/room-row.ts';

/** As loggers and research tables write them: many columns, NA and empty cells. */
const csv = [
  'record_id,city,timestamp,ta,ta_h,ta_m,ta_l,rh',
  '56302,示例市,2003-05-15T00:00:00Z,24.8,24.8,,,32.1',
  '56412,示例市,2004-08-18T00:00:00Z,NA,NA,,,51.5',
  '56409,示例市,2004-08-18T00:00:00Z,26.7,26.7,26.5,26.1,50.1',
  '0301,示例市,2004-08-18T00:00:00Z,27.2,,,,49.8',
].join('\r\n');

function table(text = csv) {
  const read = readReadingsTable(text);
  if (!read.ok) throw new Error(read.problem.code);
  return read.value;
}

test('the columns of room and air temperature are found by their headings', () => {
  const { header, roomColumn, readingColumns } = table();
  expect(header[roomColumn]).toBe('record_id');
  expect(readingColumns.map((at) => header[at])).toContain('ta');
});

test('gaps are gaps: NA and empty cells make no reading and no room', () => {
  const plan = planReadings(table(), 0, [3], (room) => room === '0301');
  expect(plan.lines.map((line) => line.kind)).toEqual(['new', 'gap', 'new', 'known']);
  expect([plan.made, plan.matched, plan.gaps, plan.bad, plan.readings]).toEqual([2, 1, 1, 0, 3]);
});

test('a value that is no temperature is named with its line and never written', () => {
  const plan = planReadings(table('房号,实测\n0301,26.3\n0302,二十六\n0303,260\n,26'), 0, [1], () => false);
  expect(plan.lines.map((line) => [line.line, line.kind, line.problem?.code])).toEqual([[2, 'new', undefined], [3, 'bad', 'not-a-number'], [4, 'bad', 'out-of-range'], [5, 'bad', 'incomplete']]);
  const values = valuesOfPlan(plan, () => null, () => 'n', (id) => roomOf(id, {}));
  expect(values.ok && values.value.map((each) => each.values['room'])).toEqual(['0301']);
});

test('several columns and several lines of one room are further points of it', () => {
  let made = 0;
  const plan = planReadings(table('房号,实测1,实测2\n0301,26.3,26.5\n0301,26.4,'), 0, [1, 2], () => true);
  const room = roomOf('r', { room: '0301', outcome: 'checked', 'readings/old': { valueC: '25.9', at: '2026-08-12T06:00:00.000Z', point: 1 } });
  const values = valuesOfPlan(plan, () => room, () => `n${(made += 1)}`, (id) => roomOf(id, {}));
  expect(values.ok && values.value).toEqual([
    { id: 'r', values: { 'readings/n1': { valueC: '26.3', at: null, point: 2 }, 'readings/n2': { valueC: '26.5', at: null, point: 3 }, 'readings/n3': { valueC: '26.4', at: null, point: 4 } } },
  ]);
});

test('a room without a visit gets its outcome with its first reading', () => {
  const plan = planReadings(table('房号,实测\n0399,26.3'), 0, [1], () => false);
  const values = valuesOfPlan(plan, () => null, () => 'n', (id) => roomOf(id, {}));
  expect(values.ok && values.value[0]?.values).toMatchObject({ room: '0399', outcome: 'checked' });
});

test('a text without headings is refused before anything is shown', () => {
  expect(readReadingsTable('26.3')).toMatchObject({ ok: false, problem: { detail: { reason: 'no-header' } } });
});

test('UTF-8, UTF-8 with BOM and GB18030 are read, a picture is not', () => {
  const gb18030 = new Uint8Array([0xb7, 0xbf, 0xba, 0xc5, 0x2c, 0xca, 0xb5, 0xb2, 0xe2]);
  expect(decodeText(gb18030)).toEqual({ ok: true, value: '房号,实测' });
  expect(decodeText(new TextEncoder().encode('\uFEFF房号,实测'))).toEqual({ ok: true, value: '房号,实测' });
  expect(decodeText(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]))).toMatchObject({ ok: false, problem: { code: 'wrong-encoding' } });
});
