import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openDecisions, opinionStanding, type ActStep, type Decision } from '#shared/domain/casework/opinion-workflow.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { askOffice } from '../../bridge/bridge.ts';
import { DateEntry } from '../../ui/date-entry.tsx';
import { useKept } from '../../ui/kept.ts';
import { todayInShanghai } from '../../ui/now.ts';
import { useOneAtATime } from '../../ui/one-at-a-time.ts';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { fits, WholeTextEntry } from '../../ui/whole-text-entry.tsx';
import { heldOf, OriginalEntry, type NamedOriginal } from './original-entry.tsx';
import { ServicePanel } from './service-panel.tsx';
import { useActor } from './use-actor.ts';

const MAX_COMMENT = 1000;
const labels = { agree: 'agree', return: 'return', skip: 'skip', done: 'doneStep' } as const;

/** The next step, for whoever may take it by the workflow's own table; everybody else reads who is waited for, or why not he. */
export function OpinionStepPanel({ opinion }: { readonly opinion: RecordState }) {
  const { t } = useTranslation('casework');
  const standing = opinionStanding(opinion);
  const { decisions, barred } = openDecisions(standing, useActor());
  const step = standing.nextStep;
  if (step === 'draft' || step === 'finished') return null;
  if (decisions.length === 0) return <p className="casework-hint">{t('waitingFor', { step: t(`opinionSteps.${step}`), role: t(`stepRole.${step}`) })}</p>;
  if (step === 'serve') return <ServicePanel opinion={opinion} />;
  return <Decide opinion={opinion} step={step} decisions={decisions} isOwnDraft={barred === 'same-person'} />;
}

function Decide({ opinion, step, decisions, isOwnDraft }: { readonly opinion: RecordState; readonly step: ActStep; readonly decisions: readonly Decision[]; readonly isOwnDraft: boolean }) {
  const { t } = useTranslation('casework');
  const kept = `opinion/${opinion.recordId}/${step}`;
  const [comment, setComment, forgetComment] = useKept(kept, '');
  const [issuedOn, setIssuedOn, forgetDate] = useKept(`${kept}/date`, todayInShanghai());
  const [originals, setOriginals, forgetOriginals] = useKept<readonly NamedOriginal[]>(`${kept}/original`, []);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, begin] = useOneAtATime();
  const [original] = originals;

  const act = async (decision: Decision): Promise<void> => {
    const outcome = await askOffice('opinion.act', {
      opinionId: opinion.recordId, step, decision, comment, issuedOn: step === 'issue' && decision === 'agree' ? issuedOn : null, original: step === 'seal' && original ? heldOf(original) : null,
    });
    setProblem(outcome.ok ? null : outcome.problem);
    if (!outcome.ok) return;
    forgetComment();
    forgetDate();
    forgetOriginals();
  };
  const blocked = (decision: Decision): boolean =>
    ((decision === 'return' || decision === 'skip') && comment.trim() === '') || (step === 'issue' && decision === 'agree' && issuedOn === '') || (step === 'seal' && !original) || !fits(comment, MAX_COMMENT);
  return (
    <section className="casework-panel casework-fields" aria-label={t(`opinionSteps.${step}`)}>
      <h2>{t(`opinionSteps.${step}`)}</h2>
      {isOwnDraft && <p className="casework-hint">{t('ownDraft')}</p>}
      {step === 'issue' && (
        <DateEntry onlyAsWritten className="casework-date" label={t('issuedOn')} disabled={busy} hint={issuedOn === '' ? undefined : t('confirmIssue', { date: issuedOn })} value={issuedOn === '' ? null : issuedOn} onValue={(date) => setIssuedOn(date ?? '')} />
      )}
      {step === 'seal' && <OriginalEntry needed label={t('original')} accept="application/pdf,image/*" disabled={busy} originals={originals} onOriginals={setOriginals} onProblem={setProblem} />}
      <WholeTextEntry rows={2} label={t('comment')} value={comment} maxLength={MAX_COMMENT} disabled={busy} onValue={setComment} />
      {problem && <ProblemLine problem={problem} className="casework-problem" />}
      <div className="casework-bar">
        <span className="casework-grow casework-hint">{step === 'seal' && !original ? t('originalMissing') : t('commentNeeded')}</span>
        {decisions.map((decision) => (
          <Button key={decision} variant={decision === 'agree' || decision === 'done' ? 'contained' : 'outlined'} disabled={busy || blocked(decision)} onClick={() => begin(() => act(decision))}>
            {step === 'issue' && decision === 'agree' ? t('confirm') : t(labels[decision])}
          </Button>
        ))}
      </div>
    </section>
  );
}
