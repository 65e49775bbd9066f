import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { innerCheckDigit, outerCheckDigit } from '#shared/domain/institutions/credit-code.ts';
import { importTemplateHeader } from '#shared/domain/institutions/import-columns.ts';
import { fitsRecord } from '#shared/domain/institutions/import-row.ts';
import { badRowsCsv, previewInstitutionFile, previewInstitutions, rowsToImport, type ImportContext } from '#shared/domain/institutions/import-table.ts';
import type { DecodeBytes } from '#shared/kit/decode-text.ts';

const decode: DecodeBytes = (bytes, encoding) => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};
const context: ImportContext = { existing: [], ownAuthority: '示例市机关事务管理局' };
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const file = (bytes: Uint8Array, more: Partial<ImportContext> = {}) => previewInstitutionFile(bytes, decode, { ...context, ...more });
const previewOf = (text: string, more: Partial<ImportContext> = {}) => {
  const outcome = file(utf8(text), more);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value;
};
function code(serial: number): string {
  const first16 = `11990100${String(88000000 + serial)}`;
  return first16 + innerCheckDigit(first16) + outerCheckDigit(first16 + innerCheckDigit(first16));
}
const header = '单位名称,统一社会信用代码,无代码原因,层级,建筑类型,节能联络员,联络电话';
const row = (name: string, ...cells: readonly string[]): string => [name, ...cells].join(',');
const goodRow = (serial: number): string => row(`示例市第${serial}局`, code(serial), '', '市级', '国家机关办公建筑', '王五', '0571-0000');

/** 单位名称,层级\n示例局,市级 in GB18030. */
const gb18030 = new Uint8Array([0xb5, 0xa5, 0xce, 0xbb, 0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xb2, 0xe3, 0xbc, 0xb6, 0x0a, 0xca, 0xbe, 0xc0, 0xfd, 0xbe, 0xd6, 0x2c, 0xca, 0xd0, 0xbc, 0xb6]);
/** 單位名稱 in Big5: bytes that are valid GB18030 and mean nothing there. */
const big5 = new Uint8Array([0xb3, 0xe6, 0xa6, 0xec, 0xa6, 0x57, 0xba, 0xd9, 0x2c, 0x61, 0x0a, 0x78, 0x2c, 0x79]);

describe('encodings', () => {
  test('UTF-8 with and without byte order mark, CRLF or LF', () => {
    for (const text of [`${header}\n${goodRow(1)}\n`, `\ufeff${header}\r\n${goodRow(1)}\r\n`]) expect(previewOf(text)).toMatchObject({ good: [{ line: 2, values: { name: '示例市第1局' } }], bad: [], ignored: [] });
  });

  test('GB18030, what Excel in China writes', () => {
    expect(file(gb18030)).toMatchObject({ ok: true, value: { bad: [{ line: 2, cells: ['示例局', '市级'] }] } });
  });

  test.each([
    ['UTF-16 with byte order mark', new Uint8Array([0xff, 0xfe, 0x55, 0x53]), { code: 'wrong-encoding', detail: { given: 'UTF-16' } }],
    ['Big5', big5, { code: 'wrong-encoding', detail: { given: 'unknown', line: 1 } }],
    ['Latin-1 with broken bytes', new Uint8Array([0x61, 0x2c, 0xff, 0x0a]), { code: 'wrong-encoding', detail: { given: 'unknown' } }],
    ['text that already lost its characters', utf8(`${header}\n示例市\ufffd\ufffd局`), { code: 'wrong-encoding', detail: { given: 'damaged', line: 2 } }],
    ['an XLSX under the name of a CSV', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x00]), { code: 'unreadable-file', detail: { reason: 'xlsx' } }],
    ['an old XLS', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]), { code: 'unreadable-file', detail: { reason: 'xls' } }],
    ['a picture', new Uint8Array([0x89, 0x50, 0x00, 0x00]), { code: 'unreadable-file', detail: { reason: 'binary' } }],
    ['an empty file', new Uint8Array([]), { code: 'unreadable-file', detail: { reason: 'empty' } }],
    ['an unclosed quote', utf8(`${header}\n"示例`), { code: 'unreadable-file', detail: { line: 2, reason: 'unclosed-quote' } }],
    ['a table without a name column', utf8('编号,备注\n1,2\n'), { code: 'bad-rows', detail: { reason: 'no-name-column', line: 1 } }],
    ['a column named twice', utf8('单位名称,名称\na,b\n'), { code: 'bad-rows', detail: { reason: 'column-twice', given: '名称', line: 1 } }],
  ])('%s is refused as a whole', (_, bytes, problem) => {
    expect(file(bytes)).toEqual({ ok: false, problem });
  });

  test('semicolons and tabs divide cells too', () => {
    for (const delimiter of [';', '\t']) expect(previewOf(`${header}\n${goodRow(1)}`.replaceAll(',', delimiter)).good).toHaveLength(1);
  });
});

