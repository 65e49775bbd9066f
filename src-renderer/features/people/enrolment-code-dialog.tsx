import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/kit/problem.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { askOffice } from '../../bridge/bridge.ts';
import { useDesk } from '../../store/desk-context.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';

/** A one-time code, large enough to read across the desk, shown once: the server keeps only its hash. */
export function EnrolmentCodeDialog({ person, onClose }: { readonly person: RecordState; readonly onClose: () => void }) {
  const { t } = useTranslation('people');
  const { session } = useDesk();
  const [made, setMade] = useState<{ readonly code: string; readonly expiresAt: string } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const make = async (): Promise<void> => {
    setBusy(true);
    const outcome = await askOffice('person.enrolment-code', { officerId: person.recordId });
    setBusy(false);
    setProblem(outcome.ok ? null : outcome.problem);
    if (outcome.ok) setMade(outcome.value);
  };
  return (
    <Dialog open onClose={made ? undefined : onClose} fullWidth maxWidth="sm">
      <DialogTitle>{t('codeFor', { name: String(person.fields['name'] ?? '') })}</DialogTitle>
      <DialogContent className="ui-dialog">
        {problem && <ProblemLine problem={problem} />}
        {made ? (
          <>
            <output className="people-code" aria-label={t('code')}>{made.code}</output>
            <p>{t('codeUse', { server: session.serverUrl, at: shanghaiDateTime(made.expiresAt) })}</p>
            <p className="ui-warning">{t('codeOnce')}</p>
          </>
        ) : <p>{t('codeAbout')}</p>}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('close')}</Button>
        {!made && <Button variant="contained" disabled={busy} onClick={() => void make()}>{t('codeMake')}</Button>}
      </DialogActions>
    </Dialog>
  );
}
