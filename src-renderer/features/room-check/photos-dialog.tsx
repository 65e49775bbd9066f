import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceEntry } from '../../ui/fields.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { allocatePhotos, inOrderTaken, noChoices, type AllocationChoices, type PickedPhoto } from './photo-allocation.ts';
import { PhotoGroups } from './photo-groups.tsx';
import type { RoomsModel } from './rooms-model.ts';
import { storeBatch, type BatchProgress } from './store-batch.ts';
import { captureTime } from './store-photo.ts';

/** Photos of many rooms from a folder, a phone or a card: a proposal first, stored only when a person agrees. */
export function PhotosDialog({ model, onClose }: { readonly model: RoomsModel; readonly onClose: () => void }) {
  const { t } = useTranslation('room-check');
  const sentence = useProblemText();
  const [picked, setPicked] = useState<readonly PickedPhoto[]>([]);
  const [passedOver, setPassedOver] = useState(0);
  const [start, setStart] = useState<string | null>(() => firstWithoutPhotos(model));
  const [choices, setChoices] = useState<AllocationChoices>(noChoices);
  const [progress, setProgress] = useState<BatchProgress | null>(null);
  const stop = useRef(false);
  useEffect(() => () => picked.forEach((photo) => URL.revokeObjectURL(photo.address)), [picked]);
  const rooms = useMemo(() => model.rooms().map((row) => [row.id, row.room.room] as const), [model]);
  const groups = useMemo(() => allocatePhotos(picked, rooms.map(([id]) => id), start, choices), [picked, rooms, start, choices]);
  const files = useMemo(() => new Map(picked.map((photo) => [photo.key, photo])), [picked]);
  const allocated = groups.filter((group) => group.roomId !== null);
  const count = allocated.reduce((sum, group) => sum + group.photos.length, 0);
  const homeless = groups.some((group) => group.roomId === null);

  const pick = async (list: FileList | null): Promise<void> => {
    const pictures = [...(list ?? [])].filter((file) => file.type.startsWith('image/'));
    setPassedOver((list?.length ?? 0) - pictures.length);
    const photos = await Promise.all(pictures.map(async (file, at): Promise<PickedPhoto> => ({
      key: `${at}:${file.name}`, name: file.name, capturedAt: await captureTime(file), file, address: URL.createObjectURL(file),
    })));
    setChoices(noChoices);
    setPicked(inOrderTaken(photos));
  };
  const store = async (): Promise<void> => {
    stop.current = false;
    const outcome = await storeBatch(model, allocated, (key) => files.get(key) ?? null, setProgress, () => stop.current);
    if (outcome === 'stored') onClose();
  };
  const working = progress?.kind === 'working';
  return (
    <Dialog open disableRestoreFocus onClose={working ? undefined : onClose} maxWidth="lg" fullWidth>
      <DialogTitle>{t('batch.title')}</DialogTitle>
      <DialogContent className="rooms-batch">
        <p className="ui-field-hint">{t('batch.about')}</p>
        <div className="rooms-batch-bar">
          <FilePick label={t('batch.files')} onPick={pick} disabled={working} />
          <FilePick label={t('batch.folder')} onPick={pick} disabled={working} folder />
          <ChoiceEntry label={t('batch.start')} value={start} choices={rooms} onValue={setStart} disabled={working} className="rooms-batch-start" />
        </div>
        {passedOver > 0 ? <p className="ui-field-hint">{t('batch.passedOver', { count: passedOver })}</p> : null}
        {homeless ? <p className="ui-field-warning" role="status">{t('batch.homeless')}</p> : null}
        <PhotoGroups groups={groups} rooms={rooms} files={files} choices={choices} disabled={working} onChoices={setChoices} />
        {progress?.kind === 'failed' ? <p className="ui-field-problem" role="alert">{t('batch.failed', { name: progress.name, why: sentence(progress.problem) })}</p> : null}
      </DialogContent>
      <DialogActions>
        {progress?.kind === 'working' ? (
          <div className="rooms-batch-progress" role="status">
            <span>{t('batch.progress', { done: progress.done, total: progress.total })}</span>
            <LinearProgress variant="determinate" value={(100 * progress.done) / Math.max(1, progress.total)} />
          </div>
        ) : null}
        <Button onClick={working ? () => (stop.current = true) : onClose}>{t('cancel')}</Button>
        <Button variant="contained" disabled={count === 0 || working} onClick={() => void store()}>{t('batch.store', { count, rooms: allocated.length })}</Button>
      </DialogActions>
    </Dialog>
  );
}

function FilePick({ label, onPick, disabled, folder = false }: { readonly label: string; readonly onPick: (list: FileList | null) => Promise<void>; readonly disabled: boolean; readonly folder?: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  const onlyFolders = folder ? { webkitdirectory: '' } : {};
  return (
    <>
      <input ref={input} className="rooms-file" type="file" multiple accept={folder ? undefined : 'image/*'} aria-label={label} disabled={disabled} {...onlyFolders} onChange={(event) => void onPick(event.target.files)} />
      <button type="button" className="ui-small-button" disabled={disabled} onClick={() => input.current?.click()}>{label}</button>
    </>
  );
}

function firstWithoutPhotos(model: RoomsModel): string | null {
  const rooms = model.rooms();
  return (rooms.find((row) => row.room.photos.length === 0 && row.room.noPhoto === null) ?? rooms[0])?.id ?? null;
}
