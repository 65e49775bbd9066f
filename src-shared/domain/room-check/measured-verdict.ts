import { compareDecimalTexts } from '../../kit/decimal.ts';
import type { DecimalText } from '../../kit/values.ts';
import type { Instrument } from '../inspection/inspection.ts';
import { compareMean, isMeanWithin, meanOf, meanText } from './mean-temperature.ts';
import type { RoomCheck } from './room-check.ts';
import { applicability, verdictOfComparison, type RoomSituation, type Verdict, type VerdictKind } from './verdict.ts';

export type ReadingsToJudge = RoomSituation & { readonly readings: readonly Pick<RoomCheck['readings'][number], 'valueC'>[] };

export type MeasuredVerdict = Verdict & {
  /** Mean of the points, °C, for display (see `meanText`); null without readings. Given also where no verdict applies. */
  readonly valueC: DecimalText | null;
  /** False: `valueC` is rounded, show it with ≈. The verdict always comes from the exact mean. */
  readonly valueExact: boolean;
  /** |mean − limit| ≤ the instrument's permissible error: the reading proves nothing. Null when the error is unknown. */
  readonly withinInstrumentError: boolean | null;
};

/**
 * Verdict on the air of one room: the exact mean of its points against the limit, as sum against limit × n. No rounding,
 * no tolerance. A low reading alone is a lead 线索, never a finding, and it is a spot reading: never "according to
 * JGJ/T 177". `instrumentErrorC` as on the certificate, null when unknown.
 */
export function measuredVerdict(room: ReadingsToJudge, instrumentErrorC: DecimalText | null = null): MeasuredVerdict {
  const applies = applicability(room);
  const limitC = applies.kind === 'applies' ? applies.limitC : null;
  const mean = meanOf(room.readings.map((reading) => reading.valueC));
  if (!mean) {
    const verdict: Verdict = applies.kind === 'settled' ? applies.verdict : { kind: 'undetermined', why: 'no-readings', limitC };
    return { ...verdict, valueC: null, valueExact: true, withinInstrumentError: null };
  }
  const shown = meanText(mean, limitC);
  const value = { valueC: shown.text, valueExact: shown.exact };
  if (applies.kind === 'settled') return { ...applies.verdict, ...value, withinInstrumentError: null };
  const within = instrumentErrorC === null ? null : isMeanWithin(mean, applies.limitC, instrumentErrorC);
  return { ...verdictOfComparison(applies, compareMean(mean, applies.limitC)), ...value, withinInstrumentError: within };
}

/** Which instrument took a reading is not recorded, so the largest permissible error of those in use counts. */
export function largestInstrumentError(instruments: readonly Pick<Instrument, 'errorC'>[]): DecimalText | null {
  const errors = instruments.map((each) => each.errorC).filter((error): error is DecimalText => error !== null);
  return errors.reduce<DecimalText | null>((most, error) => (most === null || compareDecimalTexts(error, most) > 0 ? error : most), null);
}

/** Only the kind of `measuredVerdict`, for counting many rooms. */
export function measuredKind(room: ReadingsToJudge): VerdictKind {
  const applies = applicability(room);
  if (applies.kind === 'settled') return applies.verdict.kind;
  const mean = meanOf(room.readings.map((reading) => reading.valueC));
  return mean ? verdictOfComparison(applies, compareMean(mean, applies.limitC)).kind : 'undetermined';
}

/** A low (cooling) or high (heating) air reading while the setting itself does not exceed: noted, nothing more. */
export function isLead(setting: Pick<Verdict, 'kind'>, measured: Pick<Verdict, 'kind'>): boolean {
  return measured.kind === 'exceeds' && setting.kind !== 'exceeds' && setting.kind !== 'to-verify';
}
