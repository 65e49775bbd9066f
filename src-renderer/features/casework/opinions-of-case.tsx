import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { caseStanding } from '#shared/domain/casework/case-state.ts';
import { opinionTextFor } from '#shared/domain/casework/opinion-text.ts';
import { opinionForm } from '#shared/domain/casework/opinion-workflow.ts';
import { levelOf, ownBureauOf } from '#shared/domain/people/own-bureau.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { officeCalls } from '#shared/sync/office-calls.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { askOffice } from '../../bridge/bridge.ts';
import { useDesk, useRecord, useRecords } from '../../store/desk-context.tsx';
import { navigate } from '../../ui/navigation.ts';
import { useOneAtATime } from '../../ui/one-at-a-time.ts';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { useActor } from './use-actor.ts';

/** The organ's papers that follow a case: the 意见书 of an own-level unit, only a letter for a district's unit. */
export function OpinionsOfCase({ record }: { readonly record: RecordState }) {
  const { t } = useTranslation('casework');
  const desk = useDesk();
  const institution = useRecord(String(record.fields['institutionId'] ?? ''));
  const inspection = useRecord(String(record.fields['inspectionId'] ?? ''));
  const opinions = useRecords('opinion');
  const [problem, setProblem] = useState<Problem | null>(null);
  const own = (opinions ?? []).filter((opinion) => opinion.fields['caseId'] === record.recordId);
  const actor = useActor();
  const organs = useRecords('organ');
  const [busy, begin] = useOneAtATime();
  const form = institution && organs ? opinionForm(ownBureauOf(organs, { organId: actor.organId, officeName: desk.session.officeName }), { level: levelOf(institution), authority: String(institution.fields['authority'] ?? '') }) : null;
  const district = form?.ok === true && form.value === 'district-letter';
  const mayDraft = officeCalls['opinion.draft'].roles.some((role) => actor.roles.includes(role));

  const draft = async (): Promise<void> => {
    await desk.flush();
    const standing = caseStanding(record);
    const jointOrgans = (inspection?.fields['jointOrganIds'] ?? []) as readonly string[];
    const text = opinionTextFor(standing.findings.map((finding) => finding.finding), {
      form: district ? 'district-letter' : 'opinion', institutionName: String(record.fields['institutionName'] ?? ''), checkedAt: (inspection?.fields['startedAt'] ?? null) as string | null,
      replyBy: standing.dueOn, jointOrganId: jointOrgans[0] ?? null,
    });
    const outcome = await askOffice('opinion.draft', { opinionId: null, caseId: record.recordId, text, comment: '' });
    if (outcome.ok) navigate(`/opinions/${outcome.value.opinionId}`);
    else setProblem(outcome.problem);
  };

  return (
    <section className="casework-panel">
      <div className="casework-bar">
        <div className="casework-grow">
          <h2>{t(district ? 'letters' : 'opinions')}</h2>
          <p className="casework-hint">{!mayDraft && own.length === 0 ? t('forDrafters') : district ? t('districtHint') : t('online')}</p>
        </div>
        {mayDraft && form?.ok === true && <Button size="small" variant="outlined" disabled={busy} onClick={() => begin(draft)}>{t(district ? 'draftLetter' : 'draftOpinion')}</Button>}
      </div>
      {mayDraft && form?.ok === false && <ProblemLine problem={form.problem} className="casework-problem" />}
      {problem && <ProblemLine problem={problem} className="casework-problem" />}
      {own.map((opinion) => (
        <div key={opinion.recordId} className="casework-bar">
          <a className="casework-grow" href={`#/opinions/${opinion.recordId}`}>{t(opinion.fields['form'] === 'district-letter' ? 'letters' : 'opinions')} {String(opinion.fields['officialNumber'] ?? t('numberAfter'))}</a>
          <span>{t(`opinionSteps.${String(opinion.fields['nextStep'] ?? 'draft') as 'draft'}`)}</span>
        </div>
      ))}
    </section>
  );
}
