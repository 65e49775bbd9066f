import { compareDecimalTexts, decimalText, parseDecimal, subtractDecimals } from '../../kit/decimal.ts';
import type { DecimalText } from '../../kit/values.ts';

/**
 * How the air was measured. `SPOT`: a few readings on site, what this inspection does. `JGJT177` would need at least six
 * hours of logging; a spot reading is never presented as that.
 */
export const measuringMethods = ['SPOT', 'JGJT177'] as const;
export type MeasuringMethod = (typeof measuringMethods)[number];
export const spotMethod: MeasuringMethod = 'SPOT';

export type PointsAdvice = {
  readonly min: number;
  readonly max: number;
  /** centre 活动区中央, diagonal 对角线等分点, quincunx 梅花布点, even 均布. */
  readonly position: 'centre' | 'diagonal' | 'quincunx' | 'even';
  /** Seen only in a secondary page: advice, never a demand. docs/sources.md#jgjt-177-2009 */
  readonly status: 'verified-weak';
};

const bands = [
  { below: '16', points: 1, position: 'centre' },
  { below: '30', points: 2, position: 'diagonal' },
  { below: '60', points: 3, position: 'diagonal' },
  { below: '100', points: 5, position: 'quincunx' },
] as const;

/** Advised number of measuring points by floor area, m²; null when the area is unknown. */
export function measuringPoints(areaM2: DecimalText | null): PointsAdvice | null {
  if (areaM2 === null) return null;
  const band = bands.find((each) => compareDecimalTexts(areaM2, each.below) < 0);
  if (band) return { min: band.points, max: band.points, position: band.position, status: 'verified-weak' };
  const extra = BigInt(decimalText(subtractDecimals(parseDecimal(areaM2), parseDecimal('100'))).split('.')[0] ?? '0');
  // From 100 m² on: one or two further points for every further 20 to 50 m².
  return { min: 5 + Number(extra / 50n), max: 5 + 2 * Number(extra / 20n), position: 'even', status: 'verified-weak' };
}
