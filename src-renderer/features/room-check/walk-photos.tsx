import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/kit/problem.ts';
import { useProblemText } from '../../ui/problem-text.ts';
import { CameraDialog } from './camera-dialog.tsx';
import type { RoomPartProps } from './room-part.ts';
import { captureTime, photoSequence, storePhoto, type PhotoSubject } from './store-photo.ts';

/** One large button a photo of the usual order; a tick where it is there. */
export function WalkPhotos({ model, row, disabled }: RoomPartProps) {
  const { t } = useTranslation('room-check');
  const sentence = useProblemText();
  const files = useRef<HTMLInputElement>(null);
  const [subject, setSubject] = useState<PhotoSubject>('door-plate');
  const [camera, setCamera] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const add = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const stored = await storePhoto(file, subject, await captureTime(file));
    setProblem(stored.ok ? null : stored.problem);
    if (stored.ok) model.editRoom(row.id, { [`photos/${model.newId()}`]: stored.value });
    if (files.current) files.current.value = '';
  };
  const has = (each: PhotoSubject): boolean => row.room.photos.some((photo) => photo.subject === each);
  return (
    <section className="walk-panel" aria-label={t('photos.title')}>
      <h3>{t('photos.title')}</h3>
      <input ref={files} className="rooms-file" type="file" accept="image/*" aria-label={t('photos.addFiles')} onChange={(event) => void add(event.target.files?.[0])} />
      <div className="walk-photo-buttons">
        {photoSequence.map((each) => (
          <button
            key={each}
            type="button"
            className="walk-photo"
            data-there={has(each)}
            disabled={disabled}
            onClick={() => {
              setSubject(each);
              files.current?.click();
            }}
          >
            <span aria-hidden="true">{has(each) ? '✓' : '＋'}</span>
            {t(`photos.subject.${each}`)}
          </button>
        ))}
        <button type="button" className="walk-photo" disabled={disabled} onClick={() => setCamera(true)}>{t('photos.camera')}</button>
      </div>
      {row.room.noPhoto ? <p className="ui-field-hint">{t('photos.notToBeShort', { reason: row.room.noPhoto.reason })}</p> : null}
      {problem ? <p className="ui-field-problem" role="alert">{sentence(problem, t('photos.title'))}</p> : null}
      {camera ? <CameraDialog model={model} rowId={row.id} onClose={() => setCamera(false)} /> : null}
    </section>
  );
}
