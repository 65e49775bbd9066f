import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppliedChange } from '#shared/journal/change.ts';
import type { Refusal } from '#shared/sync/wire.ts';
import { ask } from '../../bridge/bridge.ts';
import { Panel } from '../../ui/page.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { useChangeNames } from './use-change-names.ts';

/** Changes that the server keeps but does not publish, each with its reason. None is ever deleted here. */
export function RefusedTable({ refused }: { readonly refused: readonly Refusal[] }) {
  const { t } = useTranslation('sync');
  const sentence = useProblemText();
  const changes = useRefusedChanges(refused);
  const rows = useChangeNames(changes);
  const reasons = new Map(refused.map((refusal) => [refusal.seq, refusal.problem]));
  return (
    <Panel title={t('refused', { count: refused.length })} about={t('refusedAbout')}>
      <div className="ui-table-wrap">
        <table className="ui-table" aria-label={t('refused', { count: refused.length })}>
          <thead><tr><th scope="col">{t('what')}</th><th scope="col">{t('unit')}</th><th scope="col">{t('fields')}</th><th scope="col">{t('why')}</th></tr></thead>
          <tbody>
            {rows.map(({ change, what, unit, path }) => {
              const problem = reasons.get(change.seq);
              return (
                <tr key={change.id}>
                  <td>{path ? <a href={`#${path}`}>{what}</a> : what}</td>
                  <td>{unit}</td>
                  <td>{fieldNames(change).map((field) => t([`problems:fields.${field}`, 'problems:fields.this'])).join('、')}</td>
                  <td>{problem ? sentence(problem) : ''}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function fieldNames(change: AppliedChange): readonly string[] {
  return [...new Set(Object.keys(change.patch).map((path) => path.split('/')[0] ?? path))];
}

function useRefusedChanges(refused: readonly Refusal[]): readonly AppliedChange[] {
  const [changes, setChanges] = useState<readonly AppliedChange[]>([]);
  const wanted = refused.map((refusal) => refusal.seq).join(' ');
  useEffect(() => {
    let stopped = false;
    void Promise.all(wanted.split(' ').map(async (seq) => (await ask('journal.read', { fromSeq: Number(seq), limit: 1 })).changes[0])).then((found) => {
      if (!stopped) setChanges(found.filter((change) => change !== undefined));
    });
    return () => {
      stopped = true;
    };
  }, [wanted]);
  return changes;
}
