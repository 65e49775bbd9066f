import Button from '@mui/material/Button';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportedPackage, ImportedPackage } from '#shared/bridge/calls.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { ask } from '../../bridge/bridge.ts';
import { useDesk } from '../../store/desk-context.tsx';
import { Panel } from '../../ui/page.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';

type Said = { readonly lines: readonly string[]; readonly warnings: readonly string[] };
type Standing = { readonly kind: 'idle' } | { readonly kind: 'busy' } | { readonly kind: 'failed'; readonly problem: Problem } | ({ readonly kind: 'done' } & Said);

/** Work that goes to the office on a disk, and the receipt that comes back on it. */
export function PackagePanel() {
  const { t } = useTranslation('packages');
  const desk = useDesk();
  const [standing, setStanding] = useState<Standing>({ kind: 'idle' });
  const busy = standing.kind === 'busy';
  const exportAll = async (): Promise<void> => {
    setStanding({ kind: 'busy' });
    // What is typed and not yet in the journal would be missing from the file.
    await desk.flush();
    const outcome = await ask('package.export', {});
    setStanding(!outcome.ok ? { kind: 'failed', problem: outcome.problem } : outcome.value ? { kind: 'done', ...exported(t, outcome.value) } : { kind: 'idle' });
  };
  const importOne = async (): Promise<void> => {
    setStanding({ kind: 'busy' });
    const outcome = await ask('package.import', {});
    setStanding(!outcome.ok ? { kind: 'failed', problem: outcome.problem } : outcome.value ? { kind: 'done', ...imported(t, outcome.value) } : { kind: 'idle' });
  };
  return (
    <Panel title={t('title')} about={t('about')}>
      <div className="ui-row">
        <Button size="small" variant="outlined" disabled={busy} onClick={() => void exportAll()}>{t('export')}</Button>
        <Button size="small" variant="outlined" disabled={busy} onClick={() => void importOne()}>{t('import')}</Button>
      </div>
      <div role="status">
        {busy && <p className="ui-muted">{t('working')}</p>}
        {standing.kind === 'done' && standing.lines.map((line) => <p key={line} className="ui-notice">{line}</p>)}
        {standing.kind === 'done' && standing.warnings.map((line) => <p key={line} className="ui-warning">{line}</p>)}
      </div>
      {standing.kind === 'failed' && <ProblemLine problem={standing.problem} />}
    </Panel>
  );
}

type Say = TFunction<'packages'>;

function exported(t: Say, { path, changes, originals, originalsLeft }: ExportedPackage): Said {
  return { lines: [t('exported', { path, changes, originals })], warnings: originalsLeft > 0 ? [t('originalsLeft', { count: originalsLeft })] : [] };
}

function imported(t: Say, result: ImportedPackage): Said {
  if (result.kind === 'receipt') {
    const isNew = result.confirmed > 0 || result.originals > 0;
    return { lines: [isNew ? t('receipt', { ...result }) : t('receiptNothing')], warnings: result.refused > 0 ? [t('receiptRefused', { count: result.refused })] : [] };
  }
  const { refused, originalsMissing, receiptPath } = result;
  return {
    lines: [t('carried', { ...result }), ...(receiptPath === null ? [] : [t('receiptSaved', { path: receiptPath })])],
    warnings: [
      ...(refused > 0 ? [t('carriedRefused', { count: refused })] : []),
      ...(originalsMissing > 0 ? [t('originalsMissing', { count: originalsMissing })] : []),
      ...(receiptPath === null ? [t('receiptNotSaved')] : []),
    ],
  };
}
