import { useTranslation } from 'react-i18next';
import { useProblemText } from '../../ui/problem-text.ts';
import type { ImportLine, ReadingsPlan } from './readings-table.ts';

/** Lines shown; all of them are counted. */
const SHOWN = 60;

/** What the import would do: sums first, then what is wrong, then how it begins. */
export function ReadingsPreview({ plan }: { readonly plan: ReadingsPlan }) {
  const { t } = useTranslation('room-check');
  const bad = plan.lines.filter((line) => line.kind === 'bad');
  const shown = [...bad, ...plan.lines.filter((line) => line.kind !== 'bad')].slice(0, SHOWN);
  return (
    <>
      <p className="rooms-import-sum" role="status">
        {t('import.sum', { lines: plan.lines.length, readings: plan.readings, made: plan.made, matched: plan.matched })}
        {plan.gaps > 0 ? t('import.gaps', { count: plan.gaps }) : ''}
        {plan.bad > 0 ? t('import.bad', { count: plan.bad }) : ''}
      </p>
      <div className="ui-table-wrap rooms-import-table">
        <table className="ui-table">
          <thead>
            <tr><th>{t('import.line')}</th><th>{t('column.room')}</th><th>{t('column.readings')}</th><th>{t('import.what')}</th></tr>
          </thead>
          <tbody>{shown.map((line) => <PreviewLine key={line.line} line={line} />)}</tbody>
        </table>
      </div>
      {plan.lines.length > shown.length ? <p className="ui-field-hint">{t('import.more', { count: plan.lines.length - shown.length })}</p> : null}
    </>
  );
}

function PreviewLine({ line }: { readonly line: ImportLine }) {
  const { t } = useTranslation('room-check');
  const sentence = useProblemText();
  return (
    <tr>
      <td>{line.line}</td>
      <td>{line.room}</td>
      <td className="is-nowrap">{line.values.join(' ')}</td>
      <td className={line.kind === 'bad' ? 'rooms-import-bad' : 'ui-muted'}>{line.problem ? sentence(line.problem) : t(`import.kind.${line.kind}`)}</td>
    </tr>
  );
}
