import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/kit/problem.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { askOffice } from '../../bridge/bridge.ts';
import { syncNow } from '../../store/use-sync-status.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { CheckEntry, ChoiceEntry, TextEntry } from '../../ui/fields.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { changedSince } from './changed-since.ts';

export function OrganDialog({ organ, onClose }: { readonly organ: RecordState | null; readonly onClose: () => void }) {
  const { t } = useTranslation('people');
  const [name, setName] = useState(String(organ?.fields['name'] ?? ''));
  const [kind, setKind] = useState<'bureau' | 'joint'>(organ?.fields['kind'] === 'bureau' ? 'bureau' : 'joint');
  const [level, setLevel] = useState<'municipal' | 'district'>(organ?.fields['level'] === 'district' ? 'district' : 'municipal');
  const [drawnSignatures, setDrawn] = useState(organ?.fields['drawnSignatures'] === true);
  const [problem, setProblem] = useState<Problem | null>(null);
  const save = async (): Promise<boolean> => {
    const values = { name: name.trim(), kind, level, drawnSignatures };
    const outcome = await askOffice('organ.save', { organId: organ?.recordId ?? null, ...values, ...changedSince(organ, values) });
    setProblem(outcome.ok ? null : outcome.problem);
    if (outcome.ok) void syncNow();
    return outcome.ok;
  };
  return (
    <ConfirmDialog title={organ ? t('changeOrgan') : t('newOrgan')} confirm={t('save')} disabled={name.trim() === ''} onConfirm={save} onClose={onClose}>
      {problem && <ProblemLine problem={problem} />}
      <TextEntry label={t('organName')} needed autoFocus value={name} maxLength={80} onValue={setName} />
      <div className="ui-form">
        <ChoiceEntry label={t('kind')} value={kind} choices={[['bureau', t('kinds.bureau')], ['joint', t('kinds.joint')]]} onValue={(value) => value && setKind(value)} />
        <ChoiceEntry label={t('level')} value={level} choices={[['municipal', t('levels.municipal')], ['district', t('levels.district')]]} onValue={(value) => value && setLevel(value)} />
      </div>
      <CheckEntry label={t('drawn')} checked={drawnSignatures} hint={t('drawnHint')} onValue={setDrawn} />
    </ConfirmDialog>
  );
}
