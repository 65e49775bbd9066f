import { absoluteDecimal, compareDecimals, decimalText, parseDecimal, subtractDecimals } from '#shared/kit/decimal.ts';
import type { Instant } from '#shared/kit/values.ts';

/**
 * When a reading may be called steady: it changed by at most 0.2 °C within the set time. Advice only, after the model of
 * Beijing's DB11/T 745 for heating (10 minutes); no rule of ours demands it. Source: docs/sources.md#db11-t-745
 */
export const steadyChangeC = '0.2';
export const steadyMinutes = [1, 3, 5, 10] as const;

export type Watched = { readonly valueC: string; readonly at: Instant };

export type Steadiness =
  | { readonly kind: 'not-started' }
  /** `leftMs` until the set time is over. */
  | { readonly kind: 'waiting'; readonly leftMs: number }
  /** The time is over: read again. */
  | { readonly kind: 'due' }
  | { readonly kind: 'steady' | 'moving'; readonly changeC: string };

/** First and last reading of a watch of `minutes`; `now` an instant. A later reading within the time decides nothing yet. */
export function steadiness(first: Watched | null, last: Watched | null, minutes: number, now: Instant): Steadiness {
  if (!first) return { kind: 'not-started' };
  const passed = (at: Instant): number => Date.parse(at) - Date.parse(first.at);
  const span = minutes * 60_000;
  if (!last || passed(last.at) < span) return passed(now) < span ? { kind: 'waiting', leftMs: span - passed(now) } : { kind: 'due' };
  const change = absoluteDecimal(subtractDecimals(parseDecimal(last.valueC), parseDecimal(first.valueC)));
  const steady = compareDecimals(change, parseDecimal(steadyChangeC)) <= 0;
  return { kind: steady ? 'steady' : 'moving', changeC: decimalText(change) };
}
