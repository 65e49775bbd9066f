import { expect, test } from 'vitest';
import readExcelFile from 'read-excel-file/node';
import { Readable } from 'node:stream';
import { handOver } from '#shared/domain/review/hand-over.ts';
import { readRoomCheck } from '#shared/domain/room-check/read-room-check.ts';
import { emptyRecord, type RecordState } from '#shared/sync/record-state.ts';
import { sheetsToXlsx } from '../../../src-renderer/features/review/sheets-to-xlsx.ts';

const id = '0190c5a0-0000-7000-8000-000000000001';
const record = (recordType: string, fields: RecordState['fields']): RecordState => ({ ...emptyRecord({ recordId: id, recordType, officeId: id, officerId: id }), fields });
const inspection = record('inspection', { institutionName: '示例市城市管理局', taskSource: '示例〔2026〕3号', officerIds: [id], accompanying: { name: '示例', post: '科长', telephone: '0571' } });
const room = readRoomCheck(record('roomCheck', {
  room: '0301', setTemperatureC: '24', mode: 'cooling', outcome: 'checked', remarks: '=HYPERLINK("http://x","点我")',
  'readings/a': { valueC: '26.30', at: null, point: 1 },
}));

test('the hand-over keeps readings as written and names the people', () => {
  const made = handOver(inspection, record('institution', { sample: true, creditCode: null, level: 'municipal' }), [room], () => '示例检查员', '2026-08-12T08:00:00.000Z');
  expect(made.json).toMatchObject({ format: 'xuncha-hand-over', rooms: [{ room: '0301', readings: [{ valueC: '26.30' }] }] });
  expect(made.sheets[0]?.rows).toContainEqual(['检查人员', '示例检查员']);
  expect(made.sheets[0]?.rows).toContainEqual(['样例数据', '是（演示，不得上报）']);
});

test('the sheets that a person copies from speak of Shanghai time and in the words of the job', () => {
  const checked = record('inspection', { ...inspection.fields, startedAt: '2026-08-12T16:03:00.000Z', endedAt: '2026-08-12T17:20:00.000Z' });
  const locked = { ...room, id: '0190c5a0-0000-7000-8000-000000000002', room: '0302', outcome: 'locked-door' as const, mode: null, setTemperatureC: null, readings: [] };
  const read = { ...room, setReadBy: 'panel' as const, openings: 'window-open' as const, readings: [{ id: 'a', valueC: '26.30', at: '2026-08-12T16:10:00.000Z', point: 1 }] };
  const made = handOver(checked, null, [read, locked], () => '示例检查员', '2026-08-13T08:00:00.000Z');
  const [about, rooms] = made.sheets.map((sheet) => sheet.rows);
  expect(about).toContainEqual(['开始时间', '2026-08-13 00:03']);
  expect(about).toContainEqual(['结束时间', '2026-08-13 01:20']);
  expect(about).toContainEqual(['导出时间', '2026-08-13 16:00']);
  expect(about).toContainEqual(['登记房间数', 2]);
  expect(about).toContainEqual(['进入检查房间数', 1]);
  expect(about).toContainEqual(['单位陪同人员', '示例 科长 0571']);
  expect(rooms?.[1]?.slice(4, 10)).toEqual(['已检', '制冷', '24', '面板', '26.30（00:10）', '开窗']);
  expect(rooms?.[2]?.[4]).toBe('锁门');
  expect(made.json, 'programs get instants').toMatchObject({ inspection: { startedAt: '2026-08-12T16:03:00.000Z', madeAt: '2026-08-13T08:00:00.000Z' }, rooms: [{ outcome: 'checked' }, { outcome: 'locked-door' }] });
});

test('a remark that looks like a formula arrives in the sheet as the text it is', async () => {
  const made = handOver(inspection, null, [room], () => '', '2026-08-12T08:00:00.000Z');
  const bytes = await sheetsToXlsx(made.sheets);
  const sheets = await readExcelFile(Readable.from(Buffer.from(bytes)));
  const text = JSON.stringify(sheets);
  expect(text).toContain('HYPERLINK');
  expect(text).toContain('26.30');
});

test('what is handed over of a locked inspection names people and unit as they stood at the lock', () => {
  const printed = { people: [{ id, name: '定稿时的姓名', organId: null, certificate: null, telephone: null }], organs: [], institution: { creditCode: '11330100002489559K', creditCodeMissingReason: null, level: 'district', sample: true } };
  const locked = record('inspection', { ...inspection.fields, lock: { lockedAt: '2026-08-12T03:00:00.000Z', lockedBy: id, seen: {}, covers: [], printed } });
  const [about] = handOver(locked, record('institution', { sample: false, level: 'municipal' }), [room], () => '改名', '2026-08-12T08:00:00.000Z').sheets;
  expect(about?.rows).toEqual(expect.arrayContaining([['检查人员', '定稿时的姓名'], ['统一社会信用代码', '11330100002489559K'], ['层级', '区县'], ['样例数据', '是（演示，不得上报）']]));
});
