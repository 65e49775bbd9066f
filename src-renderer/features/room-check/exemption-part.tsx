import { useTranslation } from 'react-i18next';
import { roomColumn } from '#shared/domain/room-check/columns.ts';
import { TextEntry } from '../../ui/fields.tsx';
import type { RoomPartProps } from './room-part.ts';

/** Special use with its reason, approved need with its document: what keeps a room from being held against the limit. */
export function ExemptionPart({ model, row, disabled }: RoomPartProps) {
  const { t } = useTranslation('room-check');
  const { room, id } = row;
  const reason = room.approvedNeed?.reason ?? '';
  const document = room.approvedNeed?.approvalDocument ?? null;
  const approve = (next: { readonly reason: string; readonly approvalDocument: string | null }): void =>
    model.editRoom(id, { approvedNeed: next.reason === '' && next.approvalDocument === null ? null : next }, true);
  return (
    <section className="rooms-part" aria-label={t('exemption.title')}>
      <h3>{t('exemption.title')}</h3>
      <TextEntry
        label={t('column.specialUse')} value={room.specialUse?.reason ?? ''} maxLength={roomColumn('specialUse').maxLength} disabled={disabled} placeholder={t('exemption.specialPlaceholder')}
        onValue={(text) => model.editRoom(id, { specialUse: text === '' ? null : { reason: text } }, true)}
      />
      <div className="rooms-part-two">
        <TextEntry label={t('column.approvedNeed')} value={reason} maxLength={roomColumn('approvedNeed').maxLength} disabled={disabled} onValue={(text) => approve({ reason: text, approvalDocument: document })} />
        <TextEntry
          label={t('column.approvalDocument')} value={document ?? ''} maxLength={roomColumn('approvalDocument').maxLength} disabled={disabled}
          warning={room.approvedNeed && document === null ? t('exemption.needsDocument') : null}
          onValue={(text) => approve({ reason, approvalDocument: text === '' ? null : text })}
        />
      </div>
    </section>
  );
}
