import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingStanding, FindingStep } from '#shared/domain/casework/case-state.ts';
import type { Photo } from '#shared/domain/evidence/evidence.ts';
import type { Outcome } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { ask } from '../../bridge/bridge.ts';
import { EvidencePicture } from '../../ui/evidence-picture.tsx';
import { useKept } from '../../ui/kept.ts';
import { useOneAtATime } from '../../ui/one-at-a-time.ts';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { nowInstant } from '../../ui/now.ts';
import { fits, WholeTextEntry } from '../../ui/whole-text-entry.tsx';

const MAX_TEXT = 2000;

/** Closing the dialog or leaving the screen keeps it; recording the step, or 取消, ends it. */
type StepDraft = { readonly text: string; readonly complies: boolean | null; readonly photos: readonly Photo[] };
const emptyDraft: StepDraft = { text: '', complies: null, photos: [] };

type StepValues = { readonly text: string; readonly complies: boolean | null; readonly photos: Photo[]; readonly at: string };

/** One step of one finding: what happened, the result of a re-check, photos. Stored originals first, then the step. */
export function StepDialog(props: {
  readonly finding: FindingStanding;
  readonly step: FindingStep;
  /** Under which what was begun is kept, also when the screen is left. */
  readonly draftKey: string;
  readonly onClose: () => void;
  readonly onSave: (values: StepValues) => Promise<Outcome<unknown>>;
}) {
  const { finding, step, draftKey, onClose, onSave } = props;
  const { t } = useTranslation('casework');
  const [draft, setDraft, forget] = useKept<StepDraft>(draftKey, emptyDraft);
  const { text, complies, photos } = draft;
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, begin] = useOneAtATime();

  // Photos are stored one after the other, and the text goes on being typed meanwhile.
  const latest = useRef(draft);
  const change = (part: Partial<StepDraft>): void => {
    latest.current = { ...latest.current, ...part };
    setDraft(latest.current);
  };
  const addPhotos = async (files: FileList | null): Promise<void> => {
    const added: Photo[] = [];
    for (const file of files ?? []) {
      const outcome = await ask('evidence.put', { bytes: new Uint8Array(await file.arrayBuffer()), mediaType: file.type || 'application/octet-stream' });
      if (!outcome.ok) {
        setProblem(outcome.problem);
        break;
      }
      const evidence = { ...outcome.value, capturedAt: new Date(file.lastModified).toISOString() };
      added.push({ evidence, subject: 'after-correction', note: '' });
    }
    change({ photos: [...latest.current.photos, ...added] });
  };
  const cancel = (): void => {
    forget();
    onClose();
  };
  const save = async (): Promise<void> => {
    const outcome = await onSave({ text, complies: step === 'rechecked' ? complies : null, photos: [...photos], at: nowInstant() });
    if (!outcome.ok) return setProblem(outcome.problem);
    forget();
    onClose();
  };

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm">
      <DialogTitle>{t('stepFor', { step: t(`steps.${step}`), room: finding.finding.room })}</DialogTitle>
      <DialogContent className="casework-fields">
        {problem && <ProblemLine problem={problem} className="casework-problem" />}
        {step === 'rechecked' && (
          <ToggleButtonGroup exclusive size="small" aria-label={t('complies')} value={complies} onChange={(_, value: boolean | null) => change({ complies: value })}>
            <ToggleButton value={true}>{t('compliesYes')}</ToggleButton>
            <ToggleButton value={false}>{t('compliesNo')}</ToggleButton>
          </ToggleButtonGroup>
        )}
        <WholeTextEntry autoFocus rows={3} label={t('what')} value={text} maxLength={MAX_TEXT} onValue={(value) => change({ text: value })} />
        <div className="casework-thumbs">
          {photos.map((photo) => <EvidencePicture key={photo.evidence.sha256} className="casework-thumb" sha256={photo.evidence.sha256} alt={t('photos')} onTheWay={t('photoOnTheWay')} />)}
          <Button component="label" size="small">
            {t('photosAdd')}
            <input hidden type="file" accept="image/*" multiple onChange={(event) => void addPhotos(event.target.files)} disabled={busy} />
          </Button>
        </div>
      </DialogContent>
      <DialogActions>
        <Button onClick={cancel}>{t('cancel')}</Button>
        <Button variant="contained" disabled={busy || (step === 'rechecked' && complies === null) || !fits(text, MAX_TEXT)} onClick={() => begin(save)}>{t('save')}</Button>
      </DialogActions>
    </Dialog>
  );
}
