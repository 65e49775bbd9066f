import type { DecimalText } from '../../kit/values.ts';
import { isLead, measuredKind } from './measured-verdict.ts';
import { roundedText } from './mean-temperature.ts';
import type { RoomCheck, RoomOutcome } from './room-check.ts';
import { settingVerdict } from './setting-verdict.ts';

/** Counts of a set of rooms: a floor, an inspection, an office. */
export type RoomFigures = {
  readonly total: number;
  /** Rooms with an outcome, whatever it is. */
  readonly done: number;
  readonly byOutcome: Readonly<Record<RoomOutcome, number>>;
  /** Checked and cooling or heating. */
  readonly running: number;
  /** Checked, running and held against a limit: the denominator of the rate. */
  readonly applicable: number;
  /** *Setting* beyond the limit, among `applicable`. */
  readonly exceeding: number;
  readonly toVerify: number;
  /** Among `applicable`: setting missing or not readable. They stay in the denominator. */
  readonly undetermined: number;
  readonly notApplicable: number;
  /** Air beyond the limit with a setting that is not: leads 线索. */
  readonly leads: number;
  readonly adjusted: number;
  readonly exceedanceRate: Rate;
};

/** A share with what it is a share of; `percent` to one decimal, half up; null when there is nothing to divide by. */
export type Rate = { readonly of: number; readonly count: number; readonly percent: DecimalText | null };

export function rateOf(count: number, of: number): Rate {
  return { count, of, percent: of === 0 ? null : roundedText({ sum: { digits: BigInt(count) * 100n, scale: 0 }, count: of }, 1) };
}

/** A room's share in the figures; rooms nobody has judged yet count in `total` only. */
export function roomFigures(rooms: readonly RoomCheck[]): RoomFigures {
  const byOutcome = { checked: 0, 'locked-door': 0, meeting: 0, classified: 0, refused: 0 };
  const counts = { done: 0, running: 0, applicable: 0, exceeding: 0, toVerify: 0, undetermined: 0, notApplicable: 0, leads: 0, adjusted: 0 };
  for (const room of rooms) {
    if (room.outcome === null) continue;
    counts.done += 1;
    byOutcome[room.outcome] += 1;
    if (room.outcome !== 'checked') continue;
    const setting = settingVerdict(room);
    const isRunning = room.mode === 'cooling' || room.mode === 'heating';
    if (room.adjusted) counts.adjusted += 1;
    if (setting.kind === 'not-applicable') counts.notApplicable += 1;
    if (isLead(setting, { kind: measuredKind(room) })) counts.leads += 1;
    if (!isRunning) continue;
    counts.running += 1;
    if (setting.kind === 'not-applicable') continue;
    counts.applicable += 1;
    if (setting.kind === 'exceeds') counts.exceeding += 1;
    if (setting.kind === 'to-verify') counts.toVerify += 1;
    if (setting.kind === 'undetermined') counts.undetermined += 1;
  }
  return { total: rooms.length, byOutcome, ...counts, exceedanceRate: rateOf(counts.exceeding, counts.applicable) };
}
