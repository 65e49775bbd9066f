import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { opinionStepRules } from '#shared/domain/casework/opinion-workflow.ts';
import type { Role } from '#shared/domain/people/people.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { OfficeRequest } from '#shared/sync/office-calls.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { ask, askOffice } from '../../bridge/bridge.ts';
import { DateEntry } from '../../ui/date-entry.tsx';
import { useKept } from '../../ui/kept.ts';
import { todayInShanghai } from '../../ui/now.ts';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { fits, WholeTextEntry } from '../../ui/whole-text-entry.tsx';

type Step = OfficeRequest<'opinion.act'>['step'];
type Decision = OfficeRequest<'opinion.act'>['decision'];
type Original = OfficeRequest<'opinion.act'>['original'];

const MAX_COMMENT = 1000;
const labels = { agree: 'agree', return: 'return', skip: 'skip', done: 'doneStep' } as const;

/** The next step, for whoever may take it; everybody else reads who is waited for. */
export function OpinionStepPanel({ opinion, roles }: { readonly opinion: RecordState; readonly roles: readonly string[] }) {
  const { t } = useTranslation('casework');
  const step = String(opinion.fields['nextStep']) as Step;
  const [comment, setComment, forgetComment] = useKept(`opinion/${opinion.recordId}/${step}`, '');
  const [issuedOn, setIssuedOn] = useState(todayInShanghai());
  const [original, setOriginal] = useState<{ readonly name: string; readonly stored: NonNullable<Original> } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  if (!Object.hasOwn(opinionStepRules, step)) return null;
  // The server decides again; here it only decides which buttons are shown.
  const rule = opinionStepRules[step];
  const holds = (wanted: readonly Role[]): boolean => wanted.some((role) => roles.includes(role));
  const decisions = rule.decisions.filter((decision) => holds(rule.roles) || (decision === 'skip' && holds(rule.skippers ?? [])));
  if (decisions.length === 0) return <p className="casework-hint">{t('waitingFor', { step: t(`opinionSteps.${step}`), role: t(`stepRole.${step}`) })}</p>;

  const choose = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const outcome = await ask('evidence.put', { bytes: new Uint8Array(await file.arrayBuffer()), mediaType: file.type || 'application/pdf' });
    if (outcome.ok) setOriginal({ name: file.name, stored: outcome.value });
    else setProblem(outcome.problem);
    if (outcome.ok) await ask('sync.now', {});
  };
  const act = async (decision: Decision): Promise<void> => {
    const outcome = await askOffice('opinion.act', {
      opinionId: opinion.recordId, step, decision, comment, issuedOn: step === 'issue' && decision === 'agree' ? issuedOn : null, original: step === 'seal' ? (original?.stored ?? null) : null,
    });
    setProblem(outcome.ok ? null : outcome.problem);
    if (outcome.ok) forgetComment();
  };
  const needsComment = (decision: Decision): boolean => (decision === 'return' || decision === 'skip') && comment.trim() === '';
  return (
    <section className="casework-panel casework-fields" aria-label={t(`opinionSteps.${step}`)}>
      <h2>{t(`opinionSteps.${step}`)}</h2>
      {problem && <ProblemLine problem={problem} className="casework-problem" />}
      {step === 'issue' && (
        <DateEntry onlyAsWritten className="casework-date" label={t('issuedOn')} hint={issuedOn === '' ? undefined : t('confirmIssue', { date: issuedOn })} value={issuedOn === '' ? null : issuedOn} onValue={(date) => setIssuedOn(date ?? '')} />
      )}
      {step === 'seal' && (
        <Button component="label" variant="outlined">
          {original ? t('originalChosen', { name: original.name }) : t('original')}
          <input hidden type="file" accept="application/pdf,image/*" onChange={(event) => void choose(event.target.files?.[0])} />
        </Button>
      )}
      <WholeTextEntry rows={2} label={t('comment')} value={comment} maxLength={MAX_COMMENT} onValue={setComment} />
      <div className="casework-bar">
        <span className="casework-grow casework-hint">{step === 'seal' && !original ? t('originalMissing') : t('commentNeeded')}</span>
        {decisions.map((decision) => (
          <Button key={decision} variant={decision === 'agree' || decision === 'done' ? 'contained' : 'outlined'} disabled={needsComment(decision) || (step === 'issue' && decision === 'agree' && issuedOn === '') || !fits(comment, MAX_COMMENT) || (step === 'seal' && !original)} onClick={() => void act(decision)}>
            {step === 'issue' && decision === 'agree' ? t('confirm') : t(labels[decision])}
          </Button>
        ))}
      </div>
    </section>
  );
}
