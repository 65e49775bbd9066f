import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { concludingGaps, type ConcludingGap, type ConcludingGapCode } from '#shared/domain/inspection/conclude.ts';
import { readPerson } from '#shared/domain/inspection/read-inspection.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useChildren, useDesk, useRecords } from '../../store/desk-context.tsx';
import { useNames } from '../../store/use-names.ts';
import { nowInstant } from '../../ui/now.ts';
import { Panel } from '../../ui/page.tsx';
import { goTo } from './go-to-field.ts';

/** Where each gap is filled: a panel of this page, or another tab. */
const places: Readonly<Record<ConcludingGapCode, string | null>> = {
  'already-locked': null, 'not-lead-officer': 'setup-people', signing: 'setup-people', conflicts: null,
  'started-missing': 'setup-place', 'ended-missing': 'setup-place', 'ended-before-started': 'setup-place',
  'no-rooms': 'rooms', 'room-without-number': 'rooms', 'room-without-outcome': 'rooms', 'same-room-twice': 'rooms', 'mode-missing': 'rooms', 'setting-missing': 'rooms', 'claim-without-reason': 'rooms',
  'accompanying-missing': 'setup-place', 'place-missing': 'setup-place', 'sampling-missing': 'setup-sampling', 'fewer-rooms-than-checked': 'setup-sampling',
  'instrument-missing': 'setup-instruments', 'instrument-expired': 'setup-instruments',
};

/** What still stands between this inspection and a signed record. A click goes to where it is filled in. */
export function NeededPanel({ record }: { readonly record: RecordState }) {
  const { t } = useTranslation('inspection');
  const { session } = useDesk();
  const rooms = useChildren('roomCheck', record.recordId);
  const people = useRecords('person');
  const gaps = useMemo(() => {
    if (!rooms || !people || record.fields['lock']) return [];
    const known = new Map(people.map((person) => [person.recordId, readPerson(person)]));
    return concludingGaps({ inspection: record, rooms, people: known, officerId: session.officerId, now: nowInstant() });
  }, [record, rooms, people, session.officerId]);
  if (record.fields['lock']) return <Panel title={t('needed')}><p>{t('lockedNeeded')} <a href={`#/inspections/${record.recordId}/papers`}>{t('toPapers')}</a></p></Panel>;
  const blocking = gaps.filter((gap) => gap.level === 'blocks');
  const warning = gaps.filter((gap) => gap.level === 'warns');
  return (
    <Panel title={t('needed')} about={t('neededAbout')}>
      {gaps.length === 0 && rooms && <p className="ui-notice">{t('nothingNeeded')} <a href={`#/inspections/${record.recordId}/papers`}>{t('toPapers')}</a></p>}
      {blocking.length > 0 && <GapList title={t('neededCount', { count: blocking.length })} gaps={blocking} inspectionId={record.recordId} />}
      {warning.length > 0 && <GapList title={t('adviseCount', { count: warning.length })} gaps={warning} inspectionId={record.recordId} />}
    </Panel>
  );
}

function GapList({ title, gaps, inspectionId }: { readonly title: string; readonly gaps: readonly ConcludingGap[]; readonly inspectionId: string }) {
  const words = useGapWords();
  return (
    <div>
      <p className="ui-page-about">{title}</p>
      <ul className="setup-needs">
        {gaps.map((gap, index) => {
          const place = placeOf(gap);
          return (
            <li key={`${gap.code}/${index}`} className={`is-${gap.level}`}>
              {place === 'rooms' ? <a href={`#/inspections/${inspectionId}/rooms`}>{words(gap)}</a> : place ? <button type="button" onClick={() => goTo(place)}>{words(gap)}</button> : <span>{words(gap)}</span>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function placeOf(gap: ConcludingGap): string | null {
  const { signing } = gap;
  return signing && signing.code !== 'two-officers-needed' && signing.code !== 'officer-does-not-count' ? 'setup-conduct' : places[gap.code];
}

function useGapWords(): (gap: ConcludingGap) => string {
  const { t } = useTranslation('inspection');
  const nameOf = useNames();
  return (gap) => {
    const { signing } = gap;
    if (!signing) return t(`gaps.concluding.${gap.code}`, { count: gap.roomCheckIds.length });
    if (signing.code === 'officer-does-not-count') return t('gaps.officer', { name: nameOf(signing.officerId), why: t(`gaps.officers.${signing.why}`) });
    return t(`gaps.signing.${signing.code}`, { count: signing.code === 'two-officers-needed' ? signing.counted : 0 });
  };
}
