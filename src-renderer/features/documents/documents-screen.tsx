import Button from '@mui/material/Button';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { documentKinds, type DocumentKind } from '#shared/domain/documents/document.ts';
import { paperStanding, paperStandings, readDocument, type PaperRecord, type PaperStanding } from '#shared/domain/documents/read-document.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { warmPdfWhenIdle } from '../../pdf/render.ts';
import { useRecords } from '../../store/desk-context.tsx';
import { navigate } from '../../ui/navigation.ts';
import { EmptyState, Page, PageHeader } from '../../ui/page.tsx';
import './documents.css';
import { StandingTag } from './paper-cards.tsx';
import { StoredPaper } from './paper-viewer.tsx';

type Row = {
  readonly id: string;
  readonly number: string;
  readonly kind: DocumentKind;
  readonly unit: string;
  readonly standing: PaperStanding | null;
  /** The step of an opinion on its way through the house. */
  readonly at: string;
  readonly pages: number | null;
  readonly paper: PaperRecord | null;
};

const columns = ['number', 'kind', 'unit', 'standing', 'madeAt', 'pages'] as const;
/** Left out while a paper is open beside the list. */
const wide: ReadonlySet<string> = new Set(['madeAt', 'pages']);

/** All papers of the office: found by number, unit, kind or state; opened and reprinted from the stored original. */
export function DocumentsScreen() {
  const { t } = useTranslation('documents');
  const rows = useRows();
  const [search, setSearch] = useState('');
  const [kind, setKind] = useState<DocumentKind | ''>('');
  const [standing, setStanding] = useState<PaperStanding | ''>('');
  const [openId, setOpenId] = useState<string | null>(null);
  useEffect(warmPdfWhenIdle, []);
  const found = useMemo(() => (rows ?? []).filter((row) => (kind === '' || row.kind === kind) && (standing === '' || row.standing === standing) && matches(row, search)), [rows, kind, standing, search]);
  if (!rows) return <Page><PageHeader title={t('title')} about={t('about')} /></Page>;
  const open = found.find((row) => row.id === openId)?.paper ?? null;
  const show = (row: Row): void => {
    if (row.paper) setOpenId(row.id);
    else navigate(`/opinions/${row.id}`);
  };
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} />
      {rows.length === 0 ? (
        <EmptyState title={t('noPapers')} text={t('noPapersHint')}><Button variant="outlined" onClick={() => navigate('/inspections')}>{t('toInspections')}</Button></EmptyState>
      ) : (
        <>
          <div className="documents-filters">
            <input className="ui-input" type="search" placeholder={t('search')} aria-label={t('search')} value={search} onChange={(event) => setSearch(event.target.value)} />
            <select className="ui-input is-choice" aria-label={t('kind')} value={kind} onChange={(event) => setKind(event.target.value as DocumentKind | '')}>
              <option value="">{t('allKinds')}</option>
              {documentKinds.map((each) => <option key={each} value={each}>{t(`kinds.${each}`)}</option>)}
            </select>
            <select className="ui-input is-choice" aria-label={t('standing')} value={standing} onChange={(event) => setStanding(event.target.value as PaperStanding | '')}>
              <option value="">{t('allStandings')}</option>
              {paperStandings.map((each) => <option key={each} value={each}>{t(`standings.${each}`)}</option>)}
            </select>
          </div>
          <div className={`documents-all ${open ? 'is-open' : ''}`}>
            <div className="ui-table-wrap">
              {found.length === 0 ? <p className="documents-hint">{t('noneMatches')}</p> : <PaperTable rows={found} openId={open?.id ?? null} onOpen={show} />}
            </div>
            {open && <StoredPaper key={open.id} paper={open} mayWork={false} />}
          </div>
        </>
      )}
    </Page>
  );
}

function PaperTable({ rows, openId, onOpen }: { readonly rows: readonly Row[]; readonly openId: string | null; readonly onOpen: (row: Row) => void }) {
  const { t } = useTranslation('documents');
  return (
    <table className="ui-table">
      <thead><tr>{columns.filter((name) => openId === null || !wide.has(name)).map((name) => <th key={name} scope="col">{t(name)}</th>)}</tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className="is-link" aria-selected={row.id === openId} onClick={() => onOpen(row)}>
            <td className="is-nowrap"><button type="button" className="documents-link" onClick={() => onOpen(row)}>{row.number || '—'}</button></td>
            <td className="is-nowrap">{t(`kinds.${row.kind}`)}</td>
            <td>{row.unit}</td>
            <td className="is-nowrap">{row.standing && <StandingTag standing={row.standing} />}</td>
            {openId === null && <td className="is-nowrap">{row.at === '' ? '' : shanghaiDateTime(row.at)}</td>}
            {openId === null && <td className="is-number">{row.pages ?? ''}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Papers made on site and papers of the organ, the latest first; undefined while reading. */
function useRows(): readonly Row[] | undefined {
  const documents = useRecords('document');
  const opinions = useRecords('opinion');
  const inspections = useRecords('inspection');
  const institutions = useRecords('institution');
  return useMemo(() => {
    if (!documents || !opinions || !inspections || !institutions) return undefined;
    const byInspection = new Map(inspections.map((record) => [record.recordId, String(record.fields['institutionName'] ?? '')]));
    const byInstitution = new Map(institutions.map((record) => [record.recordId, String(record.fields['name'] ?? '')]));
    const rows = [...documents.map((record) => paperRow(record, byInspection, byInstitution)), ...opinions.map(opinionRow)];
    return rows.sort((a, b) => (a.at === b.at ? (a.number < b.number ? 1 : -1) : a.at < b.at ? 1 : -1));
  }, [documents, opinions, inspections, institutions]);
}

function paperRow(record: RecordState, byInspection: ReadonlyMap<string, string>, byInstitution: ReadonlyMap<string, string>): Row {
  const paper = readDocument(record);
  // The name as it was frozen in the inspection; the institution may be called otherwise by now.
  const unit = byInspection.get(paper.inspectionId ?? '') ?? byInstitution.get(paper.institutionId) ?? '';
  return { id: paper.id, number: paper.fieldNumber, kind: paper.kind, unit, standing: paperStanding(paper), at: paper.createdAt, pages: paper.pdf?.pages ?? null, paper };
}

function opinionRow(record: RecordState): Row {
  const { fields } = record;
  const original = fields['original'] as { readonly importedAt: string } | null | undefined;
  return {
    id: record.recordId, number: String(fields['officialNumber'] ?? ''), kind: fields['form'] === 'district-letter' ? 'district-letter' : 'opinion',
    unit: String(fields['institutionName'] ?? ''), standing: original ? 'made' : null, at: original?.importedAt ?? '', pages: null, paper: null,
  };
}

function matches(row: Row, search: string): boolean {
  const wanted = search.trim().toUpperCase();
  return wanted === '' || row.number.toUpperCase().includes(wanted) || row.unit.toUpperCase().includes(wanted);
}
