import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayWrite } from '#shared/domain/policy.ts';
import type { Role } from '#shared/domain/people/people.ts';
import { shanghaiDate } from '#shared/kit/shanghai-time.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useChildren, useDesk, useRecord } from '../../store/desk-context.tsx';
import { useMyRoles } from '../../store/use-names.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ConflictPanel } from '../../ui/conflict-panel.tsx';
import { ChoiceEntry, TextEntry } from '../../ui/fields.tsx';
import { navigate } from '../../ui/navigation.ts';
import { EmptyState, Page, PageHeader, Panel, Tag } from '../../ui/page.tsx';
import { useRecordForm, type RecordForm } from '../../ui/record-form.ts';
import { UnstoredScope } from '../../ui/unstored.ts';
import { CreditCodeEntry } from './credit-code-entry.tsx';
import { buildingKinds, levels } from './new-institution-dialog.tsx';

/** One unit: what is printed of it, who is its liaison officer, and its inspections. */
export function InstitutionScreen({ institutionId }: { readonly institutionId: string }) {
  const { t } = useTranslation('institutions');
  const record = useRecord(institutionId);
  if (record === undefined) return <div className="ui-page" aria-busy="true" />;
  if (record === null) return <Page><EmptyState title={t('gone')}><Button variant="outlined" onClick={() => navigate('/institutions')}>{t('back')}</Button></EmptyState></Page>;
  return <Institution record={record} />;
}

function Institution({ record }: { readonly record: RecordState }) {
  const { t } = useTranslation('institutions');
  const desk = useDesk();
  const roles = useMyRoles(desk.session.officerId) as readonly Role[];
  const form = useRecordForm(record);
  const inspections = useChildren('inspection', record.recordId);
  const [removing, setRemoving] = useState(false);
  const mayEdit = mayWrite('institution', 'edit', roles);
  const remove = async (): Promise<boolean> => {
    const outcome = await desk.edit([{ recordType: 'institution', recordId: record.recordId, values: { removed: true }, over: record }]);
    if (outcome.ok) navigate('/institutions');
    return outcome.ok;
  };
  return (
    <Page>
      <PageHeader title={form.text('name')} marks={record.fields['sample'] === true && <Tag tone="demo">{t('sample')}</Tag>} about={record.fields['sample'] === true ? t('sampleAbout') : t('saves')}>
        {mayEdit && inspections?.length === 0 && <Button onClick={() => setRemoving(true)}>{t('remove')}</Button>}
        <Button variant="contained" onClick={() => navigate(`/inspections/new/${record.recordId}`)}>{t('inspect')}</Button>
      </PageHeader>
      <ConflictPanel record={record} label={(path) => t([`problems:fields.${path}`, 'problems:fields.this'])} show={(path, value) => shown(path, value)} />
      <UnstoredScope value={record.recordId}><InstitutionForm form={form} disabled={!mayEdit} /></UnstoredScope>
      <Panel title={t('inspections')}>
        {inspections?.length === 0 && <p className="ui-muted">{t('noInspections')}</p>}
        {(inspections ?? []).map((inspection) => (
          <div key={inspection.recordId} className="ui-row">
            <a href={`#/inspections/${inspection.recordId}/setup`}>{String(inspection.fields['title'] || t('inspection'))}</a>
            <span className="ui-muted">{inspection.fields['startedAt'] ? shanghaiDate(String(inspection.fields['startedAt'])) : t('notStarted')}</span>
            {inspection.fields['lock'] ? <Tag tone="ok">{t('locked')}</Tag> : null}
          </div>
        ))}
      </Panel>
      {removing && (
        <ConfirmDialog title={t('remove')} confirm={t('remove')} onConfirm={remove} onClose={() => setRemoving(false)}>
          <p>{t('removeAbout', { name: form.text('name') })}</p>
        </ConfirmDialog>
      )}
    </Page>
  );

  function shown(path: string, value: unknown): string {
    if (path === 'level') return t(value === 'district' ? 'levels.district' : 'levels.municipal');
    if (path === 'buildingKind') return t(value === 'state-organ-office' ? 'buildingKinds.state-organ-office' : 'buildingKinds.other-public');
    if (value !== null && typeof value === 'object') return Object.values(value).join(' ');
    return value === null ? '' : String(value);
  }
}

function InstitutionForm({ form, disabled }: { readonly form: RecordForm; readonly disabled: boolean }) {
  const { t } = useTranslation('institutions');
  const { session } = useDesk();
  const { fields } = form.record;
  const liaison = (fields['liaison'] ?? null) as { readonly name: string; readonly telephone: string } | null;
  const level = fields['level'] === 'district' ? 'district' : 'municipal';
  const creditCode = (fields['creditCode'] ?? null) as string | null;
  const text = (path: string, maxLength: number, more: { wide?: boolean; needed?: boolean; hint?: string } = {}) => (
    <TextEntry label={t(path as 'name')} value={form.text(path)} maxLength={maxLength} disabled={disabled} onValue={(value) => form.put(path, value)} onLeave={form.leave} {...more} />
  );
  const noLiaison = { name: '', telephone: '' };
  return (
    <>
      <Panel title={t('unit')}>
        <div className="ui-form">
          <TextEntry
            label={t('name')} needed wide value={form.text('name')} maxLength={80} disabled={disabled} onLeave={form.leave}
            onValue={(value) => value.trim() !== '' && form.put('name', value)} hint={t('nameHint')}
          />
          <CreditCodeEntry value={creditCode} disabled={disabled} onLeave={form.leave} onValue={(value) => form.put('creditCode', value)} />
          {creditCode === null && text('creditCodeMissingReason', 200, { hint: t('missingReasonHint'), needed: true })}
          <ChoiceEntry label={t('level')} value={level} disabled={disabled} choices={levels(t)} onValue={(value) => value && form.put('level', value)} />
          {text('authority', 80, { needed: true, hint: t(level === 'municipal' ? 'authorityOwn' : 'authorityDistrict') })}
          <ChoiceEntry label={t('buildingKind')} value={fields['buildingKind'] === 'state-organ-office' ? 'state-organ-office' : 'other-public'} disabled={disabled} choices={buildingKinds(t)} onValue={(value) => value && form.put('buildingKind', value)} />
          {text('usingUnit', 80)}
          {text('managingUnit', 80)}
          {text('address', 200, { wide: true })}
        </div>
        {level === 'district' && <p className="ui-notice">{t('districtNotice', { office: session.officeName })}</p>}
      </Panel>
      <Panel title={t('liaison')}>
        <div className="ui-form">
          <TextEntry label={t('liaisonName')} value={liaison?.name ?? ''} maxLength={40} disabled={disabled} onLeave={form.leave} onValue={(value) => form.putPart('liaison', 'name', value, noLiaison)} />
          <TextEntry label={t('liaisonTelephone')} value={liaison?.telephone ?? ''} maxLength={40} disabled={disabled} onLeave={form.leave} onValue={(value) => form.putPart('liaison', 'telephone', value, noLiaison)} />
        </div>
      </Panel>
    </>
  );
}
