import { useTranslation } from 'react-i18next';
import { occupiedChoices, openingChoices, setReadByChoices } from '#shared/domain/room-check/columns.ts';
import { readTemperatureInput } from '#shared/domain/room-check/temperature-input.ts';
import { MomentEntry } from '../../ui/date-entry.tsx';
import { ChoiceEntry, ReadEntry } from '../../ui/fields.tsx';
import type { RoomPartProps } from './room-part.ts';
import { impliedOutcome } from './room-values.ts';

/** The setting found, the setting it was brought to on the spot, and the state of the room. */
export function SettingPart({ model, row, disabled }: RoomPartProps) {
  const { t } = useTranslation('room-check');
  const { room, id } = row;
  const readSet = (text: string) => readTemperatureInput(text, 'set');
  const adjust = (toC: string | null): void => {
    model.editRoom(id, { adjusted: toC === null ? null : { toC, at: room.adjusted?.at ?? new Date().toISOString() } }, true);
  };
  return (
    <section className="rooms-part" aria-label={t('setting.title')}>
      <h3>{t('setting.title')}</h3>
      <div className="rooms-part-two">
        <ReadEntry<string | null> label={t('setting.found')} unit="℃" value={room.setTemperatureC} read={readSet} disabled={disabled} onValue={(setTemperatureC) => model.editRoom(id, { setTemperatureC, ...impliedOutcome(room) }, true)} />
        <ChoiceEntry label={t('column.setReadBy')} empty="" disabled={disabled} value={room.setReadBy} choices={shown('setReadBy', setReadByChoices)} onValue={(setReadBy) => model.editRoom(id, { setReadBy })} />
        <ReadEntry<string | null> label={t('column.adjustedToC')} unit="℃" value={room.adjusted?.toC ?? null} read={readSet} disabled={disabled} hint={t('setting.keepsFound')} onValue={adjust} />
        <ChoiceEntry label={t('column.openings')} empty="" disabled={disabled} value={room.openings} choices={shown('openings', openingChoices)} onValue={(openings) => model.editRoom(id, { openings })} />
        <ChoiceEntry
          label={t('column.occupied')}
          empty=""
          disabled={disabled}
          value={room.occupied === null ? null : room.occupied ? 'yes' : 'no'}
          choices={shown('occupied', occupiedChoices)}
          onValue={(occupied) => model.editRoom(id, { occupied: occupied === null ? null : occupied === 'yes' })}
        />
      </div>
      {room.adjusted ? (
        <MomentEntry label={t('column.adjustedAt')} value={room.adjusted.at} disabled={disabled} onValue={(at) => model.editRoom(id, { adjusted: at === null || !room.adjusted ? null : { toC: room.adjusted.toC, at } }, true)} />
      ) : null}
    </section>
  );

  function shown<V extends string>(column: string, choices: readonly { readonly value: V; readonly zh: string }[]): readonly (readonly [V, string])[];
  function shown<V extends string>(column: string, choices: readonly { readonly value: string; readonly zh: string }[]): readonly (readonly [V, string])[] {
    return choices.map((choice) => [choice.value as V, t(`choice.${column}.${choice.value}`, { defaultValue: choice.zh })] as const);
  }
}
