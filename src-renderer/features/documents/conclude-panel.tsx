import Button from '@mui/material/Button';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Missing } from '#shared/domain/documents/paper.ts';
import { paperSources, printsPresentPeople, type PaperRecords } from '#shared/domain/documents/paper-sources.ts';
import { recordOfInspection } from '#shared/domain/documents/record-of-inspection.ts';
import { concludingGaps, mayConclude, type ConcludingGap } from '#shared/domain/inspection/conclude.ts';
import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import { readInspection, readPerson } from '#shared/domain/inspection/read-inspection.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk, useSaveState } from '../../store/desk-context.tsx';
import { useNames } from '../../store/use-names.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { navigate } from '../../ui/navigation.ts';
import { Panel } from '../../ui/page.tsx';
import { gapPlace, gapText, placePath } from './gap-text.ts';

type Props = {
  readonly records: PaperRecords;
  readonly allRooms: readonly RecordState[];
  readonly missing: readonly Missing[];
  readonly onLock: () => Promise<boolean>;
};

/** 定稿锁定: what still stands in the way, then exactly what will be fixed for ever. */
export function ConcludePanel({ records, allRooms, missing, onLock }: Props) {
  const { t } = useTranslation('documents');
  const nameOf = useNames();
  const saved = useSaveState().kind === 'saved';
  const [asking, setAsking] = useState(false);
  const lock = (records.inspection.fields['lock'] ?? null) as InspectionLock | null;
  const gaps = useGaps(records, allRooms);
  if (lock) {
    return (
      <Panel title={t('conclude')}>
        <p className="documents-line">{t('lockedBy', { name: nameOf(lock.lockedBy), at: shanghaiDateTime(lock.lockedAt) })}</p>
        <p className="documents-hint">{t('lockedCovers', { rooms: lock.covers.length - 1 })}</p>
        {printsPresentPeople(records.inspection) && <p className="documents-hint">{t('lockedWithoutPeople')}</p>}
      </Panel>
    );
  }
  const blocks = gaps.filter((gap) => gap.level === 'blocks');
  const warns = gaps.filter((gap) => gap.level === 'warns');
  const blanks = missing.filter((gap) => !gaps.some((each) => gapPlace(each) === gap.path));
  const inspectionId = records.inspection.recordId;
  return (
    <Panel title={t('conclude')} about={t('concludeHint')}>
      {blocks.length > 0 && <GapList title={t('blocks', { count: blocks.length })} tone="blocks" gaps={blocks} inspectionId={inspectionId} />}
      {warns.length + blanks.length > 0 && <GapList title={t('warns', { count: warns.length + blanks.length })} tone="warns" gaps={warns} blanks={blanks} inspectionId={inspectionId} />}
      {blocks.length === 0 && <p className="documents-line">{saved ? t('ready') : t('waitForSave')}</p>}
      <div className="ui-row">
        <Button variant="contained" disabled={!mayConclude(gaps) || !saved} onClick={() => setAsking(true)}>{t('lockNow')}</Button>
      </div>
      {asking && (
        <ConfirmDialog wide title={t('lockTitle')} confirm={t('lockConfirm')} cancel={t('cancel')} onClose={() => setAsking(false)} onConfirm={onLock}>
          <WhatIsFixed records={records} />
        </ConfirmDialog>
      )}
    </Panel>
  );
}

function GapList(props: { readonly title: string; readonly tone: 'blocks' | 'warns'; readonly gaps: readonly ConcludingGap[]; readonly blanks?: readonly Missing[]; readonly inspectionId: string }) {
  const { title, tone, gaps, blanks = [], inspectionId } = props;
  const { t } = useTranslation('documents');
  const nameOf = useNames();
  const rows = [
    ...gaps.map((gap) => ({ text: gapText(t, gap, nameOf), place: gapPlace(gap) })),
    ...blanks.map((gap) => ({ text: t('gap.blank-on-paper', { label: gap.label }), place: gap.path as string | null })),
  ];
  return (
    <div className={`documents-gaps is-${tone}`}>
      <p>{title}</p>
      <ul>
        {rows.map((row, index) => (
          <li key={index}>
            <span>{row.text}</span>
            {row.place !== null && <button type="button" className="documents-link" onClick={() => navigate(placePath(inspectionId, row.place ?? ''))}>{t('toField')}</button>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function WhatIsFixed({ records }: { readonly records: PaperRecords }) {
  const { t } = useTranslation('documents');
  const content = useMemo(() => recordOfInspection(paperSources(records, { demo: false, fieldNumber: null, madeAt: '' })), [records]);
  const sources = paperSources(records, { demo: false, fieldNumber: null, madeAt: '' });
  const { rooms } = sources;
  const figures = {
    rooms: rooms.length, checked: rooms.filter((room) => room.outcome === 'checked').length,
    readings: rooms.reduce((sum, room) => sum + room.readings.length, 0), photos: rooms.reduce((sum, room) => sum + room.photos.length, 0),
  };
  return (
    <div className="documents-fixed">
      <p className="documents-figures">{t('lockRooms', figures)}</p>
      <dl>
        {[...content.party, ...content.inspection, ...content.formalities].map((entry) => entry.value && <div key={entry.label}><dt>{entry.label}</dt><dd>{entry.value}</dd></div>)}
        <div><dt>{t('lockOfficers')}</dt><dd>{content.officers.map((officer) => `${officer.name}（${officer.certificateNumber ?? ''}）`).join('、')}</dd></div>
      </dl>
      <h3>{t('lockFacts')}</h3>
      <ol>{content.facts.map((fact) => <li key={fact}>{fact}</li>)}</ol>
      <p className="documents-hint">{t('lockLate')}</p>
      <p className="ui-warning">{t('lockForEver')}</p>
    </div>
  );
}

function useGaps(records: PaperRecords, allRooms: readonly RecordState[]): readonly ConcludingGap[] {
  const { session } = useDesk();
  // Only its day counts; the lock itself looks at the clock again.
  const [now] = useState(() => new Date().toISOString());
  return useMemo(() => {
    if (readInspection(records.inspection).lock) return [];
    const people = new Map(records.people.map((record) => [record.recordId, readPerson(record)]));
    return concludingGaps({ inspection: records.inspection, rooms: allRooms, people, officerId: session.officerId, now });
  }, [records, allRooms, session.officerId, now]);
}
