import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { csvRow, parseDelimited } from '#shared/kit/delimited-text.ts';

const csv = (text: string) => parseDelimited(text, { delimiter: ',', lenient: false });
const clipboard = (text: string) => parseDelimited(text, { delimiter: '\t', lenient: true });
const cellsOf = (read: ReturnType<typeof csv>) => (read.ok ? read.value.map((row) => row.cells) : read.problem);

describe('CSV files', () => {
  test('quotes, commas and line breaks inside quotes', () => {
    expect(cellsOf(csv('a,"b,c","d""e","f\r\ng"\r\n1,2,3,4\r\n'))).toEqual([['a', 'b,c', 'd"e', 'f\r\ng'], ['1', '2', '3', '4']]);
  });

  test('a row after a cell with a line break keeps its true line number', () => {
    const read = csv('a\n"b\nc"\nd\n\n\ne');
    expect(read.ok && read.value.map((row) => row.line)).toEqual([1, 2, 4, 7]);
  });

  test('an unclosed quote is named by its line', () => {
    expect(csv('a,b\nc,"d\ne')).toEqual({ ok: false, problem: { code: 'unreadable-file', detail: { line: 2, reason: 'unclosed-quote' } } });
    expect(csv('a\n"b"c\n')).toEqual({ ok: false, problem: { code: 'unreadable-file', detail: { line: 2, reason: 'text-after-quote' } } });
  });

  test('empty cells at the end of a row are cells', () => {
    expect(cellsOf(csv('a,b,\n,,c\n'))).toEqual([['a', 'b', ''], ['', '', 'c']]);
    expect(cellsOf(csv('a,'))).toEqual([['a', '']]);
  });

  test('an empty text has no rows', () => {
    expect(cellsOf(csv(''))).toEqual([]);
    expect(cellsOf(csv('\r\n , \n'))).toEqual([]);
  });

  const anyCell = fc.string({ unit: fc.constantFrom('a', '温', ',', '"', '\n', '\r\n', ' ', '2'), maxLength: 6 });

  test('what is written as CSV is read back the same', () => {
    fc.assert(fc.property(fc.array(fc.array(anyCell, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), (rows) => {
      const filled = rows.map((cells) => ['x', ...cells]);
      expect(cellsOf(csv(filled.map((cells) => csvRow(cells)).join('')))).toEqual(filled);
    }));
  });

  test('another reader of CSV sees the same cells', () => {
    fc.assert(fc.property(fc.array(fc.array(anyCell, { minLength: 2, maxLength: 2 }), { maxLength: 5 }), (rows) => {
      const text = rows.map((cells) => csvRow(['x', ...cells])).join('');
      expect(cellsOf(csv(text))).toEqual(parse(text, { record_delimiter: ['\r\n'] }));
    }));
  });

  test('a cell that a spreadsheet would run as a formula is written so that it does not', () => {
    expect(csvRow(['=cmd()', '-3.5', '@x', '-x'])).toBe("'=cmd(),-3.5,'@x,'-x\r\n");
  });
});

describe('the clipboard', () => {
  test('Excel’s rows, quoted line breaks and the trailing CRLF', () => {
    expect(cellsOf(clipboard('0301\t26\t"靠窗\n漏风"\r\n0302\t\t\r\n'))).toEqual([['0301', '26', '靠窗\n漏风'], ['0302', '', '']]);
  });

  test('a quote somebody typed is a quote', () => {
    expect(cellsOf(clipboard('"大"会议室\t26\n"半截\t25'))).toEqual([['"大"会议室', '26'], ['"半截', '25']]);
  });

  test('ten megabytes are read in a moment', () => {
    const started = performance.now();
    const read = clipboard('0301\t26.5\t"a""b"\r\n'.repeat(600_000));
    expect(read.ok && read.value.length).toBe(600_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('many unclosed quotes do not make it slow', () => {
    const started = performance.now();
    expect(clipboard('"a\t\n'.repeat(20_000)).ok).toBe(true);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
