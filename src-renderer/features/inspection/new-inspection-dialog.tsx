import Autocomplete, { createFilterOptions } from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { organsAtStart } from '#shared/domain/people/own-bureau.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk, useRecord, useRecords } from '../../store/desk-context.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ChoiceEntry, TextEntry } from '../../ui/fields.tsx';
import { navigate } from '../../ui/navigation.ts';
import { todayInShanghai } from '../../ui/now.ts';
import { ProblemLine } from '../../ui/problem-line.tsx';

const filterOptions = createFilterOptions<RecordState>({ limit: 60, stringify: ({ fields }) => `${String(fields['name'] ?? '')} ${String(fields['creditCode'] ?? '')}` });

/** Which unit, and by whose order. Everything else can be entered at any time, on site. */
export function NewInspectionDialog({ institutionId, onClose }: { readonly institutionId: string | null; readonly onClose: () => void }) {
  const { t } = useTranslation('inspection');
  const desk = useDesk();
  const { officerId } = desk.session;
  const institutions = useRecords('institution');
  const me = useRecord(officerId);
  const organs = useRecords('organ');
  const [chosenId, setChosenId] = useState(institutionId);
  const today = todayInShanghai();
  const [season, setSeason] = useState<'cooling' | 'heating'>(() => (Number(today.slice(5, 7)) >= 5 && Number(today.slice(5, 7)) <= 10 ? 'cooling' : 'heating'));
  const [title, setTitle] = useState<string | null>(null);
  const [taskSource, setTaskSource] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const options = useMemo(() => [...(institutions ?? [])].sort((a, b) => String(a.fields['name']).localeCompare(String(b.fields['name']), 'zh-CN', { numeric: true })), [institutions]);
  const chosen = options.find(({ recordId }) => recordId === chosenId) ?? null;
  const usualTitle = usualTitleOf(today, season);

  const create = async (): Promise<boolean> => {
    if (!chosen) return false;
    const recordId = desk.newId();
    const outcome = await desk.edit([{
      recordType: 'inspection', recordId,
      values: {
        institutionId: chosen.recordId, institutionName: String(chosen.fields['name'] ?? ''), title: (title ?? usualTitle).trim(), taskSource: taskSource.trim(), season,
        ...organsAtStart(organs ?? [], (me?.fields['organId'] ?? null) as string | null, desk.session.officeName), leadOfficerId: officerId, officerIds: [officerId], assistantIds: [],
        place: String(chosen.fields['address'] ?? ''), unitOpinion: '', lock: null, removed: false,
      },
    }]);
    setProblem(outcome.ok ? null : outcome.problem);
    if (outcome.ok) navigate(`/inspections/${recordId}/setup`);
    return false;
  };

  return (
    <ConfirmDialog title={t('new')} confirm={t('begin')} disabled={!chosen} onConfirm={create} onClose={onClose}>
      {problem && <ProblemLine problem={problem} />}
      {institutions?.length === 0 && <p className="ui-warning">{t('noInstitutions')} <a href="#/institutions/import">{t('importInstitutions')}</a></p>}
      <Autocomplete<RecordState>
        options={options} value={chosen} filterOptions={filterOptions} getOptionLabel={({ fields }) => String(fields['name'] ?? '')} getOptionKey={({ recordId }) => recordId}
        onChange={(_, record) => setChosenId(record?.recordId ?? null)} noOptionsText={t('notFound')} renderInput={(params) => <TextField {...params} label={t('institution')} autoFocus />}
      />
      <div className="ui-form">
        <ChoiceEntry label={t('season')} value={season} choices={[['cooling', t('seasons.cooling')], ['heating', t('seasons.heating')]]} onValue={(value) => value && setSeason(value)} />
        <TextEntry label={t('taskTitle')} value={title ?? usualTitle} maxLength={80} onValue={setTitle} />
        <TextEntry label={t('taskSource')} wide value={taskSource} maxLength={200} hint={t('taskSourceHint')} onValue={setTaskSource} />
      </div>
    </ConfirmDialog>
  );
}

/** Printed on the papers, hence Chinese whatever the screen speaks. A winter that began last year keeps its name. */
export function usualTitleOf(today: string, season: 'cooling' | 'heating'): string {
  return `${today.slice(0, 4)}年${season === 'cooling' ? '夏季' : '冬季'}空调温度检查`;
}
