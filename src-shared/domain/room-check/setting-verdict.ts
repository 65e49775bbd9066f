import { compareDecimalTexts } from '../../kit/decimal.ts';
import type { RoomCheck } from './room-check.ts';
import { applicability, verdictOfComparison, type RoomSituation, type Verdict } from './verdict.ts';

export type SettingToJudge = RoomSituation & Pick<RoomCheck, 'setTemperatureC' | 'setReadBy'>;

/**
 * Verdict on the *set* temperature of one room, °C. Cooling: at least 26. Heating: at most 20. Equal passes. No rounding,
 * no tolerance. The value found counts, also when it was adjusted on the spot. The air has its own verdict
 * (measured-verdict.ts); the two are never merged. Source: docs/sources.md#guobanfa-2007-42
 */
export function settingVerdict(room: SettingToJudge): Verdict {
  const applies = applicability(room);
  if (applies.kind === 'settled') return applies.verdict;
  if (room.setReadBy === 'not-readable') return { kind: 'undetermined', why: 'set-temperature-not-readable', limitC: applies.limitC };
  if (room.setTemperatureC === null) return { kind: 'undetermined', why: 'set-temperature-missing', limitC: applies.limitC };
  return verdictOfComparison(applies, compareDecimalTexts(room.setTemperatureC, applies.limitC));
}
