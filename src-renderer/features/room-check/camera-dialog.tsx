import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failed } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { ChoiceEntry } from '../../ui/fields.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { useRoomRow } from './use-room-row.ts';
import type { RoomsModel } from './rooms-model.ts';
import { nextSubject, photoSubjects, storePhoto, type PhotoSubject } from './store-photo.ts';

/** Takes photos of one room with the laptop's camera, one after the other in the usual order. */
export function CameraDialog({ model, rowId, onClose }: { readonly model: RoomsModel; readonly rowId: string; readonly onClose: () => void }) {
  const { t } = useTranslation('room-check');
  const sentence = useProblemText();
  const row = useRoomRow(model, rowId);
  const video = useRef<HTMLVideoElement>(null);
  const camera = useCamera(video);
  const [chosen, setChosen] = useState<PhotoSubject | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const photos = row?.room.photos ?? [];
  const subject = chosen ?? nextSubject(photos);
  const take = async (): Promise<void> => {
    if (!video.current) return;
    setBusy(true);
    const blob = await pictureOf(video.current);
    const stored = blob ? await storePhoto(blob, subject, new Date().toISOString()) : failed('unreadable-file', { reason: 'not-a-picture' });
    setBusy(false);
    setProblem(stored.ok ? null : stored.problem);
    if (!stored.ok) return;
    setChosen(null);
    model.editRoom(rowId, { [`photos/${model.newId()}`]: stored.value });
  };
  return (
    <Dialog open onClose={onClose} maxWidth="md" fullWidth>
      <DialogTitle>{t('camera.title', { room: row?.room.room ?? '' })}</DialogTitle>
      <DialogContent className="rooms-picture-dialog">
        <video ref={video} className="rooms-picture-large" autoPlay muted playsInline />
        {camera === 'none' ? <p className="ui-field-problem" role="alert">{t('camera.none')}</p> : null}
        {problem ? <p className="ui-field-problem" role="alert">{sentence(problem, t('photos.title'))}</p> : null}
        <div className="rooms-part-two">
          <ChoiceEntry label={t('photos.shows')} value={subject} choices={photoSubjects.map((each) => [each, t(`photos.subject.${each}`)] as const)} onValue={setChosen} />
          <p className="ui-field-hint rooms-camera-count" role="status">{t('camera.taken', { count: photos.length })}</p>
        </div>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('drawer.close')}</Button>
        <Button variant="contained" disabled={camera !== 'live' || busy} onClick={() => void take()}>{t('camera.take')}</Button>
      </DialogActions>
    </Dialog>
  );
}

/** Opens the camera for as long as the dialog is open. */
function useCamera(video: { readonly current: HTMLVideoElement | null }): 'opening' | 'live' | 'none' {
  const [state, setState] = useState<'opening' | 'live' | 'none'>('opening');
  useEffect(() => {
    let stopped = false;
    let stream: MediaStream | null = null;
    const end = (): void => stream?.getTracks().forEach((track) => track.stop());
    const open = async (): Promise<void> => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } }, audio: false });
      if (stopped) end();
      else if (video.current) {
        await firstFrame(video.current, stream);
        if (!stopped) setState('live');
      }
    };
    open().catch(() => {
      if (!stopped) setState('none');
    });
    return () => {
      stopped = true;
      end();
    };
  }, [video]);
  return state;
}

/** Resolves once there is something to take: a press before it would take nothing. */
function firstFrame(video: HTMLVideoElement, stream: MediaStream): Promise<void> {
  return new Promise((resolve) => {
    video.addEventListener('loadeddata', () => resolve(), { once: true });
    video.srcObject = stream;
  });
}

/** The frame on the screen as a JPEG. */
function pictureOf(video: HTMLVideoElement): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  if (canvas.width === 0) return Promise.resolve(null);
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
}
