import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonValue } from '#shared/kit/values.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useRecord } from '../../store/desk-context.tsx';
import { useDisputed } from '../../store/use-disputed.ts';
import { ConflictPanel } from '../../ui/conflict-panel.tsx';
import { navigate } from '../../ui/navigation.ts';
import { EmptyState, Page, PageHeader } from '../../ui/page.tsx';
import { nameOfRecord, pathOfRecord } from './use-change-names.ts';

const AT_ONCE = 20;

/** Everything on this laptop in which two people's values differ and this officer may settle it, one record below the other. */
export function ConflictsScreen() {
  const { t } = useTranslation('sync');
  const records = useDisputed();
  const [shown, setShown] = useState(AT_ONCE);
  return (
    <Page>
      <PageHeader title={t('conflicts', { count: records?.length ?? 0 })} about={t('conflictsAbout')}>
        <Button variant="outlined" onClick={() => navigate('/sync')}>{t('backToSync')}</Button>
      </PageHeader>
      {records?.length === 0 && <EmptyState title={t('noConflicts')} text={t('noConflictsAbout')} />}
      {records?.slice(0, shown).map((record) => <ConflictOf key={record.recordId} record={record} />)}
      {records && records.length > shown && <Button variant="outlined" onClick={() => setShown(shown + AT_ONCE)}>{t('conflictsMore', { count: records.length - shown })}</Button>}
    </Page>
  );
}

function ConflictOf({ record }: { readonly record: RecordState }) {
  const { t } = useTranslation(['sync', 'problems']);
  const { t: say } = useTranslation('sync');
  const parentId = record.fields['inspectionId'];
  const parent = useRecord(typeof parentId === 'string' ? parentId : record.recordId);
  const unit = [parent?.fields['institutionName'], parent?.fields['title']].filter((text) => typeof text === 'string' && text !== '').join(' · ');
  const path = pathOfRecord(record);
  const what = nameOfRecord(say, record.recordType, record);
  return (
    <ConflictPanel record={record} show={(_, value) => shown(value)}
      label={(field) => t([`problems:fields.${field.split('/')[0] ?? field}`, 'problems:fields.this'])}
      heading={<h2>{path ? <a href={`#${path}`}>{what}</a> : what} <span className="ui-muted ui-small">{unit}</span></h2>} />
  );
}

/** A value in a line, whatever record it is of: a text as it is, of an item what tells it apart. */
function shown(value: JsonValue): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.map(shown).join(' ');
  return Object.values(value as Readonly<Record<string, JsonValue>>).map(shown).filter((text) => text !== '').join(' ');
}
