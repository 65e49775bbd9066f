import { useTranslation } from 'react-i18next';
import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk } from '../../store/desk-context.tsx';

/** Why nothing can be written here, in one calm line; nothing at all while it can. */
export function LockedLine({ inspection }: { readonly inspection: RecordState | null }) {
  const { t } = useTranslation('room-check');
  const desk = useDesk();
  const lock = (inspection?.fields['lock'] ?? null) as InspectionLock | null;
  if (lock) return <p className="rooms-locked" role="status">{t('locked', { at: shanghaiDateTime(lock.lockedAt) })}</p>;
  return desk.session.readOnly ? <p className="rooms-locked" role="status">{t('readOnly')}</p> : null;
}
