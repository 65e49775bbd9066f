import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '#shared/domain/people/people.ts';
import { mayWrite } from '#shared/domain/policy.ts';
import { inspectionStanding, lastReviews, type InspectionStanding } from '#shared/domain/review/inspection-standing.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk, useRecords } from '../../store/desk-context.tsx';
import { useMyRoles } from '../../store/use-names.ts';
import { navigate, usePathParts } from '../../ui/navigation.ts';
import { EmptyState, Page, PageHeader } from '../../ui/page.tsx';
import { useScreenReady } from '../../ui/screen-ready.ts';
import { InspectionTable, type InspectionRow } from './inspection-table.tsx';
import { NewInspectionDialog } from './new-inspection-dialog.tsx';
import './inspection.css';

type Shown = 'all' | InspectionStanding;

/** Every inspection of the office that this laptop knows, the newest first. */
export function InspectionsScreen() {
  const { t } = useTranslation('inspection');
  const desk = useDesk();
  const [, part, forInstitution] = usePathParts();
  const roles = useMyRoles(desk.session.officerId) as readonly Role[];
  const inspections = useRecords('inspection');
  const reviews = useRecords('review');
  const [shown, setShown] = useState<Shown>('all');
  const [search, setSearch] = useState('');
  const rows = useMemo(() => rowsOf(inspections ?? [], reviews ?? []), [inspections, reviews]);
  const found = useMemo(() => rows.filter((row) => (shown === 'all' || row.standing === shown) && matches(row.record, search)), [rows, shown, search]);
  const mayCreate = mayWrite('inspection', 'create', roles);
  useScreenReady(inspections !== undefined);
  if (!inspections) return <Page><div aria-busy="true" /></Page>;
  return (
    <Page className="inspections">
      <PageHeader title={t('title')} about={t('count', { shown: found.length, all: rows.length })}>
        <input className="ui-input inspections-search" type="search" placeholder={t('search')} aria-label={t('search')} value={search} onChange={(event) => setSearch(event.target.value)} />
        <ToggleButtonGroup size="small" exclusive value={shown} onChange={(_, value: Shown | null) => value && setShown(value)} aria-label={t('filter')}>
          {(['all', 'in-work', 'concluded', 'sent-back', 'approved'] as const).map((name) => <ToggleButton key={name} value={name}>{t(`standings.${name}`)}</ToggleButton>)}
        </ToggleButtonGroup>
        {mayCreate && <Button variant="contained" onClick={() => navigate('/inspections/new')}>{t('new')}</Button>}
      </PageHeader>
      {rows.length === 0
        ? <EmptyState title={t('none')} text={t('noneText')}>{mayCreate && <Button variant="contained" onClick={() => navigate('/inspections/new')}>{t('new')}</Button>}</EmptyState>
        : <InspectionTable rows={found} />}
      {part === 'new' && <NewInspectionDialog institutionId={forInstitution ?? null} onClose={() => navigate('/inspections')} />}
    </Page>
  );
}

function rowsOf(inspections: readonly RecordState[], reviews: readonly RecordState[]): readonly InspectionRow[] {
  const last = lastReviews(inspections, reviews);
  const rows = inspections.map((record) => ({ record, standing: inspectionStanding(record, last.get(record.recordId)), comment: last.get(record.recordId)?.comment ?? '' }));
  // Not started yet comes first: that is the next work.
  const day = ({ record }: InspectionRow): string => String(record.fields['startedAt'] ?? '9999');
  return rows.sort((a, b) => (day(a) === day(b) ? (a.record.recordId < b.record.recordId ? 1 : -1) : day(a) < day(b) ? 1 : -1));
}

function matches(record: RecordState, search: string): boolean {
  const text = `${String(record.fields['institutionName'] ?? '')} ${String(record.fields['title'] ?? '')} ${String(record.fields['taskSource'] ?? '')}`.toLocaleLowerCase();
  return search.toLocaleLowerCase().split(/\s+/).every((word) => text.includes(word));
}
