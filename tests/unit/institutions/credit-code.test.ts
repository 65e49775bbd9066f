import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCreditCode, innerCheckDigit, normaliseCreditCode, outerCheckDigit } from '#shared/domain/institutions/credit-code.ts';

const alphabet = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
const first17 = fc.array(fc.constantFrom(...alphabet), { minLength: 17, maxLength: 17 }).map((characters) => characters.join(''));

describe('统一社会信用代码', () => {
  test.each(['91350100M000100Y43', '9144030071526726XG', '91440300708461136T', '91330100799655058B'])('%s passes both check digits', (code) => {
    expect(checkCreditCode(code)).toEqual({ error: null, warning: null });
  });

  test('the misprinted example of the standard fails', () => {
    expect(checkCreditCode('91350100M000100Y4Z')).toEqual({ error: 'character', warning: null });
    expect(checkCreditCode('91350100M000100Y44').error).toBe('check-digit');
  });

  test('a remainder of 0 gives the check digit 0', () => {
    expect(outerCheckDigit('1133010000000000F')).toBe('0');
    expect(checkCreditCode('1133010000000000F0').error).toBeNull();
  });

  test('a wrong inner check digit is a warning, not an error', () => {
    expect(checkCreditCode('1133010000000000F0')).toEqual({ error: null, warning: 'inner-check-digit' });
  });

  test.each(['', '9135010', '91350100M000100Y433', '91350100M000100Y4 3'])('%j has the wrong length', (code) => {
    expect(checkCreditCode(code).error).toBe('length');
  });

  test.each(['I', 'O', 'S', 'V', 'Z', 'a', ' ', '市'])('the character %j is not in the alphabet', (character) => {
    expect(checkCreditCode(`91350100M00010${character}Y43`).error).toBe('character');
  });

  test('any one wrong character is noticed', () => {
    fc.assert(fc.property(first17, fc.nat({ max: 17 }), fc.nat({ max: 30 }), (start, position, replacement) => {
      const code = `${start}${outerCheckDigit(start)}`;
      expect(checkCreditCode(code).error).toBeNull();
      const other = alphabet[replacement] ?? '';
      fc.pre(code[position] !== other);
      expect(checkCreditCode(`${code.slice(0, position)}${other}${code.slice(position + 1)}`).error).toBe('check-digit');
    }));
  });

  test('two neighbours swapped are noticed', () => {
    fc.assert(fc.property(first17, fc.nat({ max: 15 }), (start, position) => {
      const code = `${start}${outerCheckDigit(start)}`;
      fc.pre(code[position] !== code[position + 1]);
      const swapped = `${code.slice(0, position)}${code[position + 1]}${code[position]}${code.slice(position + 2)}`;
      expect(checkCreditCode(swapped).error).toBe('check-digit');
    }));
  });

  test('the organisation code inside knows X for 10 and 0 for 11', () => {
    expect(innerCheckDigit('9144030071526726')).toBe('X');
    expect(innerCheckDigit('1133010000000000')).toBe('0');
  });

  test('typed codes are read with spaces, hyphens, full-width and small letters', () => {
    expect(normaliseCreditCode(' 9133 0100-799655058b ')).toBe('91330100799655058B');
    expect(normaliseCreditCode('９１３３０１００７９９６５５０５８Ｂ')).toBe('91330100799655058B');
  });
});
