import Button from '@mui/material/Button';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayWrite } from '#shared/domain/policy.ts';
import type { Role } from '#shared/domain/people/people.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk, useRecords } from '../../store/desk-context.tsx';
import { useMyRoles } from '../../store/use-names.ts';
import { FixedRows } from '../../ui/fixed-rows.tsx';
import { navigate } from '../../ui/navigation.ts';
import { EmptyState, PageHeader, Tag } from '../../ui/page.tsx';
import { NewInstitutionDialog } from './new-institution-dialog.tsx';

const ROW = 36;

/** Every unit, found by name, code or liaison officer. */
export function InstitutionList({ creating }: { readonly creating: boolean }) {
  const { t } = useTranslation('institutions');
  const desk = useDesk();
  const roles = useMyRoles(desk.session.officerId) as readonly Role[];
  const records = useRecords('institution');
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  const rows = useMemo(() => found(records ?? [], wanted), [records, wanted]);
  const mayEdit = mayWrite('institution', 'create', roles);
  if (!records) return <div className="ui-page" aria-busy="true" />;
  return (
    <div className="institutions">
      <PageHeader title={t('title')} about={t('count', { shown: rows.length, all: records.length })}>
        <input className="ui-input institutions-search" type="search" placeholder={t('search')} aria-label={t('search')} value={search} onChange={(event) => setSearch(event.target.value)} />
        {mayEdit && <Button variant="outlined" onClick={() => navigate('/institutions/import')}>{t('import')}</Button>}
        {mayEdit && <Button variant="contained" onClick={() => navigate('/institutions/new')}>{t('new')}</Button>}
      </PageHeader>
      {records.length === 0 ? (
        <EmptyState title={t('none')} text={t('noneText')}>{mayEdit && <Button variant="contained" onClick={() => navigate('/institutions/import')}>{t('import')}</Button>}</EmptyState>
      ) : (
        <InstitutionRows rows={rows} />
      )}
      {creating && <NewInstitutionDialog onClose={() => navigate('/institutions')} />}
    </div>
  );
}

function InstitutionRows({ rows }: { readonly rows: readonly RecordState[] }) {
  const { t } = useTranslation('institutions');
  return (
    <div className="institutions-table" role="table" aria-label={t('title')} aria-rowcount={rows.length + 1}>
      <div className="institutions-row is-head" role="row">
        {(['name', 'creditCode', 'level', 'buildingKind', 'authority', 'liaison'] as const).map((name) => <span key={name} role="columnheader">{t(name)}</span>)}
      </div>
      <FixedRows rows={rows} rowHeight={ROW} className="institutions-area" empty={<p className="ui-empty">{t('notFound')}</p>}>
        {(record, index, top) => <InstitutionRow key={record.recordId} record={record} index={index} top={top} />}
      </FixedRows>
    </div>
  );
}

function InstitutionRow({ record, index, top }: { readonly record: RecordState; readonly index: number; readonly top: number }) {
  const { t } = useTranslation('institutions');
  const { fields } = record;
  const liaison = (fields['liaison'] ?? null) as { name: string; telephone: string } | null;
  return (
    <div className="institutions-row" role="row" aria-rowindex={index + 2} style={{ position: 'absolute', top, height: ROW }} onClick={() => navigate(`/institutions/${record.recordId}`)}>
      <span role="cell"><a href={`#/institutions/${record.recordId}`}>{String(fields['name'] ?? '')}</a>{fields['sample'] === true && <> <Tag tone="demo">{t('sample')}</Tag></>}</span>
      <span role="cell" className="is-code">{fields['creditCode'] ? String(fields['creditCode']) : <em>{t('noCode')}</em>}</span>
      <span role="cell">{t(`levels.${fields['level'] === 'district' ? 'district' : 'municipal'}`)}</span>
      <span role="cell">{t(`buildingKinds.${fields['buildingKind'] === 'state-organ-office' ? 'state-organ-office' : 'other-public'}`)}</span>
      <span role="cell">{String(fields['authority'] ?? '')}</span>
      <span role="cell">{liaison ? `${liaison.name} ${liaison.telephone}` : ''}</span>
    </div>
  );
}

function found(records: readonly RecordState[], search: string): readonly RecordState[] {
  const words = search.normalize('NFKC').toLocaleLowerCase().split(/\s+/).filter((word) => word !== '');
  const text = ({ fields }: RecordState): string => `${String(fields['name'] ?? '')} ${String(fields['creditCode'] ?? '')} ${String((fields['liaison'] as { name?: string } | null)?.name ?? '')}`.toLocaleLowerCase();
  const hits = words.length === 0 ? [...records] : records.filter((record) => words.every((word) => text(record).includes(word)));
  return hits.sort((a, b) => String(a.fields['name']).localeCompare(String(b.fields['name']), 'zh-CN', { numeric: true }));
}
