import { useTranslation } from 'react-i18next';
import type { LockCheck } from '../store/lock-check.ts';
import { useLockCheck } from '../store/lock-check-context.tsx';

/** So many rooms are named, the rest is counted. */
const NAMED = 20;

/** What is here of a locked inspection is not what was locked, or not all of it is here yet. Nothing to say: nothing is drawn. */
export function LockCheckLine() {
  const { t } = useTranslation('app');
  const { check } = useLockCheck();
  if (check?.kind === 'awaited') return <p className="ui-notice app-lock-check" role="status">{t('lockAwaited', { count: check.count })}</p>;
  if (check?.kind !== 'unlike') return null;
  return (
    <p className="ui-problem app-lock-check" role="alert">
      <strong>{t('lockUnlike', { what: whatDiffers(check, t('lockInspection'), t('lockUnnamed'), t('lockAnd')) })}</strong>
      {check.rooms.length > NAMED && t('lockMore', { count: check.rooms.length })}
      <span className="app-lock-check-more">{t('lockUnlikeHint')}</span>
    </p>
  );
}

function whatDiffers({ inspection, rooms }: Extract<LockCheck, { readonly kind: 'unlike' }>, itself: string, unnamed: string, and: string): string {
  return [...(inspection ? [itself] : []), ...rooms.slice(0, NAMED).map((room) => room || unnamed)].join(and);
}
