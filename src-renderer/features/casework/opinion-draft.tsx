import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpinionText } from '#shared/domain/casework/case-record.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { askOffice } from '../../bridge/bridge.ts';
import { useRecords } from '../../store/desk-context.tsx';
import { DateEntry } from '../../ui/date-entry.tsx';
import { useKept } from '../../ui/kept.ts';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { fits, WholeTextEntry } from '../../ui/whole-text-entry.tsx';

/** Longest texts that the record takes, in signs. */
const limits = { facts: 5000, demand: 3000, contact: 120, comment: 1000 } as const;

/** The text while it is a draft. Handing it on is an act of the server: the text stays here until it has it. */
export function OpinionDraft({ opinion }: { readonly opinion: RecordState }) {
  const { t } = useTranslation('casework');
  const organs = useRecords('organ');
  const [text, setText, forgetText] = useKept(`opinion/${opinion.recordId}/${opinion.by['text'] ?? ''}`, opinion.fields['text'] as unknown as OpinionText);
  const [comment, setComment, forgetComment] = useKept(`opinion/${opinion.recordId}/draft`, '');
  const [problem, setProblem] = useState<Problem | null>(null);
  const isOpinion = opinion.fields['form'] !== 'district-letter';
  const change = (part: Partial<OpinionText>): void => setText({ ...text, ...part });
  const missing = [text.facts.trim() === '' && t('facts'), text.demand.trim() === '' && t('demand'), text.replyBy === null && t('replyBy'), isOpinion && text.jointOrganId === null && t('joint')].filter(Boolean);
  const submit = async (): Promise<void> => {
    const outcome = await askOffice('opinion.draft', { opinionId: opinion.recordId, caseId: String(opinion.fields['caseId']), text, comment });
    setProblem(outcome.ok ? null : outcome.problem);
    if (!outcome.ok) return;
    forgetText();
    forgetComment();
  };
  const whole = fits(text.facts, limits.facts) && fits(text.demand, limits.demand) && fits(text.contact, limits.contact) && fits(comment, limits.comment);
  return (
    <section className="casework-panel casework-fields">
      {problem && <ProblemLine problem={problem} className="casework-problem" />}
      <WholeTextEntry rows={6} label={t('facts')} value={text.facts} maxLength={limits.facts} onValue={(facts) => change({ facts })} />
      <WholeTextEntry rows={4} label={t('demand')} value={text.demand} maxLength={limits.demand} onValue={(demand) => change({ demand })} />
      <div className="casework-entries">
        <DateEntry onlyAsWritten className="casework-date" label={t('replyBy')} hint={t('askReplyHint')} value={text.replyBy} onValue={(replyBy) => change({ replyBy })} />
        {isOpinion && (
          <TextField select size="small" className="casework-grow" label={t('joint')} helperText={text.jointOrganId === null ? t('jointMissing') : ' '} value={text.jointOrganId ?? ''} onChange={(event) => change({ jointOrganId: event.target.value || null })}>
            {(organs ?? []).filter((organ) => organ.fields['kind'] === 'joint').map((organ) => <MenuItem key={organ.recordId} value={organ.recordId}>{String(organ.fields['name'])}</MenuItem>)}
          </TextField>
        )}
        <WholeTextEntry className="casework-grow" label={t('contact')} value={text.contact} maxLength={limits.contact} onValue={(contact) => change({ contact })} />
      </div>
      <WholeTextEntry label={t('comment')} value={comment} maxLength={limits.comment} onValue={setComment} />
      <div className="casework-bar">
        <span className="casework-grow casework-hint">{missing.length > 0 ? t('missing', { what: missing.join('、') }) : t('online')}</span>
        <Button variant="contained" disabled={missing.length > 0 || !whole} onClick={() => void submit()}>{t('submitDraft')}</Button>
      </div>
    </section>
  );
}
