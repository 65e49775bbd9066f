import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ledgerRows, type LedgerRow } from '#shared/domain/casework/ledger.ts';
import type { Role } from '#shared/domain/people/people.ts';
import { mayWrite } from '#shared/domain/policy.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk, useRecords } from '../../store/desk-context.tsx';
import { useMyRoles } from '../../store/use-names.ts';
import { navigate } from '../../ui/navigation.ts';
import { useOneAtATime } from '../../ui/one-at-a-time.ts';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { findingsIn, openingOf } from './open-case.ts';
import './casework.css';
import { nowInstant, todayInShanghai } from '../../ui/now.ts';

/** 整改台账: a row a finding, and the concluded inspections whose findings are not yet taken over. */
export function CorrectionsScreen() {
  const { t } = useTranslation('casework');
  const cases = useRecords('case');
  const [shown, setShown] = useState<'open' | 'all'>('open');
  const rows = useMemo(() => ledgerRows(cases ?? [], todayInShanghai()).filter((row) => shown === 'all' || row.state !== 'closed'), [cases, shown]);
  return (
    <div className="casework">
      <header className="casework-bar">
        <div className="casework-grow">
          <h1>{t('ledger')}</h1>
          <p className="casework-hint">{t('ledgerHint')}</p>
        </div>
        <ToggleButtonGroup size="small" exclusive value={shown} onChange={(_, value: 'open' | 'all' | null) => value && setShown(value)}>
          <ToggleButton value="open">{t('open')}</ToggleButton>
          <ToggleButton value="all">{t('all')}</ToggleButton>
        </ToggleButtonGroup>
      </header>
      <TakeOver cases={cases ?? []} />
      {cases && rows.length === 0 ? (
        <p className="casework-empty">{t('none')}<br />{t('noneHint')}</p>
      ) : (
        <LedgerTable rows={rows} />
      )}
    </div>
  );
}

/** Columns of figures: their headings stand over them. */
const numbers: ReadonlySet<string> = new Set(['found', 'limit', 'adjusted', 'photos']);

function LedgerTable({ rows }: { readonly rows: readonly LedgerRow[] }) {
  const { t } = useTranslation('casework');
  return (
    <table className="casework-table" aria-label={t('ledger')}>
      <thead>
        <tr>
          {(['unit', 'room', 'use', 'found', 'limit', 'adjusted', 'state', 'due', 'replied', 'rechecked', 'closed', 'photos'] as const).map((name) => <th key={name} scope="col" className={numbers.has(name) ? 'is-number' : undefined}>{t(name)}</th>)}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.caseId}/${row.findingId}`} className="is-link" onClick={() => navigate(`/corrections/${row.caseId}`)}>
            <td><a href={`#/corrections/${row.caseId}`}>{row.institutionName}</a></td>
            <td>{row.room}</td>
            <td>{row.use}</td>
            <td className="is-number">{row.setTemperatureC} ℃</td>
            <td className="is-number">{row.limitC} ℃</td>
            <td className="is-number">{row.adjustedToC === null ? '' : `${row.adjustedToC} ℃`}</td>
            <td>
              <span className={`casework-state is-${row.state}`}>{t(`states.${row.state}`)}</span>
              {row.forked && <span className="casework-warning">{t('forked')}</span>}
            </td>
            <td className={row.isOverdue ? 'casework-overdue' : ''}>{row.replyBy} {row.isOverdue && t('overdue')}</td>
            <td>{row.repliedOn}</td>
            <td>{row.recheckedOn}</td>
            <td>{row.closedOn}</td>
            <td className="is-number">{row.photos === 0 ? '' : row.photos}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Concluded inspections with findings and no case yet. */
function TakeOver({ cases }: { readonly cases: readonly RecordState[] }) {
  const { t } = useTranslation('casework');
  const desk = useDesk();
  const inspections = useRecords('inspection');
  const [waiting, setWaiting] = useState<readonly { inspection: RecordState; count: number }[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, begin] = useOneAtATime();
  const mayOpen = mayWrite('case', 'create', useMyRoles(desk.session.officerId) as readonly Role[]);
  const taken = useMemo(() => new Set(cases.map((record) => record.fields['inspectionId'])), [cases]);
  useEffect(() => {
    let stopped = false;
    const concluded = (inspections ?? []).filter((each) => each.fields['lock'] && !taken.has(each.recordId));
    void Promise.all(
      concluded.map(async (inspection) => {
        return { inspection, count: (await findingsIn(inspection, desk)).length };
      }),
    ).then((counted) => !stopped && setWaiting(counted.filter((each) => each.count > 0)));
    return () => {
      stopped = true;
    };
  }, [desk, inspections, taken]);

  const open = async (inspection: RecordState): Promise<void> => {
    const opening = openingOf(inspection, await findingsIn(inspection, desk), desk, nowInstant());
    // Somebody else's may have arrived this very moment: then there is nothing to open.
    const isThere = (await desk.get(opening.recordId)) !== null;
    const outcome = isThere ? null : await desk.edit([opening]);
    if (outcome === null || outcome.ok) navigate(`/corrections/${opening.recordId}`);
    else setProblem(outcome.problem);
  };

  if (waiting.length === 0) return null;
  return (
    <section className="casework-panel">
      <h2>{t('toOpen')}</h2>
      {!mayOpen && <p className="casework-hint">{t('forOfficers')}</p>}
      {problem && <ProblemLine problem={problem} className="casework-problem" />}
      {waiting.map(({ inspection, count }) => (
        <div key={inspection.recordId} className="casework-bar">
          <span className="casework-grow">{t('toOpenRow', { unit: String(inspection.fields['institutionName'] ?? ''), count })}</span>
          {mayOpen && <Button size="small" variant="contained" disabled={busy} onClick={() => begin(() => open(inspection))}>{t('openCase')}</Button>}
        </div>
      ))}
    </section>
  );
}
