import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordTypeName } from '#shared/domain/records.ts';
import type { AppliedChange } from '#shared/journal/change.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { conflictsToSettle, type FieldHead, type RecordState } from '#shared/sync/record-state.ts';
import { ask } from '../bridge/bridge.ts';
import { useDesk } from '../store/desk-context.tsx';
import { useNames } from '../store/use-names.ts';
import { ProblemLine } from './problem-line.tsx';
import './conflict-panel.css';

/**
 * Fields that two people set without seeing each other: both values with who and when, one button each. Choosing writes a
 * change that settles the field; nothing is thrown away, both stay in the journal.
 */
export function ConflictPanel({ record, label, show, heading }: {
  readonly record: RecordState;
  readonly label: (path: string) => string;
  readonly show: (path: string, value: JsonValue) => string;
  /** In the place of the title and its explanation, where many records stand below each other. */
  readonly heading?: ReactNode;
}) {
  const { t } = useTranslation('app');
  const desk = useDesk();
  const nameOf = useNames();
  const changes = useChanges(record);
  const [problem, setProblem] = useState<Problem | null>(null);
  const paths = conflictsToSettle(record);
  if (paths.length === 0) return null;
  const choose = async (path: string, value: JsonValue): Promise<void> => {
    const outcome = await desk.edit([{ recordType: record.recordType as RecordTypeName, recordId: record.recordId, values: { [path]: value }, over: record }]);
    setProblem(outcome.ok ? null : outcome.problem);
  };
  /** 1, 2 … choose while one of the values has the focus. */
  const chosenBy = (key: string, path: string): void => {
    const head = /^[1-9]$/.test(key) ? record.conflicts[path]?.[Number(key) - 1] : undefined;
    if (head) void choose(path, head.value);
  };
  const deviceOf = ({ chainId }: AppliedChange): string => (chainId === desk.session.chainId ? t('conflict.thisDevice') : t('conflict.device', { code: chainId.slice(30, 36) }));
  const takeText = (change: AppliedChange | undefined): string => {
    if (!change) return t('conflict.take');
    return change.officerId === desk.session.officerId ? t('conflict.mine') : t('conflict.theirs', { name: nameOf(change.officerId) });
  };
  return (
    <section className="ui-conflict" aria-label={t('conflict.title')}>
      {heading ?? <><h2>{t('conflict.title')}</h2><p className="ui-page-about">{t('conflict.about')}</p></>}
      {problem && <ProblemLine problem={problem} />}
      {paths.map((path) => (
        <div key={path} className="ui-conflict-field" role="group" aria-label={label(path)} onKeyDown={(event) => chosenBy(event.key, path)}>
          <strong>{label(path)}</strong>
          <div className="ui-conflict-choices">
            {(record.conflicts[path] ?? []).map((head, index) => {
              const change = changes.get(head.by);
              return (
                <button key={head.by} type="button" className="ui-conflict-choice" onClick={() => void choose(path, head.value)}>
                  <span className="ui-conflict-value">{show(path, head.value) || t('conflict.empty')}</span>
                  <span className="ui-conflict-who">{change ? t('conflict.who', { name: nameOf(change.officerId), at: shanghaiDateTime(change.wall), device: deviceOf(change) }) : ''}</span>
                  <span className="ui-conflict-take"><kbd>{index + 1}</kbd> {takeText(change)}</span>
                </button>
              );
            })}
          </div>
          {(record.conflicts[path] ?? []).every(isText) && <ThirdValue label={label(path)} onWrite={(value) => void choose(path, value)} />}
        </div>
      ))}
    </section>
  );
}

function isText({ value }: FieldHead): boolean {
  return typeof value === 'string' || value === null;
}

/** A value of its own, where a field is a text: 回车 writes it. The digits that choose stay digits in here. */
function ThirdValue({ label, onWrite }: { readonly label: string; readonly onWrite: (value: string) => void }) {
  const { t } = useTranslation('app');
  const [text, setText] = useState('');
  return (
    <form className="ui-conflict-third" onKeyDown={(event) => event.stopPropagation()} onSubmit={(event) => {
      event.preventDefault();
      if (text.trim() !== '') onWrite(text.trim());
    }}>
      <input aria-label={`${t('conflict.third')} ${label}`} placeholder={t('conflict.third')} value={text} onChange={(event) => setText(event.target.value)} />
      <button type="submit" disabled={text.trim() === ''}>{t('conflict.write')}</button>
    </form>
  );
}

function useChanges(record: RecordState): ReadonlyMap<string, AppliedChange> {
  const [changes, setChanges] = useState<ReadonlyMap<string, AppliedChange>>(new Map());
  const wanted = Object.values(record.conflicts).flat().map((head) => head.by).sort().join(' ');
  useEffect(() => {
    if (wanted === '') return undefined;
    let stopped = false;
    void ask('journal.changes-of', { recordIds: [record.recordId] }).then((found) => {
      if (!stopped) setChanges(new Map(found.map((change) => [change.id, change])));
    });
    return () => {
      stopped = true;
    };
  }, [record.recordId, wanted]);
  return changes;
}
