import fc from 'fast-check';
import { expect, test } from 'vitest';
import { officialNumberText } from '#shared/domain/casework/official-number.ts';
import { documentFields } from '#shared/domain/documents/document.ts';
import { fieldNumberText, parseFieldNumber, parseOfficialNumber } from '#shared/domain/documents/document-number.ts';
import { dateOfDay } from '#shared/kit/calendar-date.ts';

test('an official number is written with full year, hexagonal brackets and no padding zeros, and read back', () => {
  expect(officialNumberText('示机节改', 2026, 7)).toBe('示机节改〔2026〕7号');
  fc.assert(fc.property(fc.integer({ min: 1990, max: 2099 }), fc.integer({ min: 1, max: 99999 }), (year, n) => {
    expect(parseOfficialNumber(officialNumberText('示机节改', year, n))).toEqual({ prefix: '示机节改', year, n });
  }));
});

test.each(['示机节改[2026]7号', '示机节改（2026）07号', '示机节改【2026】第7号', ' 示机节改〔２０２６〕7 号 '])('%s means the same number', (typed) => {
  expect(parseOfficialNumber(typed)).toEqual({ prefix: '示机节改', year: 2026, n: 7 });
});

test.each(['', '示机节改〔26〕7号', '示机节改〔2026〕0号', '示机节改〔2026〕7', '〔2026〕7号', 'A7K-20260812-3'])('%j is no official number', (typed) => {
  expect(parseOfficialNumber(typed)).toBeNull();
});

test('a field number names laptop, day and sequence, fits its record, and is read back', () => {
  const number = fc.record({ chainCode: fc.stringMatching(/^[A-Z0-9]{2,6}$/), date: fc.integer({ min: 15000, max: 40000 }).map(dateOfDay), n: fc.integer({ min: 1, max: 9999 }) });
  fc.assert(fc.property(number, (value) => {
    expect(documentFields.fieldNumber.safeParse(fieldNumberText(value)).success).toBe(true);
    expect(parseFieldNumber(fieldNumberText(value))).toEqual(value);
  }));
});

test.each(['A7-20260230-1', 'A7-20260812-0', 'a7-20260812-1', 'A-20260812-1', '示机〔2026〕1号'])('%s is no field number', (typed) => {
  expect(parseFieldNumber(typed)).toBeNull();
});
