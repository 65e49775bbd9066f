import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { caseEvent } from '#shared/domain/casework/case-opening.ts';
import { caseStanding, type CaseStanding, type FindingStanding, type FindingStep } from '#shared/domain/casework/case-state.ts';
import type { Role } from '#shared/domain/people/people.ts';
import { mayRecord } from '#shared/domain/policy.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk, useRecord } from '../../store/desk-context.tsx';
import { useMyRoles } from '../../store/use-names.ts';
import { DateEntry } from '../../ui/date-entry.tsx';
import { useOneAtATime } from '../../ui/one-at-a-time.ts';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { OpinionsOfCase } from './opinions-of-case.tsx';
import { CaseHistory } from './case-history.tsx';
import { StepDialog } from './step-dialog.tsx';
import './casework.css';
import { nowInstant } from '../../ui/now.ts';

/** One case: its findings and what may be recorded next, its history, and the papers of the organ that follow it. */
export function CaseScreen({ caseId }: { readonly caseId: string }) {
  const { t } = useTranslation('casework');
  const record = useRecord(caseId);
  if (!record) return record === null ? <p className="casework-empty">{t('none')}</p> : <div className="casework" aria-busy="true" />;
  const standing = caseStanding(record);
  return (
    <div className="casework">
      <h1>{t('caseOf', { unit: String(record.fields['institutionName'] ?? '') })}</h1>
      <div className="casework-columns">
        <div className="casework-fields">
          <Findings record={record} standing={standing} />
          <OpinionsOfCase record={record} />
        </div>
        <aside className="casework-panel">
          <h2>{t('history')}</h2>
          <CaseHistory record={record} standing={standing} />
        </aside>
      </div>
    </div>
  );
}

function Findings({ record, standing }: { readonly record: RecordState; readonly standing: CaseStanding }) {
  const { t } = useTranslation('casework');
  const desk = useDesk();
  const roles = useMyRoles(desk.session.officerId) as readonly Role[];
  const isForOfficers = roles.length > 0 && standing.findings.some((finding) => finding.next.some((step) => !mayRecord(step, roles)));
  const [taking, setTaking] = useState<{ finding: FindingStanding; step: FindingStep } | null>(null);
  return (
    <section className="casework-panel">
      <div className="casework-bar">
        <h2 className="casework-grow">{t('findings')}</h2>
        <AskReply record={record} standing={standing} />
      </div>
      <table className="casework-table">
        <thead>
          <tr>{(['room', 'use', 'found', 'adjusted', 'state'] as const).map((name) => <th key={name} scope="col" className={name === 'found' || name === 'adjusted' ? 'is-number' : undefined}>{t(name)}</th>)}<th /></tr>
        </thead>
        <tbody>
          {standing.findings.map((finding) => (
            <tr key={finding.id}>
              <td>{finding.finding.room}</td>
              <td>{finding.finding.use}</td>
              <td className="is-number">{finding.finding.setTemperatureC} ℃ / {finding.finding.limitC} ℃</td>
              <td className="is-number">{finding.finding.adjustedToC ? `${finding.finding.adjustedToC} ℃` : ''}</td>
              <td>
                <span className={`casework-state is-${finding.state}`}>{t(`states.${finding.state}`)}</span>
                {finding.forked && <span className="casework-warning">{t('forked')}</span>}
              </td>
              <td className="is-number">
                {finding.next.filter((step) => mayRecord(step, roles)).map((step) => (
                  <Button key={step} size="small" onClick={() => setTaking({ finding, step })}>{t(`steps.${step}`)}</Button>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {isForOfficers && <p className="casework-hint">{t('forOfficers')}</p>}
      {taking && (
        <StepDialog
          draftKey={`case/${record.recordId}/${taking.finding.id}/${taking.step}`}
          finding={taking.finding}
          step={taking.step}
          onClose={() => setTaking(null)}
          onSave={async ({ text, complies, photos, at }) => {
            const event = caseEvent({ type: taking.step, findingId: taking.finding.id, follows: taking.finding.last?.id ?? null, by: desk.session.officerId, at, text, complies, photos });
            return desk.edit([{ recordType: 'case', recordId: record.recordId, kind: 'event', values: { [`events/${desk.newId()}`]: event } }]);
          }}
        />
      )}
    </section>
  );
}

/** Asks the whole unit for a written reply by a date that a person fixes; no default is presented as law. */
function AskReply({ record, standing }: { readonly record: RecordState; readonly standing: CaseStanding }) {
  const { t } = useTranslation('casework');
  const desk = useDesk();
  const [dueOn, setDueOn] = useState(standing.dueOn ?? '');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, begin] = useOneAtATime();
  const roles = useMyRoles(desk.session.officerId) as readonly Role[];
  if (!mayRecord('reply-requested', roles)) return standing.dueOn && <span className="casework-hint">{t('askReplyBy')}：{standing.dueOn}</span>;
  const ask = async (): Promise<void> => {
    const last = standing.events.filter((event) => event.type === 'reply-requested').at(-1);
    const event = caseEvent({ type: 'reply-requested', follows: last?.id ?? null, by: desk.session.officerId, at: nowInstant(), dueOn });
    const outcome = await desk.edit([{ recordType: 'case', recordId: record.recordId, kind: 'event', values: { [`events/${desk.newId()}`]: event } }]);
    setProblem(outcome.ok ? null : outcome.problem);
  };
  return (
    <>
      {problem && <ProblemLine problem={problem} className="casework-problem" />}
      <DateEntry onlyAsWritten className="casework-date" label={t('askReplyBy')} hint={t('askReplyHint')} value={dueOn === '' ? null : dueOn} onValue={(date) => setDueOn(date ?? '')} />
      <Button size="small" variant="outlined" disabled={busy || dueOn === '' || dueOn === standing.dueOn} onClick={() => begin(ask)}>{t('askReply')}</Button>
    </>
  );
}
