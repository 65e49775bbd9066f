import { absoluteDecimal, compareDecimals, decimalText, parseDecimal, subtractDecimals, sumDecimals, timesInteger, type Decimal } from '../../kit/decimal.ts';
import type { DecimalText } from '../../kit/values.ts';

/** An exact mean kept as a fraction: it is compared as sum against limit × count and never divided before that. */
export type Mean = { readonly sum: Decimal; readonly count: number };

/** Null for no readings: the mean of nothing is not 0. */
export function meanOf(values: readonly DecimalText[]): Mean | null {
  return values.length === 0 ? null : { sum: sumDecimals(values.map(parseDecimal)), count: values.length };
}

/** -1 below the limit, 0 exactly on it, 1 above. */
export function compareMean(mean: Mean, limit: DecimalText): -1 | 0 | 1 {
  return compareDecimals(mean.sum, timesInteger(parseDecimal(limit), mean.count));
}

/** |mean − limit| ≤ error, exactly. */
export function isMeanWithin(mean: Mean, limit: DecimalText, error: DecimalText): boolean {
  const distance = absoluteDecimal(subtractDecimals(mean.sum, timesInteger(parseDecimal(limit), mean.count)));
  return compareDecimals(distance, timesInteger(absoluteDecimal(parseDecimal(error)), mean.count)) <= 0;
}

export type MeanText = { readonly text: DecimalText; /** False: rounded half away from zero, show it with ≈. */ readonly exact: boolean };

const MAX_DIGITS = 18;

/**
 * A mean for people to read. Exact where the fraction ends (25.3125) within 18 decimals; else rounded to two decimals, or to as many
 * as it takes to stay on its own side of `limit`: 25.9966… reads 25.997 beside a limit of 26, never 26.00.
 */
export function meanText(mean: Mean, limit: DecimalText | null): MeanText {
  const exact = exactText(mean);
  if (exact !== null) return { text: exact, exact: true };
  const side = limit === null ? null : compareMean(mean, limit);
  for (let digits = 2; ; digits += 1) {
    const text = roundedText(mean, digits);
    if (limit === null || digits === MAX_DIGITS || compareDecimals(parseDecimal(text), parseDecimal(limit)) === side) return { text, exact: false };
  }
}

/** The mean as decimal text when its fraction ends within 18 decimals, else null. */
function exactText(mean: Mean): DecimalText | null {
  const scaled = mean.sum.digits * 10n ** BigInt(MAX_DIGITS);
  const divisor = BigInt(mean.count) * 10n ** BigInt(mean.sum.scale);
  return scaled % divisor === 0n ? decimalText({ digits: scaled / divisor, scale: MAX_DIGITS }) : null;
}

/** The mean rounded half away from zero to `digits` decimals, trailing zeros kept. */
export function roundedText(mean: Mean, digits: number): DecimalText {
  const negative = mean.sum.digits < 0n;
  const numerator = (negative ? -mean.sum.digits : mean.sum.digits) * 10n ** BigInt(digits) * 2n;
  const divisor = BigInt(mean.count) * 10n ** BigInt(mean.sum.scale);
  const rounded = String((numerator + divisor) / (divisor * 2n)).padStart(digits + 1, '0');
  const text = digits === 0 ? rounded : `${rounded.slice(0, -digits)}.${rounded.slice(-digits)}`;
  return negative && /[1-9]/.test(text) ? `-${text}` : text;
}
