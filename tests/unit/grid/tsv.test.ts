import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatTsv, parseTsv } from '../../../src-renderer/ui/grid/tsv.ts';

test('a block copied in Excel comes apart into its cells', () => {
  expect(parseTsv('0301\t26\r\n0302\t24\r\n')).toEqual([['0301', '26'], ['0302', '24']]);
});

test('empty cells and empty lines in between keep their places', () => {
  expect(parseTsv('0301\t\t26\r\n\r\n\t24')).toEqual([['0301', '', '26'], [''], ['', '24']]);
});

test('a remark with a line break, a tab and quotes stays one cell', () => {
  expect(parseTsv('0301\t"开窗\n说""热""\t了"\r\n0302\t好')).toEqual([['0301', '开窗\n说"热"\t了'], ['0302', '好']]);
});

test('a lone quote is an inch mark, not the start of a quoted cell', () => {
  expect(parseTsv('"12 寸\t26\r\n5"管\t24')).toEqual([['"12 寸', '26'], ['5"管', '24']]);
});

test('whatever is copied comes back the same', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '2', '室', '"', '\t', '\n', ' ', ',') });
  const table = fc.integer({ min: 1, max: 4 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }));
  fc.assert(
    fc.property(table, (rows) => {
      // A last line that is wholly empty can not be told from the line break at the end.
      fc.pre((rows.at(-1) ?? []).some((each) => each !== ''));
      expect(parseTsv(formatTsv(rows))).toEqual(rows);
    }),
  );
});
