import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportedEvidence } from '#shared/bridge/calls.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { ask } from '../../bridge/bridge.ts';
import { useDesk } from '../../store/desk-context.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { EvidencePicture } from '../../ui/evidence-picture.tsx';
import { TextEntry } from '../../ui/fields.tsx';
import { ImportEvidenceButton, SaveEvidenceButton } from '../../ui/import-evidence.tsx';
import { Panel } from '../../ui/page.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { useRecordAtOpening } from '../../ui/seen-record.ts';
import { UnstoredScope } from '../../ui/unstored.ts';
import type { SetupPanelProps } from './setup-panels.tsx';

/** 拒绝检查: not the refusal to sign or to receive. Its reason is needed; witness and video are optional. */
export function RefusalPanel({ form, inspection, disabled }: SetupPanelProps) {
  const { t } = useTranslation('inspection');
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { inspectionRefused } = inspection;
  return (
    <div id="setup-refusal">
      <Panel title={t('refusal')} about={t('refusalAbout')}>
        {inspectionRefused ? (
          <dl className="ui-facts">
            <dt>{t('refusalReason')}</dt><dd>{inspectionRefused.reason}</dd>
            <dt>{t('refusalWitness')}</dt><dd>{inspectionRefused.witness || t('none_')}</dd>
            <dt>{t('refusalVideo')}</dt><dd>{inspectionRefused.videoSha256 ? t('stored', { hash: inspectionRefused.videoSha256.slice(0, 12) }) : t('none_')}</dd>
          </dl>
        ) : null}
        {problem && <ProblemLine problem={problem} />}
        {inspectionRefused?.videoSha256 && <SaveEvidenceButton sha256={inspectionRefused.videoSha256} suggestedName={t('refusalVideoName')} onProblem={setProblem} />}
        {!disabled && (
          <div className="ui-row">
            <Button size="small" variant="outlined" onClick={() => setOpen(true)}>{t(inspectionRefused ? 'refusalChange' : 'refusalNote')}</Button>
            {inspectionRefused && <Button size="small" onClick={() => form.put('inspectionRefused', null)}>{t('refusalWithdraw')}</Button>}
          </div>
        )}
        {open && <UnstoredScope value={null}><RefusalDialog form={form} inspection={inspection} onClose={() => setOpen(false)} /></UnstoredScope>}
      </Panel>
    </div>
  );
}

function RefusalDialog({ form, inspection, onClose }: Omit<SetupPanelProps, 'disabled'> & { readonly onClose: () => void }) {
  const { t } = useTranslation('inspection');
  const desk = useDesk();
  const over = useRecordAtOpening(form.record);
  const known = inspection.inspectionRefused;
  const [reason, setReason] = useState(known?.reason ?? '');
  const [witness, setWitness] = useState(known?.witness ?? '');
  const [videoSha256, setVideo] = useState(known?.videoSha256 ?? null);
  const [chosen, setChosen] = useState<ImportedEvidence | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const save = async (): Promise<boolean> => {
    const outcome = await desk.edit([{ recordType: 'inspection', recordId: inspection.id, values: { inspectionRefused: { reason: reason.trim(), witness: witness.trim(), videoSha256 } }, over }]);
    setProblem(outcome.ok ? null : outcome.problem);
    return outcome.ok;
  };
  return (
    <ConfirmDialog title={t('refusal')} confirm={t('refusalSave')} disabled={reason.trim() === ''} onConfirm={save} onClose={onClose}>
      {problem && <ProblemLine problem={problem} />}
      <p className="ui-page-about">{t('refusalLaw')}</p>
      <TextEntry label={t('refusalReason')} needed autoFocus rows={3} value={reason} maxLength={500} onValue={setReason} hint={t('refusalReasonHint')} />
      <TextEntry label={t('refusalWitness')} value={witness} maxLength={80} onValue={setWitness} />
      <div className="ui-row">
        <ImportEvidenceButton
          label={t('refusalVideoAdd')} kind="picture-or-video" chosen={chosen} onProblem={setProblem}
          onChosen={(imported) => {
            setChosen(imported);
            setVideo(imported.sha256);
          }}
        />
        {videoSha256 && !chosen && <span className="ui-muted ui-small">{t('stored', { hash: videoSha256.slice(0, 12) })}</span>}
      </div>
    </ConfirmDialog>
  );
}

/** 据纸质补录: the scan is the original, what is typed follows it. */
export function FromPaperPanel({ form, inspection, disabled }: SetupPanelProps) {
  const { t } = useTranslation('inspection');
  const [problem, setProblem] = useState<Problem | null>(null);
  const { fromPaper } = inspection;
  return (
    <div id="setup-paper">
      <Panel title={t('fromPaper')} about={t('fromPaperAbout')}>
        {problem && <ProblemLine problem={problem} />}
        {fromPaper && (
          <>
            <div className="ui-row">
              <EvidencePicture className="setup-scan" sha256={fromPaper.scanSha256} alt={t('scan')} onTheWay={t('scanOnTheWay')} />
              <span className="ui-muted ui-small">{t('stored', { hash: fromPaper.scanSha256.slice(0, 12) })}</span>
            </div>
            <TextEntry label={t('fromPaperNote')} value={fromPaper.note} maxLength={200} disabled={disabled} onLeave={form.leave} onValue={(note) => form.putPart('fromPaper', 'note', note, fromPaper)} />
          </>
        )}
        {!disabled && (
          <div className="ui-row">
            <StoreFileButton label={t(fromPaper ? 'scanReplace' : 'scanAdd')} accept="image/*,application/pdf" onProblem={setProblem} onStored={(scanSha256) => form.put('fromPaper', { scanSha256, note: fromPaper?.note ?? '' })} />
            {fromPaper && <Button size="small" onClick={() => form.put('fromPaper', null)}>{t('fromPaperWithdraw')}</Button>}
          </div>
        )}
      </Panel>
    </div>
  );
}

/** Stores a chosen file as evidence: main keeps and hashes the original before the record names it. */
function StoreFileButton({ label, accept, onStored, onProblem }: { readonly label: string; readonly accept: string; readonly onStored: (sha256: string) => void; readonly onProblem: (problem: Problem | null) => void }) {
  const { t } = useTranslation('inspection');
  const [busy, setBusy] = useState(false);
  const store = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setBusy(true);
    const outcome = await ask('evidence.put', { bytes: new Uint8Array(await file.arrayBuffer()), mediaType: file.type || 'application/octet-stream' });
    setBusy(false);
    onProblem(outcome.ok ? null : outcome.problem);
    if (outcome.ok) onStored(outcome.value.sha256);
  };
  return (
    <Button component="label" size="small" variant="outlined" disabled={busy}>
      {busy ? t('storing') : label}
      <input
        hidden type="file" accept={accept} aria-label={label}
        onChange={(event) => {
          void store(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </Button>
  );
}
