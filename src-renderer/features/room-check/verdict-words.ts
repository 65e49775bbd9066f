import type { TFunction } from 'i18next';
import type { Verdict } from '#shared/domain/room-check/verdict.ts';

export type RoomsT = TFunction<'room-check'>;

/** The word beside the shape: what was found, not what follows from it. '' where nothing was entered yet. */
export function verdictWord(t: RoomsT, verdict: Verdict): string {
  switch (verdict.kind) {
    case 'ok': return t('verdict.ok');
    case 'exceeds': return t(verdict.limitC === '20' ? 'verdict.above' : 'verdict.below', { limit: verdict.limitC });
    case 'to-verify': return t('verdict.toVerify');
    case 'not-applicable': return t('verdict.notApplicable');
    case 'undetermined': return verdict.why === null || verdict.why === 'mode-unknown' ? '' : t(`verdict.why.${verdict.why}`);
  }
}

/** Why, in a sentence: for a tooltip and for screen readers. */
export function verdictReason(t: RoomsT, verdict: Verdict): string {
  return verdict.why === null ? verdictWord(t, verdict) : t(`verdict.reason.${verdict.why}`);
}
