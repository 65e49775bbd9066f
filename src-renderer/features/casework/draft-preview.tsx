import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/kit/problem.ts';
import { ask } from '../../bridge/bridge.ts';
import type { PdfResult } from '../../pdf/pdf-calls.ts';
import { openPdf, type OpenPdf } from '../../pdf/view-pdf.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { SetInLine } from './set-in-line.tsx';

type Preview = { readonly bytes: Uint8Array; readonly title: string; readonly made: PdfResult | null; readonly onClose: () => void };

/** A paper's pages at true proportion, to read, print and save as they are: a draft says on every page that it is one. */
export function DraftPreview({ bytes, title, made, onClose }: Preview) {
  const { t } = useTranslation('casework');
  const [pdf, setPdf] = useState<OpenPdf | null>(null);
  const [said, setSaid] = useState<string | Problem | null>(null);
  const printer = usePreferences().printer;
  const print = async (): Promise<void> => {
    const stored = await ask('evidence.put', { bytes: new Uint8Array(bytes), mediaType: 'application/pdf' });
    if (!stored.ok) return setSaid(stored.problem);
    const printed = await ask('print.evidence', { sha256: stored.value.sha256, title: title.slice(0, 120), printer, copies: 1 });
    setSaid(printed.ok ? t('printed', { printer: printed.value.printer }) : printed.problem);
  };
  const save = async (): Promise<void> => {
    const outcome = await ask('file.save', { suggestedName: `${title}.pdf`, bytes: new Uint8Array(bytes) });
    if (!outcome.ok) return setSaid(outcome.problem);
    if (outcome.value) setSaid(t('saved', { path: outcome.value.path }));
  };
  useEffect(() => {
    let opened: OpenPdf | null = null;
    let stopped = false;
    void openPdf(bytes.slice()).then((each) => {
      opened = each;
      if (stopped) void each.close();
      else setPdf(each);
    });
    return () => {
      stopped = true;
      if (opened) void opened.close();
    };
  }, [bytes]);
  return (
    <Dialog open onClose={onClose} maxWidth="md" fullWidth>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent className="casework-preview">
        {made && <SetInLine made={made} />}
        {pdf && Array.from({ length: pdf.pages }, (_, index) => <Page key={index} pdf={pdf} number={index + 1} />)}
      </DialogContent>
      <DialogActions>
        {said !== null && (typeof said === 'string' ? <span className="casework-grow casework-hint" role="status">{said}</span> : <ProblemLine problem={said} className="casework-problem" />)}
        <Button onClick={onClose}>{t('close')}</Button>
        <Button onClick={() => void save()}>{t('savePdf')}</Button>
        <Button variant="contained" onClick={() => void print()}>{t('print')}</Button>
      </DialogActions>
    </Dialog>
  );
}

function Page({ pdf, number }: { readonly pdf: OpenPdf; readonly number: number }) {
  const canvas = useRef<HTMLCanvasElement | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    if (canvas.current) void pdf.paint(number, canvas.current, 1.25, stop.signal);
    return () => stop.abort();
  }, [pdf, number]);
  return <canvas ref={canvas} className="casework-page" />;
}
