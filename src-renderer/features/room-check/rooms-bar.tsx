import Button from '@mui/material/Button';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate } from '../../ui/navigation.ts';
import { ImportReadingsDialog } from './import-readings-dialog.tsx';
import { JumpBox } from './jump-box.tsx';
import { PhotosDialog } from './photos-dialog.tsx';
import type { RoomsModel } from './rooms-model.ts';

type RoomsBarProps = {
  readonly model: RoomsModel;
  readonly jump: RefObject<HTMLInputElement | null>;
  readonly onGo: (rowId: string) => void;
  readonly onLeave: () => void;
};

/** Above the grid: jump to a room, and what is done to many rooms at once. */
export function RoomsBar({ model, jump, onGo, onLeave }: RoomsBarProps) {
  const { t } = useTranslation('room-check');
  const [open, setOpen] = useState<'photos' | 'readings' | null>(null);
  const writable = model.writable();
  const close = (): void => setOpen(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    // Not while the dialog still holds the focus: the grid has it back once the dialog is gone.
    if (wasOpen.current && open === null) onLeave();
    wasOpen.current = open !== null;
  }, [open, onLeave]);
  return (
    <div className="rooms-bar" role="toolbar" aria-label={t('bar.label')}>
      <JumpBox model={model} field={jump} onGo={onGo} onLeave={onLeave} />
      <span className="rooms-bar-space" />
      <Button size="small" onClick={() => act(model.undo(), onGo, onLeave)} disabled={!writable} title="Ctrl+Z">{t('bar.undo')}</Button>
      <Button size="small" onClick={() => act(model.redo(), onGo, onLeave)} disabled={!writable} title="Ctrl+Y">{t('bar.redo')}</Button>
      <Button size="small" variant="outlined" onClick={() => setOpen('readings')} disabled={!writable}>{t('bar.readings')}</Button>
      <Button size="small" variant="outlined" onClick={() => setOpen('photos')} disabled={!writable}>{t('bar.photos')}</Button>
      <Button size="small" variant="outlined" onClick={() => navigate(`/inspections/${model.inspectionId}/walk`)}>{t('bar.walk')}</Button>
      {open === 'readings' ? <ImportReadingsDialog model={model} onClose={close} /> : null}
      {open === 'photos' ? <PhotosDialog model={model} onClose={close} /> : null}
    </div>
  );
}

function act(rowId: string | null, onGo: (rowId: string) => void, onLeave: () => void): void {
  if (rowId === null) onLeave();
  else onGo(rowId);
}
