import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/kit/problem.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { EvidencePicture } from '../../ui/evidence-picture.tsx';
import { TextEntry } from '../../ui/fields.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { CameraDialog } from './camera-dialog.tsx';
import { PictureDialog } from './picture-dialog.tsx';
import type { RoomPartProps } from './room-part.ts';
import { captureTime, nextSubject, photoSequence, storePhoto } from './store-photo.ts';

/** A room's photos: add files, take one, see one large, or say why there is none. */
export function PhotosPart({ model, row, disabled }: RoomPartProps) {
  const { t } = useTranslation('room-check');
  const sentence = useProblemText();
  const files = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [camera, setCamera] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const large = row.room.photos.find((photo) => photo.id === shown);
  const addFiles = async (list: FileList | null): Promise<void> => {
    setProblem(null);
    const held = [...row.room.photos];
    const values: Record<string, JsonValue> = {};
    for (const file of list ?? []) {
      const stored = await storePhoto(file, nextSubject(held), await captureTime(file));
      if (!stored.ok) {
        setProblem(stored.problem);
        continue;
      }
      const id = model.newId();
      held.push({ ...stored.value, id });
      values[`photos/${id}`] = stored.value;
    }
    if (files.current) files.current.value = '';
    if (Object.keys(values).length > 0) model.editRoom(row.id, values);
  };
  return (
    <section className="rooms-part" aria-label={t('photos.title')}>
      <h3>{t('photos.title')}</h3>
      {row.room.photos.length > 0 ? (
        <ul className="rooms-photos">
          {row.room.photos.map((photo) => (
            <li key={photo.id}>
              <button type="button" className="rooms-photo" onClick={() => setShown(photo.id)} title={t('photos.large')}>
                <EvidencePicture sha256={photo.evidence.sha256} alt={t(`photos.subject.${photo.subject}`)} onTheWay={t('photos.onTheWay')} className="rooms-photo-picture" />
                <span>{t(`photos.subject.${photo.subject}`)}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {disabled ? null : (
        <div className="ui-row">
          <input ref={files} className="rooms-file" type="file" accept="image/*" multiple aria-label={t('photos.addFiles')} onChange={(event) => void addFiles(event.target.files)} />
          <button type="button" className="ui-small-button" onClick={() => files.current?.click()}>{t('photos.addFiles')}</button>
          <button type="button" className="ui-small-button" onClick={() => setCamera(true)}>{t('photos.camera')}</button>
        </div>
      )}
      <p className="ui-field-hint">{t('photos.order', { order: photoSequence.map((subject) => t(`photos.subject.${subject}`)).join(' → ') })}</p>
      {problem ? <p className="ui-field-problem" role="alert">{sentence(problem, t('photos.title'))}</p> : null}
      <TextEntry
        label={t('photos.notToBe')} value={row.room.noPhoto?.reason ?? ''} maxLength={200} disabled={disabled} placeholder={t('photos.notToBePlaceholder')}
        onValue={(reason) => model.editRoom(row.id, { noPhoto: reason.trim() === '' ? null : { reason } }, true)}
      />
      {camera ? <CameraDialog model={model} rowId={row.id} onClose={() => setCamera(false)} /> : null}
      {large ? <PictureDialog model={model} rowId={row.id} photo={large} disabled={disabled} onClose={() => setShown(null)} /> : null}
    </section>
  );
}
