import { useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, useRecord } from '../../store/desk-context.tsx';
import { navigate } from '../../ui/navigation.ts';
import { floorName } from './field-words.ts';
import { useRefusedNoted } from './note-refused.ts';
import { LockedLine } from './locked-line.tsx';
import { RoomsModelProvider } from './rooms-context.tsx';
import type { RoomsModel } from './rooms-model.ts';
import { roomsModelOf } from './rooms-of-desk.ts';
import { useLoaded } from './rooms-screen.tsx';
import { StatusLine } from './status-line.tsx';
import { VerdictVoice } from './verdict-voice.tsx';
import { WalkRoom } from './walk-room.tsx';
import './rooms.css';
import './walk.css';

/** One room at a time in large type, for one hand and a laptop on the arm. */
export function WalkScreen({ inspectionId }: { readonly inspectionId: string }) {
  const desk = useDesk();
  const model = useMemo(() => roomsModelOf(desk, inspectionId), [desk, inspectionId]);
  const loaded = useLoaded(model);
  return <RoomsModelProvider model={model}>{loaded ? <Walk model={model} /> : <div className="walk" aria-busy="true" />}</RoomsModelProvider>;
}

function Walk({ model }: { readonly model: RoomsModel }) {
  const { t } = useTranslation('room-check');
  const inspection = useRecord(model.inspectionId);
  useSyncExternalStore(model.onLines, model.lines);
  useRefusedNoted(model, t);
  const rooms = model.rooms();
  const [rowId, setRowId] = useState<string | null>(() => (rooms.find((row) => row.room.outcome === null) ?? rooms[0])?.id ?? null);
  const at = rooms.findIndex((row) => row.id === rowId);
  const row = rooms[at];
  const go = (by: 1 | -1): boolean => {
    const next = rooms[at + by];
    if (next) setRowId(next.id);
    return next !== undefined;
  };
  return (
    <div className="walk">
      <header className="walk-head">
        <button type="button" className="walk-step" disabled={at <= 0} onClick={() => go(-1)}>{t('walk.previous')}</button>
        <div className="walk-room">
          <strong>{row ? row.room.room || t('drawer.noNumber') : t('walk.noRooms')}</strong>
          <span>{row ? [row.room.floor === '' ? '' : floorName(t, row.room.floor), row.room.use, row.room.areaM2 === null ? '' : `${row.room.areaM2} m²`].filter((text) => text !== '').join(' · ') : ''}</span>
        </div>
        <span className="walk-count">{t('walk.count', { at: at + 1, total: rooms.length })}</span>
        <button type="button" className="walk-step" disabled={at < 0 || at === rooms.length - 1} onClick={() => go(1)}>{t('walk.next')}</button>
      </header>
      <LockedLine inspection={inspection ?? null} />
      {row ? <WalkRoom key={row.id} model={model} rowId={row.id} onNext={() => go(1)} onPrevious={() => go(-1)} /> : <div className="walk-room-body" />}
      <NewRoom model={model} onMade={setRowId} />
      <StatusLine model={model} keys={false} />
      <VerdictVoice model={model} />
    </div>
  );
}

/** A room that is not on the list: its number, and it is there. */
function NewRoom({ model, onMade }: { readonly model: RoomsModel; readonly onMade: (rowId: string) => void }) {
  const { t } = useTranslation('room-check');
  const [typed, setTyped] = useState('');
  const number = typed.normalize('NFKC').trim();
  const make = (): void => {
    if (number === '') return;
    onMade(model.findRoom(number)?.id ?? model.addRoom(number));
    setTyped('');
  };
  return (
    <div className="walk-foot">
      <input
        className="ui-input walk-jump"
        aria-label={t('jump.label')}
        placeholder={t('jump.placeholder')}
        value={typed}
        maxLength={40}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) make();
        }}
      />
      <button type="button" className="ui-small-button" disabled={number === '' || (!model.writable() && !model.findRoom(number))} onClick={make}>{t('walk.go')}</button>
      <span className="rooms-bar-space" />
      <button type="button" className="ui-small-button" onClick={() => navigate(`/inspections/${model.inspectionId}/rooms`)}>{t('walk.toGrid')}</button>
    </div>
  );
}
