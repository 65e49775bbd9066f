import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoomCheck } from '#shared/domain/room-check/room-check.ts';
import { shanghaiTimeOfDay } from '#shared/kit/shanghai-time.ts';
import { steadiness, steadyMinutes, type Watched } from './steadiness.ts';

/** Is the reading steady? From the last reading, a time later, a second one: no more than 0.2 ℃ apart. Advice only. */
export function SteadinessPanel({ room }: { readonly room: RoomCheck }) {
  const { t } = useTranslation('room-check');
  const [minutes, setMinutes] = useState<number>(10);
  const [first, setFirst] = useState<(Watched & { readonly id: string }) | null>(null);
  const timed = room.readings.filter((reading) => reading.at !== null);
  const newest = timed.reduce<RoomCheck['readings'][number] | null>((held, each) => (held === null || String(each.at) >= String(held.at) ? each : held), null);
  const last = newest && first && newest.id !== first.id ? { valueC: newest.valueC, at: String(newest.at) } : null;
  const now = useSeconds(first !== null);
  const state = steadiness(first, last, minutes, now);
  return (
    <section className="walk-panel" aria-label={t('steady.title')}>
      <h3>{t('steady.title')}</h3>
      <div className="walk-steady-times" role="group" aria-label={t('steady.time')}>
        {steadyMinutes.map((each) => (
          <button key={each} type="button" className="walk-steady-time" aria-pressed={each === minutes} onClick={() => setMinutes(each)}>{t('steady.minutes', { count: each })}</button>
        ))}
      </div>
      <p className="walk-steady-state" data-kind={state.kind} role="status">
        {state.kind === 'not-started' ? t(newest ? 'steady.ready' : 'steady.needsReading') : null}
        {state.kind === 'waiting' ? t('steady.waiting', { value: first?.valueC, at: first ? shanghaiTimeOfDay(first.at) : '', left: clock(state.leftMs) }) : null}
        {state.kind === 'due' ? t('steady.due') : null}
        {state.kind === 'steady' || state.kind === 'moving' ? t(`steady.${state.kind}`, { change: state.changeC }) : null}
      </p>
      <button type="button" className="ui-small-button" disabled={!newest} onClick={() => newest && setFirst({ id: newest.id, valueC: newest.valueC, at: String(newest.at) })}>
        {first ? t('steady.again') : t('steady.start')}
      </button>
      <p className="ui-field-hint">{t('steady.about')}</p>
    </section>
  );
}

/** The time now, again every second while something is counting. */
function useSeconds(running: boolean): string {
  const [now, setNow] = useState(() => new Date().toISOString());
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setNow(new Date().toISOString()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}

function clock(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
