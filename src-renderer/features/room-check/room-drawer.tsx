import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { roomColumn } from '#shared/domain/room-check/columns.ts';
import { ConflictPanel } from '../../ui/conflict-panel.tsx';
import { TextEntry } from '../../ui/fields.tsx';
import { UnstoredScope } from '../../ui/unstored.ts';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { fieldTitle, floorName, showField } from './field-words.ts';
import { ExemptionPart } from './exemption-part.tsx';
import { HistoryPart } from './history-part.tsx';
import { PhotosPart } from './photos-part.tsx';
import { ReadingsPart } from './readings-part.tsx';
import type { RoomPartProps } from './room-part.ts';
import type { RoomRow } from './room-row.ts';
import type { RoomsModel } from './rooms-model.ts';
import { SettingPart } from './setting-part.tsx';
import { useRoomRow } from './use-room-row.ts';
import { verdictReason, verdictWord, type RoomsT } from './verdict-words.ts';

/** Everything of one room beside the grid. Space opens it, Esc closes it; it follows the active row. */
export function RoomDrawer({ model, rowId, onClose }: { readonly model: RoomsModel; readonly rowId: string; readonly onClose: () => void }) {
  const { t } = useTranslation('room-check');
  const row = useRoomRow(model, rowId);
  if (!row) return null;
  const part = { model, row, disabled: !model.writable() };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    <aside className="rooms-drawer" aria-label={t('drawer.label', { room: row.room.room })} onKeyDown={onKeyDown}>
      <header className="rooms-drawer-head">
        <h2>{row.room.room === '' ? t('drawer.noNumber') : row.room.room}</h2>
        <span className="rooms-drawer-use">{[row.room.floor === '' ? '' : floorName(t, row.room.floor), row.room.use].filter((text) => text !== '').join(' · ')}</span>
        <button type="button" className="ui-small-button" onClick={onClose}>{t('drawer.close')}</button>
      </header>
      <dl className="rooms-drawer-verdicts">
        <dt>{t('column.verdictSetting')}</dt>
        <dd><VerdictMark verdict={row.setting.kind} text={verdictWord(t, row.setting)} /> <small>{reasonBeside(verdictWord(t, row.setting), verdictReason(t, row.setting))}</small></dd>
        <dt>{t('column.verdictMeasured')}</dt>
        <dd><VerdictMark verdict={row.measured.kind} text={verdictWord(t, row.measured)} /> <small>{airReason(t, row)}</small></dd>
      </dl>
      <Conflicts {...part} />
      <UnstoredScope value={rowId}>
        <ReadingsPart {...part} />
        <SettingPart {...part} />
        <ExemptionPart {...part} />
        <PhotosPart {...part} />
        <section className="rooms-part">
          <TextEntry label={t('column.remarks')} value={row.room.remarks} maxLength={roomColumn('remarks').maxLength} rows={3} disabled={part.disabled} onValue={(remarks) => model.editRoom(rowId, { remarks }, true)} />
        </section>
      </UnstoredScope>
      <HistoryPart model={model} row={row} />
    </aside>
  );
}

/** Two values of one field: both, and a person chooses. */
function Conflicts({ model, row, disabled }: RoomPartProps) {
  const { t } = useTranslation('room-check');
  const state = model.state(row.id);
  if (!state || row.conflicts === 0) return null;
  return (
    <fieldset className="rooms-part rooms-conflict" disabled={disabled}>
      <ConflictPanel record={state} label={(path) => fieldTitle(t, path)} show={showField} />
    </fieldset>
  );
}

function reasonBeside(word: string, reason: string): string {
  return reason === word ? '' : reason;
}

function airReason(t: RoomsT, { measured, lead }: RoomRow): string {
  if (measured.valueC === null) return reasonBeside(verdictWord(t, measured), verdictReason(t, measured));
  const mean = t('verdict.mean', { value: `${measured.valueExact ? '' : '≈'}${measured.valueC}` });
  if (measured.withinInstrumentError) return `${mean} · ${t('mark.withinErrorHint')}`;
  return lead ? `${mean} · ${t('mark.leadHint')}` : mean;
}
