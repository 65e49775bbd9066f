import { done, failed, type Outcome } from './outcome.ts';
import { DecimalText } from './values.ts';

/** A decimal number held exactly: `digits` × 10^-`scale`. Never a binary float. */
export type Decimal = { readonly digits: bigint; readonly scale: number };

const plainDecimal = /^-?\d{1,40}(\.\d{1,400})?$/;

/** Reads decimal text such as `26.0`. Throws on anything else: text from people goes through `readDecimalInput` first. */
export function parseDecimal(text: string): Decimal {
  if (!plainDecimal.test(text)) throw new Error(`not decimal text: ${text}`);
  const point = text.indexOf('.');
  if (point < 0) return { digits: BigInt(text), scale: 0 };
  return { digits: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

/** Shortest plain text of a decimal: no exponent, no trailing zeros (`26.50` → `26.5`). */
export function decimalText(value: Decimal): string {
  const negative = value.digits < 0n;
  const digits = String(negative ? -value.digits : value.digits).padStart(value.scale + 1, '0');
  const whole = digits.slice(0, digits.length - value.scale);
  const fraction = digits.slice(digits.length - value.scale).replace(/0+$/, '');
  const text = fraction === '' ? whole : `${whole}.${fraction}`;
  return negative ? `-${text}` : text;
}

function unitsAt(value: Decimal, scale: number): bigint {
  return scale === value.scale ? value.digits : value.digits * 10n ** BigInt(scale - value.scale);
}

/** -1, 0 or 1; `26` and `26.00` are equal. */
export function compareDecimals(left: Decimal, right: Decimal): -1 | 0 | 1 {
  const scale = Math.max(left.scale, right.scale);
  return signOf(unitsAt(left, scale) - unitsAt(right, scale));
}

/** Compares two decimal texts exactly. */
export function compareDecimalTexts(left: DecimalText, right: DecimalText): -1 | 0 | 1 {
  return compareDecimals(parseDecimal(left), parseDecimal(right));
}

/** Exact sum; the sum of nothing is 0. */
export function sumDecimals(values: readonly Decimal[]): Decimal {
  const scale = values.reduce((most, value) => Math.max(most, value.scale), 0);
  return { digits: values.reduce((sum, value) => sum + unitsAt(value, scale), 0n), scale };
}

export function subtractDecimals(left: Decimal, right: Decimal): Decimal {
  return sumDecimals([left, { digits: -right.digits, scale: right.scale }]);
}

export function timesInteger(value: Decimal, factor: number): Decimal {
  return { digits: value.digits * BigInt(factor), scale: value.scale };
}

export function absoluteDecimal(value: Decimal): Decimal {
  return value.digits < 0n ? { digits: -value.digits, scale: value.scale } : value;
}

function signOf(value: bigint): -1 | 0 | 1 {
  if (value === 0n) return 0;
  return value < 0n ? -1 : 1;
}

/** The shortest decimal text of a JSON number, written out without an exponent. Null for NaN and infinities. */
export function decimalOfNumber(value: number): string | null {
  if (!Number.isFinite(value)) return null;
  const [mantissa = '0', exponent] = String(value).split('e');
  if (exponent === undefined) return mantissa;
  const { digits, scale } = parseDecimal(mantissa);
  const shifted = scale - Number(exponent);
  return decimalText(shifted >= 0 ? { digits, scale: shifted } : { digits: digits * 10n ** BigInt(-shifted), scale: 0 });
}

/** Why a text is not a number, for the sentence a person reads (`problem.detail.reason`). */
export type NotNumberReason = 'chinese-numeral' | 'comma' | 'space-inside' | 'letters' | 'too-many-digits' | 'malformed';

/** A unit a person may write behind the number, in NFKC form; it is dropped. */
export type InputUnits = readonly string[];

/**
 * A number as a person types or pastes it. Trims, reads full-width digits, and `。` or `．` as the decimal point:
 * `２６。５` → `26.5`. Empty → null, never 0. Digits stay as written (`26.0` stays `26.0`).
 * Fails with `not-a-number` and detail {given, reason}. A comma is refused: `26,5` may mean 26.5 or 265.
 */
export function readDecimalInput(text: string, units: InputUnits = []): Outcome<DecimalText | null> {
  const plain = withoutUnit(text.normalize('NFKC').replaceAll('。', '.').replaceAll('−', '-').trim(), units);
  if (plain === '') return text.trim() === '' ? done(null) : notNumber(text, 'malformed');
  if (/^-?\d+(\.\d+)?$/.test(plain)) {
    return DecimalText.safeParse(plain).success ? done(plain) : notNumber(text, 'too-many-digits');
  }
  return notNumber(text, reasonOf(plain));
}

function withoutUnit(text: string, units: InputUnits): string {
  const unit = units.find((each) => text.endsWith(each));
  return unit === undefined ? text : text.slice(0, text.length - unit.length).trim();
}

function reasonOf(text: string): NotNumberReason {
  if (/[零〇一二三四五六七八九十百千两点半]/.test(text)) return 'chinese-numeral';
  if (text.includes(',') && /^[-\d.,\s]+$/.test(text)) return 'comma';
  if (/^-?[\d.]+(\s+[\d.]+)+$/.test(text)) return 'space-inside';
  return /\p{L}/u.test(text) ? 'letters' : 'malformed';
}

function notNumber(given: string, reason: NotNumberReason): Outcome<never> {
  return failed('not-a-number', { given: given.trim().slice(0, 40), reason });
}

export type InputRange = { readonly min: DecimalText; readonly max: DecimalText };

/** As `readDecimalInput`, and inside `range` (both ends allowed); else `out-of-range` with {given, min, max}. */
export function readDecimalWithin(text: string, range: InputRange, units: InputUnits = []): Outcome<DecimalText | null> {
  const read = readDecimalInput(text, units);
  if (!read.ok || read.value === null) return read;
  if (compareDecimalTexts(read.value, range.min) < 0 || compareDecimalTexts(read.value, range.max) > 0) {
    return failed('out-of-range', { given: read.value, min: range.min, max: range.max });
  }
  return read;
}
