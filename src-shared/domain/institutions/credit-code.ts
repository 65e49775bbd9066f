/** Why a 统一社会信用代码 can not be right: length, a character the alphabet does not have, or the outer check digit. */
export type CreditCodeError = 'length' | 'character' | 'check-digit';
/** The organisation code inside has another check digit. Old codes were transcribed wrongly: warn, do not refuse. */
export type CreditCodeWarning = 'inner-check-digit';

export type CreditCodeCheck = { readonly error: CreditCodeError | null; readonly warning: CreditCodeWarning | null };

/** GB 32100-2015: digits and capitals without I, O, S, V, Z; the position is the value. docs/sources.md#credit-code */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const outerWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/** GB 11714: weights of the eight characters before the check character of the organisation code. */
const innerWeights = [3, 7, 9, 10, 5, 8, 4, 2];

/**
 * Checks form and check digits of 18 characters as they stand (see `normaliseCreditCode` for typed text). A right check digit
 * proves the form, not whose code it is; public bodies begin with 1, so nothing is asked of the first character.
 */
export function checkCreditCode(code: string): CreditCodeCheck {
  if (code.length !== 18) return { error: 'length', warning: null };
  const values = [...code].map((character) => alphabet.indexOf(character));
  if (values.some((value) => value < 0)) return { error: 'character', warning: null };
  if (code[17] !== outerCheckDigit(code)) return { error: 'check-digit', warning: null };
  return { error: null, warning: code[16] === innerCheckDigit(code) ? null : 'inner-check-digit' };
}

/** The 18th character to the first 17; a remainder of 0 gives `0`. */
export function outerCheckDigit(code: string): string {
  const sum = outerWeights.reduce((total, weight, index) => total + weight * alphabet.indexOf(code.charAt(index)), 0);
  return alphabet.charAt((31 - (sum % 31)) % 31);
}

/** The 17th character to characters 9 to 16: 10 is written X, 11 is written 0. */
export function innerCheckDigit(code: string): string {
  const sum = innerWeights.reduce((total, weight, index) => total + weight * innerValue(code.charAt(8 + index)), 0);
  const digit = 11 - (sum % 11);
  if (digit === 10) return 'X';
  return digit === 11 ? '0' : String(digit);
}

/** GB 11714 counts all 26 letters: A is 10, Z is 35. */
function innerValue(character: string): number {
  return /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 55;
}

/** Typed or pasted text as a code: full-width characters, spaces and hyphens between groups, and small letters. */
export function normaliseCreditCode(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase();
}
