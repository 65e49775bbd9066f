import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoundSignature } from '#shared/domain/documents/document.ts';
import type { EvidenceRef } from '#shared/domain/evidence/evidence.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { ask } from '../../bridge/bridge.ts';
import { useDesk } from '../../store/desk-context.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ChoiceEntry, Field, TextEntry } from '../../ui/fields.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { storeFiles } from './choose-files.ts';
import { FileEntry } from './file-entry.tsx';
import { DrawingFrame, type Drawing } from './drawing-frame.tsx';

/** Binds a picture of a signature to the bytes that were signed. */
export function SignatureDialog(props: { readonly paperId: string; readonly pdfSha256: string; readonly way: BoundSignature['way']; readonly partyName: string; readonly onClose: () => void }) {
  const { paperId, pdfSha256, way, partyName, onClose } = props;
  const { t } = useTranslation('documents');
  const desk = useDesk();
  const [who, setWho] = useState<BoundSignature['who']>('party');
  const [name, setName] = useState(partyName);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const evidence = (): Promise<Outcome<readonly EvidenceRef[]>> => (way === 'drawn' ? storeDrawing(drawing) : storeFiles(files));

  const bind = async (): Promise<boolean> => {
    setProblem(null);
    const stored = await evidence();
    if (!stored.ok) {
      setProblem(stored.problem);
      return false;
    }
    const at = new Date().toISOString();
    const values = Object.fromEntries(stored.value.map((each) => [`signatures/${desk.newId()}`, { way, who, name: name.trim(), evidence: each, pdfSha256, at } as unknown as JsonValue]));
    const outcome = await desk.edit([{ recordType: 'document', recordId: paperId, values }]);
    if (!outcome.ok) setProblem(outcome.problem);
    return outcome.ok;
  };
  return (
    <ConfirmDialog title={t(way === 'drawn' ? 'addDrawn' : way === 'stamped' ? 'addStamped' : 'addSigned').replace('…', '')} confirm={t('bind')} cancel={t('cancel')} wide={way === 'drawn'} disabled={way === 'drawn' ? drawing === null : files.length === 0} onConfirm={bind} onClose={onClose}>
      <div className="ui-form">
        <ChoiceEntry label={t('who')} value={who} choices={(['party', 'witness', 'officer'] as const).map((each) => [each, t(`whos.${each}`)] as const)} onValue={(value) => setWho(value ?? 'party')} />
        <TextEntry label={t('name')} value={name} maxLength={40} onValue={setName} />
        {way === 'drawn' ? (
          <Field wide label={t('drawHere')} hint={t('drawnHint')}><DrawingFrame onDrawn={setDrawing} /></Field>
        ) : (
          <FileEntry multiple label={t('file')} hint={files.length > 0 ? t('chosen', { count: files.length }) : t('files')} accept="image/*,application/pdf" files={files} onFiles={setFiles} />
        )}
      </div>
      {problem && <ProblemLine problem={problem} className="ui-problem" />}
    </ConfirmDialog>
  );
}

async function storeDrawing(drawing: Drawing | null): Promise<Outcome<readonly EvidenceRef[]>> {
  const bytes = drawing ? await drawing.png() : null;
  if (!bytes) return failed('incomplete', { field: 'signatures' });
  const stored = await ask('evidence.put', { bytes, mediaType: 'image/png' });
  if (!stored.ok) return failed(stored.problem.code, stored.problem.detail);
  return done([{ sha256: stored.value.sha256, mediaType: 'image/png', byteLength: stored.value.byteLength, capturedAt: new Date().toISOString() }]);
}
