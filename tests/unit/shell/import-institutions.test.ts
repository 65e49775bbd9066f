import { expect, test } from 'vitest';
import writeExcel from 'write-excel-file/node';
import { failed } from '#shared/kit/outcome.ts';
import { previewTableFile } from '../../../src-renderer/features/institutions/read-table-file.ts';
import { readCreditCode } from '../../../src-renderer/features/institutions/credit-code-entry.tsx';

const context = { existing: [], ownAuthority: '示例市机关事务管理局' };
const header = ['单位名称', '统一社会信用代码', '无代码原因', '层级', '建筑类型'];
const good = ['示例市档案局', '', '尚未赋码', '市级', '国家机关办公建筑'];
const bad = ['', '123', '', '省级', '国家机关办公建筑'];
const csv = (...rows: readonly (readonly string[])[]): string => rows.map((row) => row.join(',')).join('\r\n');
const file = (content: string | Uint8Array, name = '名录.csv'): File => new File([content as BlobPart], name);

test('UTF-8 with and without byte order mark reads the same', async () => {
  for (const text of [csv(header, good), `\ufeff${csv(header, good)}`]) {
    const preview = await previewTableFile(file(text), context);
    expect(preview.ok && preview.value.good.map(({ values }) => values.name)).toEqual(['示例市档案局']);
  }
});

test('GB18030 as Excel in China writes it is read, and a file in neither encoding imports nothing', async () => {
  // 单位名称,层级 / 甲,市级 in GB18030.
  const gb = new Uint8Array([0xb5, 0xa5, 0xce, 0xbb, 0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xb2, 0xe3, 0xbc, 0xb6, 0x0a, 0xbc, 0xd7, 0x2c, 0xca, 0xd0, 0xbc, 0xb6]);
  const preview = await previewTableFile(file(gb), context);
  expect(preview.ok && preview.value.bad[0]?.cells).toEqual(['甲', '市级']);
  const torn = await previewTableFile(file(new Uint8Array([...gb, 0xff, 0xff])), context);
  expect(!torn.ok && torn.problem.code).toBe('wrong-encoding');
});

test('a bad row is named by its line and every faulty column', async () => {
  const preview = await previewTableFile(file(csv(header, good, bad)), context);
  expect(preview.ok && preview.value.bad.map(({ line, faults }) => [line, faults.map((fault) => fault.column)])).toEqual([[3, ['name', 'creditCode', 'level']]]);
});

test('a code that a spreadsheet keeps as a number is refused as one that lost its digits, however the program wrote it', async () => {
  const text = (value: string) => ({ value, type: String });
  const sheet = [header.map(text), [text('示例市档案局'), { value: 1.199010088003282e17, type: Number }, text(''), text('市级'), text('国家机关办公建筑')]];
  const preview = await previewTableFile(file(new Uint8Array(await writeExcel(sheet as never).toBuffer()), '名录.xlsx'), context);
  expect(preview.ok && preview.value.bad[0]?.faults).toMatchObject([{ column: 'creditCode', problem: { code: 'invalid-input', detail: { reason: 'spreadsheet-number' } } }]);
});

test('the first sheet of an XLSX reads like the CSV, codes as text and blank rows skipped', async () => {
  const sheet = [header, good, ['', '', '', '', ''], bad].map((row) => row.map((value) => ({ value, type: String })));
  const bytes = await writeExcel(sheet as never).toBuffer();
  const preview = await previewTableFile(file(new Uint8Array(bytes), '名录.xlsx'), context);
  expect(preview.ok && preview.value.good.map(({ values }) => values.name)).toEqual(['示例市档案局']);
  expect(preview.ok && preview.value.bad.map(({ line }) => line)).toEqual([4]);
  const damaged = await previewTableFile(file(new Uint8Array(bytes).slice(0, 400), '名录.xlsx'), context);
  expect(damaged).toEqual(failed('unreadable-file', { reason: 'xlsx-damaged' }));
});

test('a credit code is checked while it is typed', () => {
  expect(readCreditCode(' 1199 0100 7700 0131 7f ')).toEqual({ ok: true, value: '11990100770001317F' });
  expect(readCreditCode('')).toEqual({ ok: true, value: null });
  const wrong = readCreditCode('11990100770001317G');
  expect(!wrong.ok && wrong.problem.detail?.['reason']).toBe('credit-code-check-digit');
});
