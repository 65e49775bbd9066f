import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppliedChange } from '#shared/journal/change.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import { ask } from '../../bridge/bridge.ts';
import { useDesk } from '../../store/desk-context.tsx';
import { Panel } from '../../ui/page.tsx';
import { useChangeNames } from './use-change-names.ts';

const SHOWN = 100;

/** The changes in the journal that have no receipt yet, the oldest first. */
export function QueueTable({ unsent }: { readonly unsent: number }) {
  const { t } = useTranslation('sync');
  const queue = useQueue(unsent);
  const rows = useChangeNames(queue);
  if (unsent === 0) return null;
  return (
    <Panel title={t('queue', { count: unsent })} about={t('queueAbout')}>
      <div className="ui-table-wrap">
        <table className="ui-table" aria-label={t('queue', { count: unsent })}>
          <thead><tr><th scope="col">{t('what')}</th><th scope="col">{t('unit')}</th><th scope="col">{t('writtenAt')}</th></tr></thead>
          <tbody>
            {rows.map(({ change, what, unit, path }) => (
              <tr key={change.id}>
                <td>{path ? <a href={`#${path}`}>{what}</a> : what}</td>
                <td>{unit}</td>
                <td className="is-nowrap">{shanghaiDateTime(change.wall)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {unsent > SHOWN && <p className="ui-page-about">{t('queueMore', { count: unsent - SHOWN })}</p>}
    </Panel>
  );
}

/** Unsent changes are the end of the own chain; main counts them, so the last `unsent` of it are they. */
function useQueue(unsent: number): readonly AppliedChange[] {
  const { session } = useDesk();
  const [queue, setQueue] = useState<readonly AppliedChange[]>([]);
  useEffect(() => {
    if (unsent === 0) return undefined;
    let stopped = false;
    void tail(Math.max(1, session.ownSeq - unsent + 1), unsent).then((changes) => {
      if (!stopped) setQueue(changes.slice(0, SHOWN));
    });
    return () => {
      stopped = true;
    };
  }, [session.ownSeq, unsent]);
  return queue;
}

async function tail(fromSeq: number, count: number): Promise<readonly AppliedChange[]> {
  let kept: readonly AppliedChange[] = [];
  for (let from: number | null = fromSeq; from !== null; ) {
    const { changes, next }: { changes: readonly AppliedChange[]; next: number | null } = await ask('journal.read', { fromSeq: from, limit: 5000 });
    kept = [...kept, ...changes].slice(-count);
    from = changes.length === 0 ? null : next;
  }
  return kept;
}
