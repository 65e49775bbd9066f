import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useTranslation } from 'react-i18next';
import type { RoomCheck } from '#shared/domain/room-check/room-check.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import { EvidencePicture } from '../../ui/evidence-picture.tsx';
import { ChoiceEntry, TextEntry } from '../../ui/fields.tsx';
import type { RoomsModel } from './rooms-model.ts';
import { photoSubjects } from './store-photo.ts';

type PictureDialogProps = {
  readonly model: RoomsModel;
  readonly rowId: string;
  readonly photo: RoomCheck['photos'][number];
  readonly disabled: boolean;
  readonly onClose: () => void;
};

/** One photo large, with what it shows; taking it out of the room leaves the original stored. */
export function PictureDialog({ model, rowId, photo, disabled, onClose }: PictureDialogProps) {
  const { t } = useTranslation('room-check');
  const { id, ...stored } = photo;
  const change = (part: Partial<typeof stored>, join: boolean): void => model.editRoom(rowId, { [`photos/${id}`]: { ...stored, ...part } }, join);
  const remove = (): void => {
    model.editRoom(rowId, { [`photos/${id}`]: null });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} maxWidth="md" fullWidth>
      <DialogTitle>{t(`photos.subject.${photo.subject}`)}</DialogTitle>
      <DialogContent className="rooms-picture-dialog">
        <EvidencePicture sha256={photo.evidence.sha256} alt={t(`photos.subject.${photo.subject}`)} onTheWay={t('photos.onTheWay')} className="rooms-picture-large" />
        <div className="rooms-part-two">
          <ChoiceEntry label={t('photos.shows')} value={photo.subject} disabled={disabled} choices={photoSubjects.map((subject) => [subject, t(`photos.subject.${subject}`)] as const)} onValue={(subject) => change({ subject: subject ?? 'other' }, false)} />
          <TextEntry label={t('photos.note')} value={photo.note} maxLength={200} disabled={disabled} onValue={(note) => change({ note }, true)} />
        </div>
        <p className="ui-field-hint">
          {t('photos.facts', { at: photo.evidence.capturedAt ? shanghaiDateTime(photo.evidence.capturedAt) : t('photos.noTime'), hash: photo.evidence.sha256.slice(0, 16) })}
        </p>
      </DialogContent>
      <DialogActions>
        {disabled ? null : <Button color="error" onClick={remove}>{t('photos.takeOut')}</Button>}
        <Button variant="contained" onClick={onClose}>{t('drawer.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
