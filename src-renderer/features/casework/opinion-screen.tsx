import { useTranslation } from 'react-i18next';
import type { OpinionAct, OpinionText } from '#shared/domain/casework/case-record.ts';
import { opinionStanding, stepsOf } from '#shared/domain/casework/opinion-workflow.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import { listItems, type RecordState } from '#shared/sync/record-state.ts';
import { useDesk, useRecord } from '../../store/desk-context.tsx';
import { useMyRoles, useNames } from '../../store/use-names.ts';
import { BasesPanel } from './bases-panel.tsx';
import { OpinionDraft } from './opinion-draft.tsx';
import { OpinionPapers } from './opinion-papers.tsx';
import { OpinionStepPanel } from './opinion-step-panel.tsx';
import { ServicesOnRecord } from './services-on-record.tsx';
import './casework.css';

/** One 节能整改意见书 (or letter): its text, who has to act next, every act on record, its papers and their legal bases. */
export function OpinionScreen({ opinionId }: { readonly opinionId: string }) {
  const { t } = useTranslation('casework');
  const desk = useDesk();
  const opinion = useRecord(opinionId);
  const roles = useMyRoles(desk.session.officerId);
  if (!opinion) return opinion === null ? <p className="casework-empty">{t('online')}</p> : <div className="casework" aria-busy="true" />;
  const nextStep = String(opinion.fields['nextStep'] ?? 'draft');
  const step = nextStep as 'draft';
  const unit = String(opinion.fields['institutionName'] ?? '');
  return (
    <div className="casework">
      <header>
        <h1>{t(opinion.fields['form'] === 'district-letter' ? 'letterTitle' : 'opinionTitle', { unit })}</h1>
        <p className="casework-hint">
          {t('number')}：{String(opinion.fields['officialNumber'] ?? t('numberAfter'))} · {nextStep === 'finished' ? t('opinionSteps.finished') : t('waitingFor', { step: t(`opinionSteps.${step}`), role: t(`stepRole.${step}`) })}
        </p>
      </header>
      <Steps opinion={opinion} />
      <div className="casework-columns">
        <div className="casework-fields">
          {step === 'draft' ? <OpinionDraft opinion={opinion} /> : <FixedText text={opinion.fields['text'] as unknown as OpinionText} isLetter={opinion.fields['form'] === 'district-letter'} />}
          {step !== 'draft' && <OpinionStepPanel key={step} opinion={opinion} />}
          <ServicesOnRecord opinion={opinion} />
          <OpinionPapers opinion={opinion} />
        </div>
        <div className="casework-fields">
          <BasesPanel roles={roles} />
          <Acts opinion={opinion} />
        </div>
      </div>
    </div>
  );
}

function Steps({ opinion }: { readonly opinion: RecordState }) {
  const { t } = useTranslation('casework');
  const standing = opinionStanding(opinion);
  const steps = stepsOf(standing);
  const at = standing.nextStep === 'finished' ? steps.length : steps.indexOf(standing.nextStep);
  return (
    <ol className="casework-steps">
      {steps.map((step, index) => (
        <li key={step} className={index < at ? 'is-done' : index === at ? 'is-now' : ''} aria-current={index === at ? 'step' : undefined}>{t(`opinionSteps.${step}`)}</li>
      ))}
    </ol>
  );
}

function FixedText({ text, isLetter }: { readonly text: OpinionText; readonly isLetter: boolean }) {
  const { t } = useTranslation('casework');
  const nameOf = useNames();
  return (
    <section className="casework-panel casework-fields">
      <div><h2>{t('facts')}</h2><p className="casework-text">{text.facts}</p></div>
      <div><h2>{t(isLetter ? 'letterDemand' : 'demand')}</h2><p className="casework-text">{text.demand}</p></div>
      <p>{t('replyBy')}：{text.replyBy ?? '—'} · {t('joint')}：{nameOf(text.jointOrganId) || '—'} · {t('contact')}：{text.contact || '—'}</p>
    </section>
  );
}

function Acts({ opinion }: { readonly opinion: RecordState }) {
  const { t } = useTranslation('casework');
  const nameOf = useNames();
  const acts = listItems(opinion, 'acts').map(([id, item]) => ({ id, ...(item as OpinionAct) }));
  return (
    <section className="casework-panel">
      <h2>{t('acts')}</h2>
      {acts.length === 0 && <p className="casework-hint">{t('noActs')}</p>}
      <ol className="casework-events">
        {acts.map((act) => (
          <li key={act.id}>
            <strong>{t(`opinionSteps.${act.step}`)}</strong> {t(`actDecision.${act.decision}`)}
            {act.comment && <div>{act.comment}</div>}
            <small>{nameOf(act.by)} · {shanghaiDateTime(act.at)}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}
