import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PaperRecord } from '#shared/domain/documents/read-document.ts';
import type { Role } from '#shared/domain/people/people.ts';
import { mayWrite } from '#shared/domain/policy.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { ask } from '../../bridge/bridge.ts';
import { copyOfPdf } from '../../pdf/render.ts';
import { useDesk } from '../../store/desk-context.tsx';
import { useMyRoles } from '../../store/use-names.ts';
import { setPreferences, usePreferences } from '../../ui/preferences.ts';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { printCopy, printOriginal, type PrintTools } from './print-paper.ts';

type Printer = { readonly name: string; readonly isDefault: boolean };

/** Printing and saving one stored paper. The button says which printer and how many pages. */
export function PrintBar({ paper }: { readonly paper: PaperRecord }) {
  const { t } = useTranslation('documents');
  const desk = useDesk();
  const printers = usePrinters();
  const preferred = usePreferences().printer;
  const mayNote = mayWrite('document', 'edit', useMyRoles(desk.session.officerId) as readonly Role[]);
  const [copies, setCopies] = useState(1);
  const [working, setWorking] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  if (!paper.pdf) return null;
  const { pdf } = paper;
  const none = printers?.length === 0;
  // What was signed is the one original; every further sheet says that it is a copy.
  const signed = paper.signatures.length > 0;
  const chosen = printers?.find((each) => each.name === preferred) ?? printers?.find((each) => each.isDefault) ?? null;
  const tools: PrintTools = {
    desk: mayNote ? desk : null, read: (request) => ask('evidence.read', request), store: (request) => ask('evidence.put', request), print: (request) => ask('print.evidence', request), markCopy: copyOfPdf,
  };

  const run = async (act: typeof printOriginal): Promise<void> => {
    setWorking(true);
    setProblem(null);
    setSaid(null);
    const outcome = await act(paper, { printer: preferred ?? null, copies, at: new Date().toISOString() }, tools);
    setWorking(false);
    if (!outcome.ok) return setProblem(outcome.problem);
    const { printer, pages } = outcome.value;
    setSaid(pages === null ? t('printedNoPages', { printer }) : t('printed', { printer, pages }));
  };
  const save = async (): Promise<void> => {
    setProblem(null);
    setSaid(null);
    const stored = await ask('evidence.read', { sha256: pdf.evidence.sha256 });
    if (!stored.ok) return setProblem(stored.problem);
    const outcome = await ask('file.save', { suggestedName: `${fileName(`${paper.fieldNumber} ${paper.title}`)}.pdf`, bytes: new Uint8Array(stored.value.bytes) });
    if (!outcome.ok) return setProblem(outcome.problem);
    if (outcome.value) setSaid(t('saved', { path: outcome.value.path }));
  };
  const name = preferred ?? chosen?.name ?? t('defaultPrinter');
  const print = copies === 1 ? t('print', { printer: name, pages: pdf.pages }) : t('printCopies', { printer: name, pages: pdf.pages, copies });
  return (
    <div className="documents-print">
      <div className="ui-row">
        {!signed && <Button variant="contained" disabled={working || none} onClick={() => void run(printOriginal)}>{working ? t('printing') : print}</Button>}
        <select className="ui-input is-choice documents-printer" aria-label={t('printer')} value={preferred ?? ''} onChange={(event) => setPreferences({ printer: event.target.value === '' ? null : event.target.value })}>
          <option value="">{t('defaultPrinter')}</option>
          {preferred !== null && !printers?.some((each) => each.name === preferred) && <option value={preferred}>{preferred}</option>}
          {(printers ?? []).map((each) => <option key={each.name} value={each.name}>{each.name}</option>)}
        </select>
        <label className="documents-copies">{t('copies')}
          <select className="ui-input is-choice" value={copies} onChange={(event) => setCopies(Number(event.target.value))}>{[1, 2, 3, 4, 5].map((each) => <option key={each} value={each}>{each}</option>)}</select>
        </label>
        <Button variant={signed ? 'contained' : 'outlined'} disabled={working || none} title={t('copyHint')} onClick={() => void run(printCopy)}>{t('printCopy')}</Button>
        <Button variant="outlined" disabled={working} onClick={() => void save()}>{t('save')}</Button>
      </div>
      {problem && (problem.code === 'unreadable-file' ? <p className="ui-problem" role="alert">{t('copyImpossible')}</p> : <ProblemLine problem={problem} className="ui-problem" />)}
      {said && <p className="documents-line" role="status">{said}</p>}
      {none && <p className="documents-hint">{t('noPrinters')}</p>}
    </div>
  );
}

function usePrinters(): readonly Printer[] | null {
  const [printers, setPrinters] = useState<readonly Printer[] | null>(null);
  useEffect(() => {
    let stopped = false;
    const look = (): void => {
      void ask('print.printers', {}).then((outcome) => {
        if (!stopped) setPrinters(outcome.ok ? outcome.value : []);
      });
    };
    look();
    // A portable printer is often plugged in just now.
    window.addEventListener('focus', look);
    return () => {
      stopped = true;
      window.removeEventListener('focus', look);
    };
  }, []);
  return printers;
}

/** A name that every file system takes. */
export function fileName(text: string): string {
  return text.replaceAll(/[\\/:*?"<>|]/g, ' ').replaceAll(/\p{Cc}/gu, ' ').trim().slice(0, 120);
}
