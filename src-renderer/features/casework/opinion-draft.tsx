import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpinionText } from '#shared/domain/casework/case-record.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { officeCalls } from '#shared/sync/office-calls.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { askOffice } from '../../bridge/bridge.ts';
import { useRecords } from '../../store/desk-context.tsx';
import { DateEntry } from '../../ui/date-entry.tsx';
import { useKept } from '../../ui/kept.ts';
import { useOneAtATime } from '../../ui/one-at-a-time.ts';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { fits, WholeTextEntry } from '../../ui/whole-text-entry.tsx';
import { useActor } from './use-actor.ts';
import { useOpinionText } from './use-opinion-text.ts';

/** Longest texts that the record takes, in signs. */
const limits = { facts: 5000, demand: 3000, contact: 120, comment: 1000 } as const;

/**
 * The text while it is a draft. Keeping it and handing it on are acts of the server; what was typed since stays in this window only,
 * which is said.
 */
export function OpinionDraft({ opinion }: { readonly opinion: RecordState }) {
  const { t } = useTranslation('casework');
  const { text, base, isChanged, isBehind, change, sent, letGo, goOnWithMine } = useOpinionText(opinion);
  const [comment, setComment, forgetComment] = useKept(`opinion/${opinion.recordId}/draft`, '');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, begin] = useOneAtATime();
  const actor = useActor();
  const mayDraft = officeCalls['opinion.draft'].roles.some((role) => actor.roles.includes(role));
  const isOpinion = opinion.fields['form'] !== 'district-letter';
  const demand = isOpinion ? 'demand' : 'letterDemand';
  const missing = [text.facts.trim() === '' && t('facts'), text.demand.trim() === '' && t(demand), text.replyBy === null && t('replyBy'), isOpinion && text.jointOrganId === null && t('joint')].filter(Boolean);
  const ask = async (keep: boolean): Promise<void> => {
    sent();
    const outcome = await askOffice('opinion.draft', { opinionId: opinion.recordId, caseId: String(opinion.fields['caseId']), text, comment: keep ? '' : comment, keep, ...(base === null ? {} : { over: base }) });
    setProblem(outcome.ok ? null : outcome.problem);
    if (!outcome.ok || keep) return;
    letGo();
    forgetComment();
  };
  const whole = fits(text.facts, limits.facts) && fits(text.demand, limits.demand) && fits(text.contact, limits.contact) && fits(comment, limits.comment);
  const closed = !mayDraft;
  return (
    <section className="casework-panel casework-fields" aria-label={t('opinionSteps.draft')}>
      {isBehind && (
        <div className="casework-warning" role="status">
          <p className="casework-text">{t('draftBehind')}</p>
          <div className="casework-bar">
            <Button size="small" variant="outlined" onClick={letGo}>{t('draftTheirs')}</Button>
            <Button size="small" variant="outlined" onClick={goOnWithMine}>{t('draftMine')}</Button>
          </div>
        </div>
      )}
      <WholeTextEntry rows={6} label={t('facts')} value={text.facts} maxLength={limits.facts} disabled={closed} onValue={(facts) => change({ facts })} />
      <WholeTextEntry rows={4} label={t(demand)} value={text.demand} maxLength={limits.demand} disabled={closed} onValue={(demand) => change({ demand })} />
      <div className="casework-entries">
        <DateEntry onlyAsWritten className="casework-date" label={t('replyBy')} hint={t('askReplyHint')} value={text.replyBy} disabled={closed} onValue={(replyBy) => change({ replyBy })} />
        {isOpinion && <JointOrgan text={text} disabled={closed} onChange={change} />}
        <WholeTextEntry className="casework-grow" label={t('contact')} value={text.contact} maxLength={limits.contact} disabled={closed} onValue={(contact) => change({ contact })} />
      </div>
      {mayDraft ? (
        <>
          <WholeTextEntry label={t('comment')} value={comment} maxLength={limits.comment} onValue={setComment} />
          {problem && <ProblemLine problem={problem} className="casework-problem" />}
          <div className="casework-bar">
            <span className="casework-grow casework-hint">{isChanged ? t('draftNotKept') : missing.length > 0 ? t('missing', { what: missing.join(t('comma')) }) : t('online')}</span>
            <Button variant="outlined" disabled={busy || !isChanged || isBehind || !whole} onClick={() => begin(() => ask(true))}>{t('keepDraft')}</Button>
            <Button variant="contained" disabled={busy || isBehind || missing.length > 0 || !whole} onClick={() => begin(() => ask(false))}>{t('submitDraft')}</Button>
          </div>
        </>
      ) : <p className="casework-hint">{t('forDrafters')}</p>}
    </section>
  );
}

function JointOrgan({ text, disabled, onChange }: { readonly text: OpinionText; readonly disabled: boolean; readonly onChange: (part: Partial<OpinionText>) => void }) {
  const { t } = useTranslation('casework');
  const organs = (useRecords('organ') ?? []).filter((organ) => organ.fields['kind'] === 'joint');
  return (
    <TextField select size="small" className="casework-grow" label={t('joint')} disabled={disabled} helperText={text.jointOrganId === null ? t('jointMissing') : ' '} value={text.jointOrganId ?? ''} onChange={(event) => onChange({ jointOrganId: event.target.value || null })}>
      {organs.map((organ) => <MenuItem key={organ.recordId} value={organ.recordId}>{String(organ.fields['name'])}</MenuItem>)}
    </TextField>
  );
}
