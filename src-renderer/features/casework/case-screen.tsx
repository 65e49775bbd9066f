import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { caseStanding, type CaseStanding, type FindingStanding, type FindingStep, type StoredEvent } from '#shared/domain/casework/case-state.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk, useRecord } from '../../store/desk-context.tsx';
import { useNames } from '../../store/use-names.ts';
import { DateEntry } from '../../ui/date-entry.tsx';
import { EvidencePicture } from '../../ui/evidence-picture.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { OpinionsOfCase } from './opinions-of-case.tsx';
import { caseEvent } from './open-case.ts';
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
          <History standing={standing} />
        </aside>
      </div>
    </div>
  );
}

function Findings({ record, standing }: { readonly record: RecordState; readonly standing: CaseStanding }) {
  const { t } = useTranslation('casework');
  const desk = useDesk();
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
                {finding.next.map((step) => (
                  <Button key={step} size="small" onClick={() => setTaking({ finding, step })}>{t(`steps.${step}`)}</Button>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {taking && (
        <StepDialog
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
      <Button size="small" variant="outlined" disabled={dueOn === '' || dueOn === standing.dueOn} onClick={() => void ask()}>{t('askReply')}</Button>
    </>
  );
}

function History({ standing }: { readonly standing: CaseStanding }) {
  const { t } = useTranslation('casework');
  const nameOf = useNames();
  const rooms = new Map(standing.findings.map((finding) => [finding.id, finding.finding.room]));
  // What was written together with the opening has no order of its own; nothing of a case comes before it.
  const events = [...standing.events].sort((a, b) => Number(b.type === 'opened') - Number(a.type === 'opened'));
  return (
    <ol className="casework-events">
      {events.map((event: StoredEvent) => (
        <li key={event.id}>
          <strong>{t(`events.${event.type}`)}</strong> {event.findingId ? rooms.get(event.findingId) : ''} {event.dueOn ?? ''}
          {event.complies !== null && ` ${t(event.complies ? 'compliesYes' : 'compliesNo')}`}
          {event.text && <div>{event.text}</div>}
          <small>{nameOf(event.by)} · {shanghaiDateTime(event.at)}</small>
          {event.photos.length > 0 && (
            <div className="casework-thumbs">
              {event.photos.map((photo) => <EvidencePicture key={photo.evidence.sha256} className="casework-thumb" sha256={photo.evidence.sha256} alt={photo.note || t('photos')} onTheWay={t('photoOnTheWay')} />)}
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}
