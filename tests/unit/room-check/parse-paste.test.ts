import { describe, expect, test } from 'vitest';
import { columnOfHeaderText, parsePaste, readRoomTable } from '#shared/domain/room-check/parse-paste.ts';
import { parseDelimited } from '#shared/kit/delimited-text.ts';
import { roomColumns, type RoomColumnId } from '#shared/domain/room-check/columns.ts';

const pasted = (text: string, first: RoomColumnId = 'room') => {
  const read = parsePaste(text, first);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
};

describe('a block from Excel', () => {
  test('fills the columns from the active one on', () => {
    const preview = pasted('制冷\t26\t面板\t26.3 26.5\r\n关机\t\t\t\r\n', 'mode');
    expect(preview.columns).toEqual(['mode', 'setTemperatureC', 'setReadBy', 'readings']);
    expect(preview.rows[0]?.cells).toEqual([{ column: 'mode', text: '制冷' }, { column: 'setTemperatureC', text: '26' }, { column: 'setReadBy', text: '面板' }, { column: 'readings', text: '26.3 26.5' }]);
    expect(preview.rows[1]?.cells.map((cell) => cell.text)).toEqual(['关机', '', '', '']);
    expect(preview.bad).toEqual([]);
  });

  test('names every bad cell by line and column and keeps the rest of its row', () => {
    const preview = pasted('0301\t3\t已检\t办公\t二十四\r\n0302\t3\t飞走了\t办公\t18', 'room');
    expect(preview.bad).toEqual([
      { line: 1, column: 'areaM2', text: '二十四', problem: { code: 'not-a-number', detail: { field: 'areaM2', given: '二十四', reason: 'chinese-numeral' } } },
      { line: 2, column: 'outcome', text: '飞走了', problem: expect.objectContaining({ code: 'invalid-input' }) },
    ]);
    expect(preview.rows.map((row) => row.cells.length)).toEqual([4, 4]);
  });

  test('cells beyond the last column are counted, not dropped in silence', () => {
    expect(pasted('靠窗\t多余\t又一个', 'remarks').beyond).toBe(2);
  });

  test('a remark with a line break in a quoted cell stays one row', () => {
    expect(pasted('"靠窗\n漏风"\t\r\n', 'remarks').rows).toEqual([{ line: 1, cells: [{ column: 'remarks', text: '靠窗\n漏风' }] }]);
  });

  test('a header decides the columns, in any order, and numbered readings are joined', () => {
    const preview = pasted('房间号\t实测1（℃）\t实测2（℃）\t设定温度(℃)\t责任人\n0301\t26.3\t26.5\t26\t张三\n0302\t25.1\tNA\t\t\n');
    expect(preview.header).toEqual({ ignored: ['责任人'] });
    expect(preview.rows.map((row) => row.cells)).toEqual([
      [{ column: 'room', text: '0301' }, { column: 'readings', text: '26.3 26.5' }, { column: 'setTemperatureC', text: '26' }],
      [{ column: 'room', text: '0302' }, { column: 'readings', text: '25.1' }],
    ]);
  });

  test('every header of our own list names its column', () => {
    expect(roomColumns.map((column) => columnOfHeaderText(column.zh))).toEqual(roomColumns.map((column) => column.id));
  });

  test('more than 5,000 rows are refused with the limit', () => {
    expect(parsePaste('1\n'.repeat(5002), 'room')).toMatchObject({ ok: false, problem: { code: 'bad-rows', detail: { limit: 5000 } } });
  });
});

test('a logger’s file with gaps: readings kept as written, gaps stay empty, unknown columns named', () => {
  const file = parseDelimited('record_id,city,ta,ta_h,window\n56302,beijing,24.8,24.8,\n2,x,24.49933333333332,,\n3,x,NA,,\n', { delimiter: ',', lenient: false });
  const read = readRoomTable(file.ok ? file.value : [], 'room');
  expect(read).toMatchObject({
    ok: true,
    value: { bad: [], columns: ['room', 'readings'], header: { ignored: ['city', 'ta_h', 'window'] }, rows: [{ cells: [{ text: '56302' }, { text: '24.8' }] }, { cells: [{ text: '2' }, { text: '24.49933333333332' }] }, { cells: [{ text: '3' }] }] },
  });
});
