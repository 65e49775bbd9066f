import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Basis, OpinionText } from '#shared/domain/casework/case-record.ts';
import { districtLetter } from '#shared/domain/documents/district-letter.ts';
import { opinionPaper, type OpinionPaper, type OpinionSources } from '#shared/domain/documents/opinion-paper.ts';
import { ownBureauOf } from '#shared/domain/people/own-bureau.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { failed, type Outcome } from '#shared/kit/outcome.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { ask } from '../../bridge/bridge.ts';
import type { PdfResult } from '../../pdf/pdf-calls.ts';
import { renderPdf, warmOfficialPdfWhenIdle } from '../../pdf/render.ts';
import { useDesk, useRecord, useRecords } from '../../store/desk-context.tsx';
import { useNames } from '../../store/use-names.ts';
import { useOneAtATime } from '../../ui/one-at-a-time.ts';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { DraftPreview } from './draft-preview.tsx';
import { useActor } from './use-actor.ts';
import { nowInstant } from '../../ui/now.ts';

/** `made` null: not by us, the sealed original. */
type Shown = { readonly bytes: Uint8Array; readonly title: string; readonly made: PdfResult | null };

/**
 * The papers of an opinion. Before the seal it prints only as 「送审稿 未盖章无效」 and goes out as DOCX for the office's own
 * system; after it the imported original is what is read, printed and saved.
 */
export function OpinionPapers({ opinion }: { readonly opinion: RecordState }) {
  const { t } = useTranslation('casework');
  const sourcesOf = useOpinionSources(opinion);
  const [shown, setShown] = useState<Shown | null>(null);
  const [said, setSaid] = useState<{ readonly path: string } | Problem | null>(null);
  const [busy, begin] = useOneAtATime();
  const say = (outcome: Outcome<{ readonly path: string } | null>): void => setSaid(outcome.ok ? outcome.value : outcome.problem);
  const content = (): OpinionPaper => (opinion.fields['form'] === 'district-letter' ? districtLetter : opinionPaper)(sourcesOf(nowInstant()));
  const original = (opinion.fields['original'] ?? null) as { readonly sha256: string; readonly mediaType: string } | null;

  const isDraft = original === null;
  useEffect(() => {
    if (isDraft) warmOfficialPdfWhenIdle();
  }, [isDraft]);

  const preview = async (): Promise<void> => {
    const paper = content();
    const made = await renderPdf(paper.kind, paper, { draft: true });
    setShown({ bytes: made.bytes, title: `${paper.title} ${t('unsealed')}`, made });
  };
  const saveDocx = async (): Promise<void> => {
    const { opinionDocx } = await import('../../pdf/opinion-docx.ts');
    const paper = content();
    say(await ask('file.save', { suggestedName: `${paper.title}-${t('unsealed')}.docx`, bytes: new Uint8Array(await opinionDocx(paper)) }));
  };
  const openOriginal = async (): Promise<void> => {
    if (!original) return;
    const read = await ask('evidence.read', { sha256: original.sha256 });
    if (!read.ok) return say(failed(read.problem.code, read.problem.detail));
    const title = `${content().title} ${String(opinion.fields['officialNumber'] ?? '')}`.trim();
    if (original.mediaType === 'application/pdf') return setShown({ bytes: read.value.bytes, title, made: null });
    say(await ask('file.save', { suggestedName: `${title}.${original.mediaType.split('/')[1] ?? 'jpg'}`, bytes: new Uint8Array(read.value.bytes) }));
  };
  return (
    <section className="casework-panel">
      <div className="casework-bar">
        <span className="casework-grow">{original ? t('sealed') : t('unsealed')}</span>
        {original && <Button size="small" variant="contained" disabled={busy} onClick={() => begin(openOriginal)}>{t('openOriginal')}</Button>}
        {!original && <Button size="small" variant="outlined" disabled={busy} onClick={() => begin(preview)}>{t('previewPdf')}</Button>}
        {!original && <Button size="small" variant="outlined" disabled={busy} onClick={() => begin(saveDocx)}>{t('saveDocx')}</Button>}
      </div>
      {said && ('code' in said ? <ProblemLine problem={said} className="casework-problem" /> : <p className="casework-hint">{t('saved', { path: said.path })}</p>)}
      {shown && <DraftPreview {...shown} onClose={() => setShown(null)} />}
    </section>
  );
}

function useOpinionSources(opinion: RecordState): (madeAt: string) => OpinionSources {
  const desk = useDesk();
  const nameOf = useNames();
  const institution = useRecord(String(opinion.fields['institutionId'] ?? ''));
  const organs = useRecords('organ');
  const lists = useRecords('basisList');
  const { organId } = useActor();
  const own = ownBureauOf(organs ?? [], { organId, officeName: desk.session.officeName });
  const listId = opinion.fields['basisListId'];
  const list = lists?.find((each) => each.recordId === listId) ?? [...(lists ?? [])].sort((a, b) => (String(a.fields['signedOffAt']) < String(b.fields['signedOffAt']) ? 1 : -1))[0];
  return (madeAt) => {
    const text = opinion.fields['text'] as unknown as OpinionText;
    return {
      text, madeAt,
      institution: { name: String(institution?.fields['name'] ?? opinion.fields['institutionName'] ?? ''), authority: String(institution?.fields['authority'] ?? '') },
      organ: own.organ ? own.name : null,
      jointOrgan: text.jointOrganId ? nameOf(text.jointOrganId) : null,
      officialNumber: (opinion.fields['officialNumber'] ?? null) as string | null,
      issuedOn: (opinion.fields['issuedOn'] ?? null) as string | null,
      fieldNumbers: (opinion.fields['fieldNumbers'] ?? []) as readonly string[],
      bases: (list?.fields['bases'] ?? []) as unknown as readonly Basis[],
      marks: { demo: desk.session.demo, sample: institution?.fields['sample'] === true },
    };
  };
}
