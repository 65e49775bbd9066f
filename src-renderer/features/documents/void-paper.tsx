import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PaperRecord } from '#shared/domain/documents/read-document.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { useDesk, useRecord } from '../../store/desk-context.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { TextEntry } from '../../ui/fields.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { voidEdit } from './make-papers.ts';

/** A paper that was made in error keeps its number and its bytes, and says why it is void. */
export function VoidPaper({ paper }: { readonly paper: PaperRecord }) {
  const { t } = useTranslation('documents');
  const desk = useDesk();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const shown = useRecord(paper.id);
  if (paper.voided || !shown) return null;
  const record = async (): Promise<boolean> => {
    const outcome = await desk.edit([voidEdit(paper, reason.trim(), new Date().toISOString(), shown)]);
    setProblem(outcome.ok ? null : outcome.problem);
    return outcome.ok;
  };
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>{t('voidPaper')}</Button>
      {asking && (
        <ConfirmDialog title={`${t('voidConfirm')}：${paper.fieldNumber}`} confirm={t('voidConfirm')} cancel={t('cancel')} disabled={reason.trim() === ''} onConfirm={record} onClose={() => setAsking(false)}>
          <p className="documents-hint">{t('voidHint')}</p>
          <TextEntry autoFocus needed rows={2} label={t('voidReason')} value={reason} maxLength={200} onValue={setReason} />
          {problem && <ProblemLine problem={problem} className="ui-problem" />}
        </ConfirmDialog>
      )}
    </>
  );
}
