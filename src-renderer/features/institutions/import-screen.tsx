import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { importColumns, importTemplateHeader } from '#shared/domain/institutions/import-columns.ts';
import type { RowFault } from '#shared/domain/institutions/import-row.ts';
import { badRowsCsv, rowsToImport, type ImportPreview } from '#shared/domain/institutions/import-table.ts';
import { csvRow } from '#shared/kit/delimited-text.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { ask } from '../../bridge/bridge.ts';
import { useDesk } from '../../store/desk-context.tsx';
import { useOwnAuthority } from '../../store/use-names.ts';
import { navigate } from '../../ui/navigation.ts';
import { Page, PageHeader, Panel } from '../../ui/page.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { BadRows, GoodRows, Warnings } from './import-preview.tsx';
import { importRows, type ImportResult } from './import-rows.ts';
import { previewTableFile } from './read-table-file.ts';

type Chosen = { readonly name: string; readonly preview: ImportPreview };

/** A file becomes a preview, a preview becomes units: all of them, or on request only the good rows. */
export function ImportScreen() {
  const { t } = useTranslation('institutions');
  const desk = useDesk();
  const ownAuthority = useOwnAuthority(desk.session.officeName);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [reading, setReading] = useState(false);
  const choose = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setReading(true);
    setProblem(null);
    setChosen(null);
    const known = await desk.list('institution');
    const existing = known.filter(({ fields }) => fields['removed'] !== true).map(({ fields }) => ({ name: String(fields['name'] ?? ''), creditCode: (fields['creditCode'] ?? null) as string | null }));
    const outcome = await previewTableFile(file, { existing, ownAuthority });
    if (outcome.ok) setChosen({ name: file.name, preview: outcome.value });
    else setProblem(outcome.problem);
    setReading(false);
  };
  return (
    <Page>
      <PageHeader title={t('importTitle')} about={t('importAbout')}>
        <Button onClick={() => navigate('/institutions')}>{t('back')}</Button>
        <Button variant="outlined" onClick={() => void saveText(t('templateName'), `\ufeff${csvRow([...importTemplateHeader])}`)}>{t('template')}</Button>
        <Button component="label" variant="contained" disabled={reading}>
          {reading ? t('reading') : t('chooseFile')}
          <input
            hidden type="file" accept=".csv,.txt,.tsv,.xlsx" aria-label={t('chooseFile')}
            onChange={(event) => {
              void choose(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
        </Button>
      </PageHeader>
      {problem && <ProblemLine problem={problem} />}
      {!chosen && !problem && <Panel title={t('columnsTitle')} about={t('columnsAbout')}><ol className="institutions-columns">{importColumns.map(({ id, zh }) => <li key={id}>{zh}</li>)}</ol></Panel>}
      {chosen && <Preview key={chosen.name} chosen={chosen} onDone={() => setChosen(null)} />}
    </Page>
  );
}

function Preview({ chosen, onDone }: { readonly chosen: Chosen; readonly onDone: () => void }) {
  const { t } = useTranslation('institutions');
  const desk = useDesk();
  const sentence = useProblemText();
  const { preview, name } = chosen;
  const { good, bad } = preview;
  const [progress, setProgress] = useState<number | null>(null);
  const [result, setResult] = useState<ImportResult | null>(null);
  const sentenceOf = (fault: RowFault): string => sentence(fault.problem, importColumns.find(({ id }) => id === fault.column)?.zh);
  const saveBad = (): Promise<boolean> => saveText(t('badRowsName', { name: name.replace(/\.\w+$/, '') }), badRowsCsv(preview, (fault) => sentenceOf(fault)));
  const start = async (goodOnly: boolean): Promise<void> => {
    const rows = rowsToImport(preview, goodOnly);
    if (!rows.ok || (goodOnly && bad.length > 0 && !(await saveBad()))) return;
    setProgress(0);
    setResult(await importRows(desk, rows.value, setProgress));
    setProgress(null);
  };
  if (result?.kind === 'done') {
    return (
      <Panel title={t('imported', { count: result.rows })}>
        <div className="ui-row"><Button variant="contained" onClick={() => navigate('/institutions')}>{t('seeList')}</Button><Button onClick={onDone}>{t('another')}</Button></div>
      </Panel>
    );
  }
  return (
    <>
      <Panel title={t('previewOf', { name })}>
        <p className={bad.length > 0 ? 'ui-warning' : 'ui-notice'}>{bad.length > 0 ? t('someBad', { good: good.length, bad: bad.length }) : t('allGood', { count: good.length })}</p>
        {preview.ignored.length > 0 && <p className="ui-page-about">{t('ignored', { names: preview.ignored.join('、') })}</p>}
        {result && <ProblemLine problem={result.problem} />}
        {result && <p className="ui-warning">{t('nothingImported')}</p>}
        <div className="ui-row">
          <Button variant="contained" disabled={bad.length > 0 || good.length === 0 || progress !== null} onClick={() => void start(false)}>{progress === null ? t('importAll', { count: good.length }) : t('importing', { done: progress, of: good.length })}</Button>
          {bad.length > 0 && <Button variant="outlined" disabled={good.length === 0 || progress !== null} onClick={() => void start(true)}>{t('importGood', { good: good.length, bad: bad.length })}</Button>}
          {bad.length > 0 && <Button onClick={() => void saveBad()}>{t('saveBad', { count: bad.length })}</Button>}
        </div>
      </Panel>
      {bad.length > 0 && <BadRows bad={bad} sentenceOf={sentenceOf} />}
      {preview.warnings.length > 0 && <Warnings warnings={preview.warnings} />}
      {good.length > 0 && <GoodRows good={good} />}
    </>
  );
}

/** Asks where and writes there; false when the person cancelled or the disk refused. */
async function saveText(suggestedName: string, text: string): Promise<boolean> {
  const outcome = await ask('file.save', { suggestedName, bytes: new Uint8Array(new TextEncoder().encode(text)) });
  return outcome.ok && outcome.value !== null;
}
