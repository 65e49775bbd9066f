import { readDecimalWithin, type InputRange } from '../../kit/decimal.ts';
import type { Outcome } from '../../kit/outcome.ts';
import type { DecimalText } from '../../kit/values.ts';

/**
 * What can be true of a room, °C: outside it the typing is wrong (260 for 26.0), so it is refused with the limits
 * named. These are guards against slips, not rules of law.
 */
export const temperatureRanges = {
  /** What the panel of an air conditioner can be set to. */
  set: { min: '10', max: '40' },
  /** Air in a room. */
  reading: { min: '-20', max: '60' },
  outdoor: { min: '-30', max: '60' },
} as const satisfies Record<string, InputRange>;

export type TemperatureUse = keyof typeof temperatureRanges;

/** NFKC form of `℃`, and what people write behind a temperature. */
const degreeUnits = ['°C', '°c', '摄氏度', '度', '°'];

/** A temperature as typed, °C; `26℃` and `26度` too. Empty → null. Fails with `not-a-number` or `out-of-range`. */
export function readTemperatureInput(text: string, use: TemperatureUse): Outcome<DecimalText | null> {
  return readDecimalWithin(text, temperatureRanges[use], degreeUnits);
}
