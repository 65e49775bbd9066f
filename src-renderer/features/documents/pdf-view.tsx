import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paperInks } from '../../ui/tokens.ts';
import { openPdf, type OpenPdf, type PaperGap } from '../../pdf/view-pdf.ts';

/** CSS pixels a point at true size: CSS counts 96 pixels an inch, a point is 1/72. */
const TRUE_SIZE = 96 / 72;

/**
 * A paper at true proportion. Pages are painted when they come into sight. Gaps of a preview are buttons on the paper:
 * `onGap` gets the path of the missing field.
 */
export function PdfView({ bytes, label, trueSize, onGap }: { readonly bytes: Uint8Array; readonly label: string; readonly trueSize: boolean; readonly onGap?: (path: string) => void }) {
  const { t } = useTranslation('documents');
  const [pdf, setPdf] = useState<OpenPdf | null>(null);
  const [failed, setFailed] = useState(false);
  const frame = useRef<HTMLDivElement | null>(null);
  const width = useWidth(frame);
  useEffect(() => {
    let stopped = false;
    let opened: OpenPdf | null = null;
    // The reader takes its bytes away, so it gets its own.
    openPdf(bytes.slice()).then(
      (each) => {
        opened = each;
        if (stopped) void each.close();
        else {
          setFailed(false);
          setPdf(each);
        }
      },
      () => setFailed(!stopped),
    );
    return () => {
      stopped = true;
      if (opened) void opened.close();
    };
  }, [bytes]);
  const scale = pdf === null ? 1 : trueSize ? TRUE_SIZE : Math.max(0.2, (width - 32) / pdf.size.width);
  return (
    <div ref={frame} className="documents-view" role="document" aria-label={label}>
      {failed && <p className="ui-problem" role="alert">{t('previewFailed')}</p>}
      {pdf && Array.from({ length: pdf.pages }, (_, index) => <PdfPage key={index} pdf={pdf} number={index + 1} scale={scale} {...(onGap ? { onGap } : {})} />)}
    </div>
  );
}

function PdfPage({ pdf, number, scale, onGap }: { readonly pdf: OpenPdf; readonly number: number; readonly scale: number; readonly onGap?: (path: string) => void }) {
  const { t } = useTranslation('documents');
  const place = useRef<HTMLDivElement | null>(null);
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const [gaps, setGaps] = useState<readonly PaperGap[]>([]);
  const inSight = useInSight(place);
  useEffect(() => {
    if (!inSight || !canvas.current) return undefined;
    const stop = new AbortController();
    void pdf.paint(number, canvas.current, scale, stop.signal).then(
      (painted) => {
        if (!stop.signal.aborted) setGaps(painted.gaps);
      },
      // The document was closed while its page was being painted; the next one paints anew.
      () => undefined,
    );
    return () => stop.abort();
  }, [pdf, number, scale, inSight]);
  return (
    <div ref={place} className="documents-page" style={{ width: pdf.size.width * scale, height: pdf.size.height * scale, background: paperInks.white }}>
      <canvas ref={canvas} aria-label={t('page', { page: number, pages: pdf.pages })} />
      {onGap && gaps.map((gap, index) => (
        <button
          key={`${gap.path}-${index}`} type="button" className="documents-gap" title={t('toField')} aria-label={`${t('toField')} ${gap.path}`}
          style={{ left: `${gap.left * 100}%`, top: `${gap.top * 100}%`, width: `${gap.width * 100}%`, height: `${gap.height * 100}%` }}
          onClick={() => onGap(gap.path)}
        />
      ))}
    </div>
  );
}

function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(600);
  useEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const watch = new ResizeObserver(() => setWidth(current.clientWidth));
    watch.observe(current);
    return () => watch.disconnect();
  }, [element]);
  return width;
}

/** True once the element is near the visible part, and from then on. */
function useInSight(element: { readonly current: HTMLElement | null }): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const watch = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
    }, { rootMargin: '400px' });
    watch.observe(current);
    return () => watch.disconnect();
  }, [element]);
  return seen;
}
