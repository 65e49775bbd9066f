import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import type { DocumentKind } from '#shared/domain/documents/document.ts';
import { paperStanding, type PaperRecord, type PaperStanding } from '#shared/domain/documents/read-document.ts';
import { Panel, Tag, type TagTone } from '../../ui/page.tsx';
import type { MadeKind } from './content-of.ts';
import type { Progress } from './paper-work.ts';

/** What is looked at: a stored paper, or the preview of one that does not exist yet. */
export type Shown = { readonly kind: 'paper'; readonly id: string } | { readonly kind: 'preview'; readonly paper: MadeKind };

const tones: Readonly<Record<PaperStanding, TagTone>> = {
  unmade: 'toVerify', made: 'quiet', printed: 'quiet', signed: 'ok', 'sign-refused': 'toVerify', 'receive-refused': 'toVerify', voided: 'quiet',
};

type Props = {
  readonly papers: readonly PaperRecord[];
  /** Kinds that this inspection still has no valid paper of. */
  readonly toMake: readonly MadeKind[];
  readonly mayMake: boolean;
  readonly mayFinish: boolean;
  readonly shown: Shown;
  readonly progress: Progress | null;
  readonly onShow: (shown: Shown) => void;
  readonly onMake: (kinds: readonly MadeKind[]) => void;
  readonly onFinish: (papers: readonly PaperRecord[]) => void;
};

/** The papers of one inspection, made and still to be made. */
export function PaperCards({ papers, toMake, mayMake, mayFinish, shown, progress, onShow, onMake, onFinish }: Props) {
  const { t } = useTranslation('documents');
  const unmade = papers.filter((paper) => paperStanding(paper) === 'unmade');
  return (
    <Panel title={t('papers')}>
      <ul className="documents-cards">
        {papers.map((paper) => (
          <li key={paper.id}>
            <button type="button" className="documents-card" aria-current={shown.kind === 'paper' && shown.id === paper.id} onClick={() => onShow({ kind: 'paper', id: paper.id })}>
              <span className="documents-card-name">{paper.title}</span>
              <StandingTag standing={paperStanding(paper)} />
              <span className="documents-card-more">{paper.fieldNumber}{paper.pdf ? ` · ${t('pagesCount', { count: paper.pdf.pages })}` : ''}</span>
            </button>
          </li>
        ))}
        {toMake.map((kind) => (
          <li key={kind}>
            <button type="button" className="documents-card" aria-current={shown.kind === 'preview' && shown.paper === kind} onClick={() => onShow({ kind: 'preview', paper: kind })}>
              <span className="documents-card-name">{t(`kinds.${kind}`)}</span>
              <Tag>{t('standings.preview')}</Tag>
              <span className="documents-card-more">{t(kind === 'supplement-list' ? 'afterAccepting' : 'afterLock')}</span>
            </button>
          </li>
        ))}
      </ul>
      {progress && <p className="documents-line" role="status">{t('making', { done: progress.done + 1, total: progress.total })}</p>}
      {mayMake && toMake.length > 0 && <div className="ui-row"><Button variant="contained" disabled={progress !== null} onClick={() => onMake(toMake)}>{t('makePapers')}</Button></div>}
      {mayFinish && unmade.length > 0 && <div className="ui-row"><Button variant="contained" disabled={progress !== null} onClick={() => onFinish(unmade)}>{t('finish')}</Button></div>}
      {unmade.map((paper) => <p key={paper.id} className="documents-hint">{t('finishHint', { number: paper.fieldNumber })}</p>)}
    </Panel>
  );
}

export function StandingTag({ standing }: { readonly standing: PaperStanding }) {
  const { t } = useTranslation('documents');
  return <Tag tone={tones[standing]}>{t(`standings.${standing}`)}</Tag>;
}

/** Papers that still count; a void one may be made anew. */
export function standing(papers: readonly PaperRecord[], kind: DocumentKind): PaperRecord | null {
  return papers.find((paper) => paper.kind === kind && !paper.voided) ?? null;
}
