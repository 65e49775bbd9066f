import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BridgeReply } from '#shared/bridge/calls.ts';
import type { PaperContent } from '#shared/domain/documents/paper-content.ts';
import type { PaperRecord } from '#shared/domain/documents/read-document.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import { ask } from '../../bridge/bridge.ts';
import { renderPdf } from '../../pdf/render.ts';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { Slow } from '../../ui/slow.tsx';
import { PaperConflicts } from './paper-conflicts.tsx';
import { PdfView } from './pdf-view.tsx';
import { PrintBar } from './print-bar.tsx';
import { VoidPaper } from './void-paper.tsx';

/** Rest after the last change before a preview is drawn anew, ms. */
const PREVIEW_REST = 300;

/** A stored paper: its own bytes, to be read, printed and saved. `mayWork`: by those who took part in the inspection. */
export function StoredPaper({ paper, mayWork }: { readonly paper: PaperRecord; readonly mayWork: boolean }) {
  const { t } = useTranslation('documents');
  const sha256 = paper.pdf?.evidence.sha256 ?? null;
  const read = useEvidence(sha256);
  const bytes = read?.ok ? read.value.bytes : null;
  return (
    <Viewer title={`${paper.title} ${paper.fieldNumber}`} actions={mayWork && <VoidPaper paper={paper} />}>
      {(size) => (
        <>
          {mayWork && <PaperConflicts paperId={paper.id} />}
          {paper.voided && <p className="ui-warning">{t('standings.voided')}：{paper.voided.reason}</p>}
          {paper.pdf?.missingGlyphs && <p className="ui-warning" role="alert">{t('missingGlyphs', { characters: paper.pdf.missingGlyphs.join(' ') })}</p>}
          {!paper.voided && <PrintBar paper={paper} />}
          {read && !read.ok && <ProblemLine problem={read.problem} className="ui-problem" />}
          {sha256 === null && <p className="ui-warning">{t('finishHint', { number: paper.fieldNumber })}</p>}
          {bytes && <PdfView bytes={bytes} label={paper.title} trueSize={size} />}
          {sha256 !== null && read === null && <Waiting />}
          <Prints paper={paper} />
        </>
      )}
    </Viewer>
  );
}

/** Stored bytes by their hash; null while reading. */
function useEvidence(sha256: string | null): BridgeReply<'evidence.read'> | null {
  const [read, setRead] = useState<{ readonly of: string; readonly reply: BridgeReply<'evidence.read'> } | null>(null);
  useEffect(() => {
    let stopped = false;
    if (sha256 !== null) {
      void ask('evidence.read', { sha256 }).then((reply) => {
        if (!stopped) setRead({ of: sha256, reply });
      });
    }
    return () => {
      stopped = true;
    };
  }, [sha256]);
  return read !== null && read.of === sha256 ? read.reply : null;
}

/** A paper that does not exist yet, drawn from what the desk holds; its gaps lead to their fields. */
export function PaperPreview({ content, onGap }: { readonly content: PaperContent; readonly onGap: (path: string) => void }) {
  const { t } = useTranslation('documents');
  const [drawn, setDrawn] = useState<{ readonly bytes: Uint8Array; readonly missingGlyphs: readonly string[] } | null>(null);
  const [failed, setFailed] = useState(false);
  const first = useRef(true);
  useEffect(() => {
    let stopped = false;
    const timer = setTimeout(() => {
      first.current = false;
      renderPdf(content.kind, content as never, { draft: true }).then(
        (result) => {
          if (!stopped) setDrawn(result);
        },
        () => setFailed(!stopped),
      );
    }, first.current ? 0 : PREVIEW_REST);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [content]);
  return (
    <Viewer title={t('previewOf', { paper: content.title })}>
      {(size) => (
        <>
          <p className="ui-notice">{t(content.kind === 'supplement-list' ? 'previewOfSupplement' : 'previewNotice')} <small>{t('fontLine')}</small></p>
          {drawn && drawn.missingGlyphs.length > 0 && <p className="ui-warning" role="alert">{t('missingGlyphs', { characters: drawn.missingGlyphs.join(' ') })}</p>}
          {failed && <p className="ui-problem" role="alert">{t('previewFailed')}</p>}
          {drawn ? <PdfView bytes={drawn.bytes} label={content.title} trueSize={size} onGap={onGap} /> : <Waiting />}
        </>
      )}
    </Viewer>
  );
}

function Viewer({ title, actions, children }: { readonly title: string; readonly actions?: ReactNode; readonly children: (trueSize: boolean) => ReactNode }) {
  const { t } = useTranslation('documents');
  const [trueSize, setTrueSize] = useState(false);
  return (
    <section className="documents-viewer" aria-label={title}>
      <div className="documents-viewer-head">
        <h2>{title}</h2>
        <span className="ui-row">
          {actions}
          <button type="button" className="ui-small-button" aria-pressed={trueSize} onClick={() => setTrueSize(!trueSize)}>{trueSize ? t('fitWidth') : t('trueSize')}</button>
        </span>
      </div>
      {children(trueSize)}
    </section>
  );
}

function Prints({ paper }: { readonly paper: PaperRecord }) {
  const { t } = useTranslation('documents');
  if (paper.prints.length === 0) return null;
  return (
    <details className="documents-prints">
      <summary>{t('prints')} {paper.prints.length}</summary>
      <ul>
        {paper.prints.map((print) => (
          <li key={print.id}>{t(print.copyNo === 0 ? 'printRow' : 'copyRow', { at: shanghaiDateTime(print.at), printer: print.printer, number: print.copyNo })}</li>
        ))}
      </ul>
    </details>
  );
}

function Waiting() {
  return <Slow><div className="documents-waiting" aria-busy="true" /></Slow>;
}
