import { useTranslation } from 'react-i18next';
import { importColumns, type ImportColumn } from '#shared/domain/institutions/import-columns.ts';
import type { RowFault } from '#shared/domain/institutions/import-row.ts';
import type { ImportPreview } from '#shared/domain/institutions/import-table.ts';
import { Panel } from '../../ui/page.tsx';

/** More than this are counted, not drawn: the file of bad rows has them all. */
const SHOWN = 200;

function columnName(column: ImportColumn): string {
  return importColumns.find(({ id }) => id === column)?.zh ?? column;
}

/** Every fault by line, column and reason. */
export function BadRows({ bad, sentenceOf }: { readonly bad: ImportPreview['bad']; readonly sentenceOf: (fault: RowFault) => string }) {
  const { t } = useTranslation('institutions');
  return (
    <Panel title={t('badTitle', { count: bad.length })}>
      <div className="ui-table-wrap">
        <table className="ui-table" aria-label={t('badTitle', { count: bad.length })}>
          <thead><tr><th scope="col">{t('line')}</th><th scope="col">{t('column')}</th><th scope="col">{t('reason')}</th><th scope="col">{t('asWritten')}</th></tr></thead>
          <tbody>
            {bad.slice(0, SHOWN).flatMap(({ line, cells, faults }) => faults.map((fault, index) => (
              <tr key={`${line}/${fault.column}/${index}`}>
                <td className="is-number">{line}</td>
                <td className="is-nowrap">{columnName(fault.column)}</td>
                <td>{sentenceOf(fault)}</td>
                <td className="institutions-cells">{index === 0 ? cells.filter((cell) => cell !== '').join(' | ').slice(0, 120) : ''}</td>
              </tr>
            )))}
          </tbody>
        </table>
      </div>
      {bad.length > SHOWN && <p className="ui-page-about">{t('more', { count: bad.length - SHOWN })}</p>}
    </Panel>
  );
}

/** Rows that go in, but deserve a look. */
export function Warnings({ warnings }: { readonly warnings: ImportPreview['warnings'] }) {
  const { t } = useTranslation('institutions');
  return (
    <Panel title={t('warningsTitle', { count: warnings.length })}>
      <ul className="institutions-warnings">
        {warnings.slice(0, SHOWN).map((warning) => <li key={`${warning.line}/${warning.column}/${warning.code}`}>{t('warningAt', { line: warning.line, column: columnName(warning.column) })} {t(`warnings.${warning.code}`)}</li>)}
      </ul>
      {warnings.length > SHOWN && <p className="ui-page-about">{t('more', { count: warnings.length - SHOWN })}</p>}
    </Panel>
  );
}

export function GoodRows({ good }: { readonly good: ImportPreview['good'] }) {
  const { t } = useTranslation('institutions');
  return (
    <Panel title={t('goodTitle', { count: good.length })}>
      <div className="ui-table-wrap">
        <table className="ui-table" aria-label={t('goodTitle', { count: good.length })}>
          <thead><tr>{(['line', 'name', 'creditCode', 'level', 'authority', 'buildingKind', 'liaison'] as const).map((name) => <th key={name} scope="col">{t(name)}</th>)}</tr></thead>
          <tbody>
            {good.slice(0, 50).map(({ line, values }) => (
              <tr key={line}>
                <td className="is-number">{line}</td><td>{values.name}</td><td className="is-nowrap">{values.creditCode ?? t('noCode')}</td><td>{t(`levels.${values.level}`)}</td>
                <td>{values.authority}</td><td>{t(`buildingKinds.${values.buildingKind}`)}</td><td>{values.liaison ? `${values.liaison.name} ${values.liaison.telephone}` : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {good.length > 50 && <p className="ui-page-about">{t('more', { count: good.length - 50 })}</p>}
    </Panel>
  );
}
