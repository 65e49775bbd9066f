import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk, useSaveState } from '../../store/desk-context.tsx';
import type { StuckField } from '../../store/stuck-fields.ts';
import { Panel } from '../../ui/page.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { nameOfRecord, pathOfRecord } from './use-change-names.ts';

/** Typed values that no record can hold, word for word, each with its reason: only a person gives one up. */
export function StuckTable() {
  const { t } = useTranslation('sync');
  const desk = useDesk();
  const sentence = useProblemText();
  // Any change of what is saved is a reason to look again.
  useSaveState();
  const [, lookAgain] = useState(0);
  const stuck = desk.stuck();
  const records = useRecordsOf(stuck);
  if (stuck.length === 0) return null;
  return (
    <Panel title={t('stuck', { count: stuck.length })} about={t('stuckAbout')}>
      <div className="ui-table-wrap">
        <table className="ui-table" aria-label={t('stuck', { count: stuck.length })}>
          <thead><tr><th scope="col">{t('what')}</th><th scope="col">{t('stuckText')}</th><th scope="col">{t('why')}</th><th scope="col" aria-label={t('giveUp')} /></tr></thead>
          <tbody>
            {stuck.map(({ recordId, recordType, path, value, problem }) => {
              const record = records.get(recordId) ?? null;
              const where = pathOfRecord(record);
              const what = nameOfRecord(t, recordType, record);
              return (
                <tr key={`${recordId}/${path}`}>
                  <td>{where ? <a href={`#${where}`}>{what}</a> : what}</td>
                  <td>{typeof value === 'string' ? value : JSON.stringify(value)}</td>
                  <td>{sentence({ ...problem, detail: { ...problem.detail, field: path } })}</td>
                  <td><Button size="small" onClick={() => { desk.drop(recordId, path); lookAgain((count) => count + 1); }}>{t('giveUp')}</Button></td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function useRecordsOf(stuck: readonly StuckField[]): ReadonlyMap<string, RecordState> {
  const desk = useDesk();
  const [records, setRecords] = useState<ReadonlyMap<string, RecordState>>(new Map());
  const wanted = [...new Set(stuck.map(({ recordId }) => recordId))].join(' ');
  useEffect(() => {
    let stopped = false;
    void Promise.all(wanted.split(' ').filter((id) => id !== '').map((id) => desk.get(id))).then((found) => {
      if (!stopped) setRecords(new Map(found.flatMap((record) => (record ? [[record.recordId, record] as const] : []))));
    });
    return () => {
      stopped = true;
    };
  }, [desk, wanted]);
  return records;
}
