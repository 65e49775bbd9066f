import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppliedChange } from '#shared/journal/change.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import { useDesk } from '../../store/desk-context.tsx';
import { Panel } from '../../ui/page.tsx';
import { useChangeNames } from './use-change-names.ts';

const SHOWN = 100;

/** Changes that a newer program wrote: kept on this laptop and shown in their records after its update. */
export function ParkedTable() {
  const { t } = useTranslation('sync');
  const parked = useParked();
  const rows = useChangeNames(parked);
  if (parked.length === 0) return null;
  return (
    <Panel title={t('parked', { count: parked.length })} about={t('parkedAbout')}>
      <div className="ui-table-wrap">
        <table className="ui-table" aria-label={t('parked', { count: parked.length })}>
          <thead><tr><th scope="col">{t('what')}</th><th scope="col">{t('unit')}</th><th scope="col">{t('writtenAt')}</th></tr></thead>
          <tbody>
            {rows.slice(0, SHOWN).map(({ change, what, unit, path }) => (
              <tr key={change.id}>
                <td>{path ? <a href={`#${path}`}>{what}</a> : what}</td>
                <td>{unit}</td>
                <td className="is-nowrap">{shanghaiDateTime(change.wall)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {parked.length > SHOWN && <p className="ui-page-about">{t('queueMore', { count: parked.length - SHOWN })}</p>}
    </Panel>
  );
}

function useParked(): readonly AppliedChange[] {
  const desk = useDesk();
  const [parked, setParked] = useState<readonly AppliedChange[]>([]);
  useEffect(() => {
    let stopped = false;
    const read = (): void => void desk.parked().then((found) => {
      if (!stopped) setParked(found);
    });
    read();
    const stop = desk.onRecords(read);
    return () => {
      stopped = true;
      stop();
    };
  }, [desk]);
  return parked;
}
