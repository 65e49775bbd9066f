import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_READINGS } from '#shared/domain/room-check/cell-input.ts';
import { measuringPoints } from '#shared/domain/room-check/measuring-points.ts';
import { readTemperatureInput } from '#shared/domain/room-check/temperature-input.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { shanghaiTimeOfDay } from '#shared/kit/shanghai-time.ts';
import { useProblemText } from '../../ui/problem-text.ts';
import { noteUnstored, unstoredText } from '../../ui/unstored.ts';
import type { RoomPartProps } from './room-part.ts';
import { addedReading } from './room-values.ts';

/** Readings as written, each with its time; a further one gets the time now and changes no earlier one. */
export function ReadingsPart({ model, row, disabled }: RoomPartProps) {
  const { t } = useTranslation('room-check');
  const advice = measuringPoints(row.room.areaM2);
  return (
    <section className="rooms-part" aria-label={t('readings.title')}>
      <h3>{t('readings.title')}</h3>
      {row.room.readings.length > 0 ? (
        <ol className="rooms-readings">
          {row.room.readings.map((reading) => (
            <li key={reading.id}>
              <span className="rooms-readings-value">{reading.valueC} ℃</span>
              <span className="rooms-readings-time">{reading.at ? shanghaiTimeOfDay(reading.at) : t('readings.noTime')}</span>
              {disabled ? null : <button type="button" className="rooms-link" onClick={() => model.editRoom(row.id, { [`readings/${reading.id}`]: null })}>{t('remove')}</button>}
            </li>
          ))}
        </ol>
      ) : null}
      {disabled || row.room.readings.length >= MAX_READINGS ? null : <NewReading model={model} row={row} disabled={disabled} />}
      {advice ? <p className="ui-field-hint">{t('readings.advice', { min: advice.min, max: advice.max, context: advice.min === advice.max ? 'one' : 'range' })}</p> : null}
    </section>
  );
}

function NewReading({ model, row }: RoomPartProps) {
  const { t } = useTranslation('room-check');
  const sentence = useProblemText();
  const key = `${row.id}/new-reading`;
  const [typed, setTyped] = useState(() => unstoredText(key) ?? '');
  const [problem, setProblem] = useState<Problem | null>(null);
  const add = (): void => {
    const read = readTemperatureInput(typed, 'reading');
    setProblem(read.ok ? null : read.problem);
    noteUnstored(key, `${row.room.room} ${t('readings.new')}`, read.ok ? null : typed);
    if (!read.ok || read.value === null) return;
    model.editRoom(row.id, addedReading(row.room, read.value, new Date().toISOString(), model.newId()));
    setTyped('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    add();
  };
  return (
    <>
      <span className="ui-input-line">
        <input className="ui-input" inputMode="decimal" aria-label={t('readings.new')} aria-invalid={problem ? true : undefined} placeholder={t('readings.new')} value={typed} onChange={(event) => setTyped(event.target.value)} onKeyDown={onKeyDown} />
        <span className="ui-input-unit">℃</span>
        <button type="button" className="ui-small-button" onClick={add}>{t('add')}</button>
      </span>
      {problem ? <p className="ui-field-problem" role="alert">{sentence(problem, t('column.readings'))}</p> : null}
    </>
  );
}
