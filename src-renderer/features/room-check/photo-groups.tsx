import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shanghaiTimeOfDay } from '#shared/kit/shanghai-time.ts';
import type { AllocatedPhoto, AllocationChoices, PhotoGroup, PickedPhoto } from './photo-allocation.ts';
import { photoSubjects, type PhotoSubject } from './store-photo.ts';

type PhotoGroupsProps = {
  readonly groups: readonly PhotoGroup[];
  readonly rooms: readonly (readonly [string, string])[];
  readonly files: ReadonlyMap<string, PickedPhoto>;
  readonly choices: AllocationChoices;
  readonly disabled: boolean;
  readonly onChoices: (choices: AllocationChoices) => void;
};

/** The proposal: photos by room, each of which can be moved, named otherwise or left out. */
export function PhotoGroups({ groups, rooms, files, choices, disabled, onChoices }: PhotoGroupsProps) {
  const { t } = useTranslation('room-check');
  const setRoom = (photo: string, roomId: string): void => onChoices({ ...choices, rooms: new Map(choices.rooms).set(photo, roomId) });
  const setSubject = (photo: string, subject: PhotoSubject): void => {
    // A door plate starts the next room, wherever it stands.
    const starts = subject === 'door-plate' ? new Map(choices.starts).set(photo, true) : choices.starts;
    onChoices({ ...choices, starts, subjects: new Map(choices.subjects).set(photo, subject) });
  };
  const setStarts = (photo: string, starts: boolean): void => {
    const subjects = new Map(choices.subjects);
    subjects.delete(photo);
    onChoices({ ...choices, subjects, starts: new Map(choices.starts).set(photo, starts) });
  };
  const drop = (photo: string): void => onChoices({ ...choices, dropped: new Set(choices.dropped).add(photo) });
  return (
    <ol className="rooms-groups">
      {groups.map((group, at) => {
        const first = group.photos[0]?.key ?? '';
        return (
          <li key={first} className={group.roomId === null ? 'rooms-group is-homeless' : 'rooms-group'}>
            <label className="rooms-group-room">
              <span className="ui-field-label">{t('column.room')}</span>
              <select className="ui-input is-choice" disabled={disabled} value={group.roomId ?? ''} onChange={(event) => setRoom(first, event.target.value)}>
                {group.roomId === null ? <option value="">{t('batch.noRoom')}</option> : null}
                {rooms.map(([id, room]) => <option key={id} value={id}>{room}</option>)}
              </select>
            </label>
            <ul className="rooms-group-photos">
              {group.photos.map((photo, index) => (
                <PhotoCard key={photo.key} photo={photo} address={files.get(photo.key)?.address ?? ''} disabled={disabled} onSubject={(subject) => setSubject(photo.key, subject)}>
                  {index > 0 ? <button type="button" className="rooms-link" disabled={disabled} onClick={() => setStarts(photo.key, true)}>{t('batch.startsRoom')}</button> : null}
                  {index === 0 && at > 0 ? <button type="button" className="rooms-link" disabled={disabled} onClick={() => setStarts(photo.key, false)}>{t('batch.joinsRoom')}</button> : null}
                  <button type="button" className="rooms-link" disabled={disabled} onClick={() => drop(photo.key)}>{t('batch.drop')}</button>
                </PhotoCard>
              ))}
            </ul>
          </li>
        );
      })}
    </ol>
  );
}

type PhotoCardProps = { readonly photo: AllocatedPhoto; readonly address: string; readonly disabled: boolean; readonly onSubject: (subject: PhotoSubject) => void; readonly children: ReactNode };

function PhotoCard({ photo, address, disabled, onSubject, children }: PhotoCardProps) {
  const { t } = useTranslation('room-check');
  return (
    <li className="rooms-card">
      <img className="rooms-card-picture" src={address} alt={photo.name} loading="lazy" decoding="async" />
      <span className="rooms-card-name" title={photo.name}>{photo.name}</span>
      <span className="rooms-card-time">{photo.capturedAt ? shanghaiTimeOfDay(photo.capturedAt) : t('photos.noTime')}</span>
      <select className="ui-input is-choice" aria-label={t('photos.shows')} disabled={disabled} value={photo.subject} onChange={(event) => onSubject(event.target.value as PhotoSubject)}>
        {photoSubjects.map((subject) => <option key={subject} value={subject}>{t(`photos.subject.${subject}`)}</option>)}
      </select>
      <span className="rooms-card-acts">{children}</span>
    </li>
  );
}
