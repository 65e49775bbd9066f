import { useTranslation } from 'react-i18next';
import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk, useRecord } from '../../store/desk-context.tsx';
import { mayFillRooms } from './inspection-watch.ts';

/** Why nothing can be written here, in one calm line; nothing at all while it can. */
export function LockedLine({ inspection }: { readonly inspection: RecordState | null }) {
  const { t } = useTranslation('room-check');
  const desk = useDesk();
  const me = useRecord(desk.session.officerId);
  const lock = (inspection?.fields['lock'] ?? null) as InspectionLock | null;
  if (lock) return <p className="rooms-locked" role="status">{t('locked', { at: shanghaiDateTime(lock.lockedAt) })}</p>;
  if (desk.session.readOnly) return <p className="rooms-locked" role="status">{t('readOnly')}</p>;
  return me === undefined || mayFillRooms(me) ? null : <p className="rooms-locked" role="status">{t('notYours')}</p>;
}
