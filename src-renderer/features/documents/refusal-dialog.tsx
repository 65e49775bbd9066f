import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportedEvidence } from '#shared/bridge/calls.ts';
import type { DocumentRefusal } from '#shared/domain/documents/document.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { useDesk } from '../../store/desk-context.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { TextEntry } from '../../ui/fields.tsx';
import { ImportEvidenceButton } from '../../ui/import-evidence.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';

/** 拒签 or 拒收: needs its reason and nothing else. Witness and video are each optional, never both demanded. */
export function RefusalDialog({ paperId, what, onClose }: { readonly paperId: string; readonly what: DocumentRefusal['what']; readonly onClose: () => void }) {
  const { t } = useTranslation('documents');
  const desk = useDesk();
  const [reason, setReason] = useState('');
  const [witness, setWitness] = useState('');
  const [video, setVideo] = useState<ImportedEvidence | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  const record = async (): Promise<boolean> => {
    setProblem(null);
    const refusal: DocumentRefusal = { what, reason: reason.trim(), witness: witness.trim(), videoSha256: video?.sha256 ?? null, at: new Date().toISOString() };
    const outcome = await desk.edit([{ recordType: 'document', recordId: paperId, values: { [`refusals/${desk.newId()}`]: refusal as unknown as JsonValue } }]);
    if (!outcome.ok) setProblem(outcome.problem);
    return outcome.ok;
  };
  return (
    <ConfirmDialog title={t(what === 'sign' ? 'refuseSign' : 'refuseReceive').replace('…', '')} confirm={t('recordRefusal')} cancel={t('cancel')} disabled={reason.trim() === ''} onConfirm={record} onClose={onClose}>
      <p className="documents-hint">{t('refusalHint')}</p>
      <TextEntry autoFocus needed rows={3} label={t('refusalReason')} value={reason} maxLength={500} onValue={setReason} />
      <TextEntry label={t('witness')} value={witness} maxLength={80} onValue={setWitness} />
      <ImportEvidenceButton label={t('video')} kind="video" chosen={video} onChosen={setVideo} onProblem={setProblem} />
      {problem && <ProblemLine problem={problem} className="ui-problem" />}
    </ConfirmDialog>
  );
}