describe('rows', () => {
  test('headers by synonym, in any order, with stars and brackets; unknown ones are listed', () => {
    const preview = previewOf(`序号,电话,联络员,*级别（必填）,建筑性质,机构名称,信用代码\n1,0571,王五,区县,其他,示例市东示区学校,${code(1)}\n`);
    expect(preview.ignored).toEqual(['序号']);
    expect(preview.bad).toEqual([{ line: 2, cells: expect.anything(), faults: [{ column: 'authority', problem: { code: 'incomplete', detail: { field: 'authority' } } }] }]);
  });

  test('every fault of a row is named by column', () => {
    const preview = previewOf(`${header}\n,91330100799655058C,,省级,宫殿,,123\n`);
    expect(preview.good).toEqual([]);
    expect(preview.bad[0]?.faults.map((fault) => [fault.column, fault.problem.code, fault.problem.detail?.['reason']])).toEqual([
      ['name', 'incomplete', undefined], ['creditCode', 'invalid-input', 'credit-code-check-digit'], ['level', 'invalid-input', 'unknown-choice'], ['buildingKind', 'invalid-input', 'unknown-choice'], ['liaisonName', 'incomplete', undefined],
    ]);
  });

  test('no credit code needs a reason', () => {
    expect(previewOf(`${header}\n示例局,,,市级,其他,,\n`).bad[0]?.faults).toEqual([{ column: 'creditCode', problem: { code: 'incomplete', detail: { field: 'creditCode', needs: 'creditCodeMissingReason' } } }]);
    expect(previewOf(`${header}\n示例局,,尚未发放,市级,其他,,\n`).good[0]?.values).toMatchObject({ creditCode: null, creditCodeMissingReason: '尚未发放' });
  });

  test('a code that a spreadsheet took for a number is refused with that reason', () => {
    expect(previewOf(`${header}\n示例局,1.1331E+17,,市级,其他,,\n`).bad[0]?.faults[0]?.problem.detail).toMatchObject({ reason: 'spreadsheet-number' });
  });

  test('a wrong inner check digit is a warning by line', () => {
    expect(previewOf(`${header}\n示例局,1133010000000000F0,,市级,其他,,\n`).warnings).toEqual([{ line: 2, column: 'creditCode', code: 'inner-check-digit' }]);
  });

  test('the same code twice in the file or already on the desk', () => {
    const preview = previewOf(`${header}\n${goodRow(1)}\n${goodRow(2)}\n示例市别局,${code(1)},,市级,其他,,\n`, { existing: [{ name: '旧名', creditCode: code(2) }] });
    expect(preview.good.map((each) => each.line)).toEqual([2]);
    expect(preview.bad.map((each) => [each.line, each.faults])).toEqual([
      [3, [{ column: 'creditCode', problem: { code: 'duplicate', detail: { given: code(2), where: 'desk' } } }]],
      [4, [{ column: 'creditCode', problem: { code: 'duplicate', detail: { given: code(1), where: 'file', line: 2 } } }]],
    ]);
  });

  test('the same name with another code is only a warning, without codes it is a duplicate', () => {
    const preview = previewOf(`${header}\n示例局,${code(1)},,市级,其他,,\n示例局,${code(2)},,市级,其他,,\n示例局,,没有,市级,其他,,\n`);
    expect(preview.warnings).toEqual([{ line: 3, column: 'name', code: 'same-name' }]);
    expect(preview.bad.map((each) => each.line)).toEqual([4]);
  });

  test('line numbers stay true behind blank lines and cells with line breaks', () => {
    expect(previewOf(`${header}\n\n${goodRow(1)}\n"示例\n局",,没有,省级,其他,,\n坏,,,市级,其他,,\n`).bad.map((each) => each.line)).toEqual([4, 6]);
  });

  test('ten megabytes in one cell are a fault of that cell', () => {
    const preview = previewOf(`${header}\n${'长'.repeat(3_400_000)},${code(1)},,市级,其他,,\n`);
    expect(preview.bad[0]?.faults).toEqual([{ column: 'name', problem: { code: 'field-too-long', detail: { limit: 80, length: 3_400_000 } } }]);
  });
});

describe('all or nothing', () => {
  const preview = previewOf(`${header}\n${goodRow(1)}\n坏,,,省级,其他,,\n`);

  test('one bad row stops the import, unless a person asks for the good ones', () => {
    expect(rowsToImport(preview, false)).toEqual({ ok: false, problem: { code: 'bad-rows', detail: { reason: 'bad', count: 1, line: 3 } } });
    expect(rowsToImport(preview, true)).toMatchObject({ ok: true, value: [{ name: '示例市第1局' }] });
  });

  test('the bad rows go to a file that can be corrected and imported again', () => {
    const csv = badRowsCsv(preview, (fault) => fault.column);
    expect(csv).toBe(`\ufeff${header},原行号,问题\r\n坏,,,省级,其他,,,3,creditCode；level\r\n`);
    expect(previewOf(csv.replace('坏,,,省级', '好,,尚未发放,市级'))).toMatchObject({ good: [{ line: 2 }], ignored: ['原行号', '问题'] });
  });

  test('the template’s own header names every column', () => {
    expect(previewInstitutions([{ line: 1, cells: importTemplateHeader }], context)).toMatchObject({ ok: true, value: { ignored: [] } });
  });
});

test('whatever stands in the cells, a row is bad or fits the record', () => {
  const anyCell = fc.oneof(fc.string({ unit: 'binary', maxLength: 100 }), fc.constantFrom('市级', '其他', '没有', code(1), ''));
  fc.assert(fc.property(fc.array(fc.array(anyCell, { minLength: 7, maxLength: 7 }), { maxLength: 4 }), (rows) => {
    const outcome = previewInstitutions([header.split(','), ...rows].map((cells, index) => ({ line: index + 1, cells })), context);
    if (!outcome.ok) throw new Error(outcome.problem.code);
    expect(outcome.value.good.length + outcome.value.bad.length).toBe(rows.length);
    expect(outcome.value.good.filter((each) => !fitsRecord(each.values))).toEqual([]);
  }));
});

test('the demo table in assets can be imported as it is', () => {
  const preview = previewOf(readFileSync(new URL('../../../assets/sample-institutions.csv', import.meta.url), 'utf8'));
  expect(preview.bad).toEqual([]);
  expect(preview.good).toHaveLength(12);
});
