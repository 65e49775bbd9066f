import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '#shared/bridge/calls.ts';
import type { ProblemCode } from '#shared/kit/problem.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import { useDesk, useSaveState } from '../../store/desk-context.tsx';
import { useDisputed } from '../../store/use-disputed.ts';
import { syncNow, useSyncStatus } from '../../store/use-sync-status.ts';
import { Page, PageHeader, Panel } from '../../ui/page.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { MediaPanel } from './media-panel.tsx';
import { PackagePanel } from './package-panel.tsx';
import { QueueTable } from './queue-table.tsx';
import { ParkedTable } from './parked-table.tsx';
import { RefusedTable } from './refused-table.tsx';
import { StuckTable } from './stuck-table.tsx';

/** What a laptop in the field meets every day: said, not shouted. */
const awaited: ReadonlySet<ProblemCode> = new Set(['offline', 'server-unreachable', 'half-reply']);

/** What is on its way, what was refused and why, and when this laptop last spoke with the office. */
export function SyncScreen() {
  const { t } = useTranslation('sync');
  const desk = useDesk();
  const status = useSyncStatus();
  const save = useSaveState();
  const disputed = useDisputed()?.length ?? 0;
  const [busy, setBusy] = useState(false);
  const exchange = async (): Promise<void> => {
    setBusy(true);
    await desk.flush();
    await syncNow();
    setBusy(false);
  };
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')}>
        <Button variant="contained" disabled={busy} onClick={() => void exchange()}>{busy || status?.phase === 'exchanging' ? t('exchanging') : t('now')}</Button>
      </PageHeader>
      {save.kind === 'failed' && <ProblemLine problem={save.problem} />}
      {desk.session.readOnly && <ProblemLine problem={desk.session.readOnly} />}
      {status && <Standing status={status} />}
      {disputed > 0 && <p className="ui-warning"><a href="#/sync/conflicts">{t('conflictsHere', { count: disputed })}</a></p>}
      <StuckTable />
      {status && status.refused.length > 0 && <RefusedTable refused={status.refused} />}
      {status && <QueueTable unsent={status.unsent} />}
      <MediaPanel />
      <PackagePanel />
      <ParkedTable />
    </Page>
  );
}

function Standing({ status }: { readonly status: SyncStatus }) {
  const { t } = useTranslation('sync');
  const { session } = useDesk();
  const sentence = useProblemText();
  const { phase, unsent, lastContactAt, lastProblem, clockOffsetMs, setBack, evidencePending, refused } = status;
  const minutes = Math.round(Math.abs(clockOffsetMs ?? 0) / 60_000);
  return (
    <Panel title={t('standing')}>
      <p className={unsent === 0 && refused.length === 0 && lastContactAt ? 'ui-notice' : 'ui-warning'}>{summary()}</p>
      {lastProblem && (awaited.has(lastProblem.code) ? <p className="ui-muted">{sentence(lastProblem)}</p> : <ProblemLine problem={lastProblem} />)}
      {setBack && <p className={setBack.finishedAt ? 'ui-muted' : 'ui-warning'}>{t(setBack.finishedAt ? 'setBackDone' : 'setBackGoesOn', { at: shanghaiDateTime(setBack.noticedAt), count: setBack.resent })}</p>}
      {minutes >= 2 && <p className="ui-warning">{t((clockOffsetMs ?? 0) > 0 ? 'clockAhead' : 'clockBehind', { minutes })}</p>}
      <dl className="ui-facts">
        <dt>{t('phase')}</dt><dd>{t(`phases.${phase}`)}</dd>
        <dt>{t('unsent')}</dt><dd>{t('records', { count: unsent })}</dd>
        <dt>{t('evidence')}</dt><dd>{evidencePending.files === 0 ? t('evidenceNone') : t('evidencePending', { files: evidencePending.files, size: (evidencePending.bytes / 1_048_576).toFixed(1) })}</dd>
        <dt>{t('refusedCount')}</dt><dd>{t('records', { count: refused.length })}</dd>
        <dt>{t('lastContact')}</dt><dd>{lastContactAt ? shanghaiDateTime(lastContactAt) : t('never')}</dd>
        <dt>{t('clock')}</dt><dd>{clockOffsetMs === null ? t('clockUnknown') : minutes >= 2 ? t('clockOff', { minutes }) : t('clockFine')}</dd>
        <dt>{t('server')}</dt><dd>{session.serverUrl}</dd>
        <dt>{t('chain')}</dt><dd>{session.chainCode}</dd>
      </dl>
    </Panel>
  );

  function summary(): string {
    if (refused.length > 0) return t('someRefused', { count: refused.length });
    if (unsent > 0) return phase === 'offline' ? t('waitingOffline', { count: unsent }) : t('waiting', { count: unsent });
    return lastContactAt ? t('allSent') : t('noContactYet');
  }
}
