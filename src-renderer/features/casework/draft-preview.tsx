import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openPdf, type OpenPdf } from '../../pdf/view-pdf.ts';

/** The draft's pages at true proportion, for reading only: a draft is never printed as the issued paper. */
export function DraftPreview({ bytes, title, onClose }: { readonly bytes: Uint8Array; readonly title: string; readonly onClose: () => void }) {
  const { t } = useTranslation('casework');
  const [pdf, setPdf] = useState<OpenPdf | null>(null);
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
        {pdf && Array.from({ length: pdf.pages }, (_, index) => <Page key={index} pdf={pdf} number={index + 1} />)}
      </DialogContent>
      <DialogActions><Button onClick={onClose}>{t('close')}</Button></DialogActions>
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
