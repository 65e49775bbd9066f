import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingStanding, FindingStep } from '#shared/domain/casework/case-state.ts';
import type { Photo } from '#shared/domain/evidence/evidence.ts';
import type { Outcome } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { ask } from '../../bridge/bridge.ts';
import { EvidencePicture } from '../../ui/evidence-picture.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { nowInstant } from '../../ui/now.ts';
import { fits, WholeTextEntry } from '../../ui/whole-text-entry.tsx';

const MAX_TEXT = 2000;

type StepValues = { readonly text: string; readonly complies: boolean | null; readonly photos: Photo[]; readonly at: string };

/** One step of one finding: what happened, the result of a re-check, photos. Stored originals first, then the step. */
export function StepDialog(props: {
  readonly finding: FindingStanding;
  readonly step: FindingStep;
  readonly onClose: () => void;
  readonly onSave: (values: StepValues) => Promise<Outcome<unknown>>;
}) {
  const { finding, step, onClose, onSave } = props;
  const { t } = useTranslation('casework');
  const [text, setText] = useState('');
  const [complies, setComplies] = useState<boolean | null>(null);
  const [photos, setPhotos] = useState<readonly Photo[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);

  const addPhotos = async (files: FileList | null): Promise<void> => {
    for (const file of files ?? []) {
      const outcome = await ask('evidence.put', { bytes: new Uint8Array(await file.arrayBuffer()), mediaType: file.type || 'application/octet-stream' });
      if (!outcome.ok) {
        setProblem(outcome.problem);
        return;
      }
      const evidence = { ...outcome.value, capturedAt: new Date(file.lastModified).toISOString() };
      setPhotos((before) => [...before, { evidence, subject: 'after-correction', note: '' }]);
    }
  };
  const save = async (): Promise<void> => {
    const outcome = await onSave({ text, complies: step === 'rechecked' ? complies : null, photos: [...photos], at: nowInstant() });
    if (outcome.ok) onClose();
    else setProblem(outcome.problem);
  };

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm">
      <DialogTitle>{t('stepFor', { step: t(`steps.${step}`), room: finding.finding.room })}</DialogTitle>
      <DialogContent className="casework-fields">
        {problem && <ProblemLine problem={problem} className="casework-problem" />}
        {step === 'rechecked' && (
          <ToggleButtonGroup exclusive size="small" aria-label={t('complies')} value={complies} onChange={(_, value: boolean | null) => setComplies(value)}>
            <ToggleButton value={true}>{t('compliesYes')}</ToggleButton>
            <ToggleButton value={false}>{t('compliesNo')}</ToggleButton>
          </ToggleButtonGroup>
        )}
        <WholeTextEntry autoFocus rows={3} label={t('what')} value={text} maxLength={MAX_TEXT} onValue={setText} />
        <div className="casework-thumbs">
          {photos.map((photo) => <EvidencePicture key={photo.evidence.sha256} className="casework-thumb" sha256={photo.evidence.sha256} alt={t('photos')} onTheWay={t('photoOnTheWay')} />)}
          <Button component="label" size="small">
            {t('photosAdd')}
            <input hidden type="file" accept="image/*" multiple onChange={(event) => void addPhotos(event.target.files)} />
          </Button>
        </div>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button variant="contained" disabled={(step === 'rechecked' && complies === null) || !fits(text, MAX_TEXT)} onClick={() => void save()}>{t('save')}</Button>
      </DialogActions>
    </Dialog>
  );
}
