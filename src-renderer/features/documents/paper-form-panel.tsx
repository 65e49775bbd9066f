import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/kit/problem.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk } from '../../store/desk-context.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { TextEntry } from '../../ui/fields.tsx';
import { Panel } from '../../ui/page.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { FileEntry } from './file-entry.tsx';
import { storeFiles } from './choose-files.ts';

/** A blank form to write on where no laptop works, and the scan of one that was written on. Before 定稿 only. */
export function PaperFormPanel({ inspection, busy, onBlank }: { readonly inspection: RecordState; readonly busy: boolean; readonly onBlank: () => void }) {
  const { t } = useTranslation('documents');
  const [asking, setAsking] = useState(false);
  const fromPaper = inspection.fields['fromPaper'] as { readonly scanSha256: string } | null | undefined;
  return (
    <Panel title={t('paper')} about={t('paperHint')}>
      {fromPaper && <p className="documents-line">{t('fromPaperDone', { hash: fromPaper.scanSha256.slice(0, 12) })}</p>}
      <div className="ui-row">
        <Button size="small" variant="outlined" disabled={busy} onClick={onBlank}>{t('blank')}</Button>
        <Button size="small" variant="outlined" onClick={() => setAsking(true)}>{t('fromPaper')}</Button>
      </div>
      {asking && <FromPaperDialog inspectionId={inspection.recordId} onClose={() => setAsking(false)} />}
    </Panel>
  );
}

function FromPaperDialog({ inspectionId, onClose }: { readonly inspectionId: string; readonly onClose: () => void }) {
  const { t } = useTranslation('documents');
  const desk = useDesk();
  const [file, setFile] = useState<File | null>(null);
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const record = async (): Promise<boolean> => {
    const stored = await storeFiles(file ? [file] : []);
    const scan = stored.ok ? stored.value[0] : undefined;
    if (!stored.ok) setProblem(stored.problem);
    if (!scan) return false;
    const outcome = await desk.edit([{ recordType: 'inspection', recordId: inspectionId, values: { fromPaper: { scanSha256: scan.sha256, note: note.trim() } as JsonValue } }]);
    setProblem(outcome.ok ? null : outcome.problem);
    return outcome.ok;
  };
  return (
    <ConfirmDialog title={t('fromPaper').replace('…', '')} confirm={t('bind')} cancel={t('cancel')} disabled={!file} onConfirm={record} onClose={onClose}>
      <FileEntry label={t('file')} accept="image/*,application/pdf" files={file ? [file] : []} onFiles={([first]) => setFile(first ?? null)} />
      <TextEntry label={t('paperNote')} value={note} maxLength={200} onValue={setNote} />
      {problem && <ProblemLine problem={problem} className="ui-problem" />}
    </ConfirmDialog>
  );
}
