import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareDecimalTexts, decimalOfNumber, decimalText, parseDecimal, readDecimalInput, readDecimalWithin, sumDecimals } from '#shared/kit/decimal.ts';

const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 6 })).map(([digits, scale]) => ({ digits, scale }));
const problemOf = (text: string) => {
  const read = readDecimalInput(text);
  return read.ok ? read.value : read.problem;
};

describe('exact decimals', () => {
  test('one tenth and two tenths are exactly three tenths', () => {
    expect(decimalText(sumDecimals(['0.1', '0.2'].map(parseDecimal)))).toBe('0.3');
  });

  test('26 and 26.00 are the same number, 25.96 is below it', () => {
    expect(compareDecimalTexts('26', '26.00')).toBe(0);
    expect(compareDecimalTexts('25.96', '26')).toBe(-1);
    expect(compareDecimalTexts('-0.5', '-0.25')).toBe(-1);
    expect(compareDecimalTexts('-0', '0')).toBe(0);
  });

  test('text survives being read and written, but for trailing zeros', () => {
    fc.assert(fc.property(decimal, (value) => {
      const text = decimalText(value);
      expect(text).toMatch(/^-?\d+(\.\d*[1-9])?$/);
      expect(compareDecimalTexts(text, decimalText(parseDecimal(text)))).toBe(0);
    }));
  });

  test('a sum does not depend on the order of its parts', () => {
    fc.assert(fc.property(fc.array(decimal), (values) => {
      expect(decimalText(sumDecimals(values))).toBe(decimalText(sumDecimals([...values].reverse())));
    }));
  });

  test('a JSON number becomes its shortest decimal text, never an exponent', () => {
    expect(decimalOfNumber(26.3)).toBe('26.3');
    expect(decimalOfNumber(-40)).toBe('-40');
    expect(decimalOfNumber(1e-7)).toBe('0.0000001');
    expect(decimalOfNumber(1e21)).toBe('1000000000000000000000');
    expect(decimalOfNumber(Number.NaN)).toBeNull();
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e20, max: 1e20 }), (value) => {
      expect(Number(decimalOfNumber(value))).toBe(value === 0 ? 0 : value);
    }));
  });
});

describe('numbers as people type them', () => {
  test.each([
    ['26', '26'], ['26.0', '26.0'], [' 26.5 ', '26.5'], ['２６．５', '26.5'], ['26。5', '26.5'], ['２６。５', '26.5'], ['26｡5', '26.5'], ['-3', '-3'], ['－3', '-3'], ['−3', '-3'],
    ['24.49933333333332', '24.49933333333332'],
  ])('%s is read as %s', (typed, value) => {
    expect(problemOf(typed)).toBe(value);
  });

  test.each(['', ' ', '\t', '　'])('an empty cell (%j) is empty, not 0', (typed) => {
    expect(problemOf(typed)).toBeNull();
  });

  test.each([
    ['二十六', 'chinese-numeral'], ['二十六点五', 'chinese-numeral'], ['26,5', 'comma'], ['1,026', 'comma'], ['26，5', 'comma'], ['26 5', 'space-inside'], ['abc', 'letters'], ['2e1', 'letters'],
    ['26.5.1', 'malformed'], ['26.', 'malformed'], ['.5', 'malformed'], ['+26', 'malformed'], ['--26', 'malformed'], ['NaN', 'letters'], ['Infinity', 'letters'], ['1234567890', 'too-many-digits'],
  ])('%s is refused because of %s', (typed, reason) => {
    expect(problemOf(typed)).toEqual({ code: 'not-a-number', detail: { given: typed, reason } });
  });

  test('ten megabytes in a number cell are refused without being repeated', () => {
    expect(problemOf('9'.repeat(10_000_000))).toMatchObject({ code: 'not-a-number', detail: { given: '9'.repeat(40) } });
  });

  test('any decimal as written is kept as written', () => {
    fc.assert(fc.property(fc.stringMatching(/^-?\d{1,9}(\.\d{1,18})?$/), (text) => {
      expect(problemOf(text)).toBe(text);
    }));
  });

  test('both ends of a range are allowed, the next hundredth is not', () => {
    const range = { min: '10', max: '40' };
    expect(readDecimalWithin('10', range)).toMatchObject({ ok: true });
    expect(readDecimalWithin('40.00', range)).toMatchObject({ ok: true });
    expect(readDecimalWithin('40.01', range)).toEqual({ ok: false, problem: { code: 'out-of-range', detail: { given: '40.01', min: '10', max: '40' } } });
  });
});
