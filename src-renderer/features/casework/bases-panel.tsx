import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Basis } from '#shared/domain/casework/case-record.ts';
import { knownBases } from '#shared/domain/casework/legal-bases.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import { officeCalls } from '#shared/sync/office-calls.ts';
import { askOffice } from '../../bridge/bridge.ts';
import { useRecords } from '../../store/desk-context.tsx';
import { useNames } from '../../store/use-names.ts';
import { useOneAtATime } from '../../ui/one-at-a-time.ts';
import { ProblemLine } from '../../ui/problem-line.tsx';

/** The legal section's list of bases: what is signed off, and for the legal section the choice of what to sign off. */
export function BasesPanel({ roles }: { readonly roles: readonly string[] }) {
  const { t } = useTranslation('casework');
  const nameOf = useNames();
  const lists = useRecords('basisList');
  const latest = [...(lists ?? [])].sort((a, b) => (String(a.fields['signedOffAt']) < String(b.fields['signedOffAt']) ? 1 : -1))[0];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(knownBases.filter((basis) => basis.enabled).map((basis) => basis.id)));
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, begin] = useOneAtATime();
  const signOff = async (): Promise<void> => {
    const bases = knownBases.filter((basis) => chosen.has(basis.id)).map(({ id, name, article, textVersion, status, source }): Basis => ({ id, name, article, textVersion, status, source }));
    const outcome = await askOffice('bases.sign-off', { bases, comment: '' });
    setProblem(outcome.ok ? null : outcome.problem);
  };
  const legal = officeCalls['bases.sign-off'].roles.some((role) => roles.includes(role));
  const shown: readonly Basis[] = legal ? knownBases : ((latest?.fields['bases'] ?? []) as unknown as readonly Basis[]);
  return (
    <section className="casework-panel">
      <h2>{t('basesTitle')}</h2>
      {latest ? (
        <p className="casework-hint">{t('basesSignedOff', { name: nameOf(String(latest.fields['signedOffBy'])), at: shanghaiDateTime(String(latest.fields['signedOffAt'])) })}</p>
      ) : (
        lists && <p className="casework-warning">{t('basesMissing')}</p>
      )}
      {problem && <ProblemLine problem={problem} className="casework-problem" />}
      <ul className="casework-bases">
        {shown.map((basis) => (
          <li key={basis.id}>
            {legal && (
              <Checkbox
                size="small"
                disabled={basis.status !== 'verified'}
                checked={chosen.has(basis.id)}
                slotProps={{ input: { 'aria-label': `${basis.name} ${basis.article}` } }}
                onChange={(event) => setChosen((before) => (event.target.checked ? new Set([...before, basis.id]) : new Set([...before].filter((id) => id !== basis.id))))}
              />
            )}
            {basis.name} {basis.article}
            <small>{t(`basisStatus.${basis.status}`)} · {t('basisVersion')} {basis.textVersion} · {t('basisSource')} {basis.source}</small>
          </li>
        ))}
      </ul>
      {legal && (
        <>
          <p className="casework-hint">{t('signOffHint')}</p>
          <Button size="small" variant="contained" disabled={busy || chosen.size === 0} onClick={() => begin(signOff)}>{t('signOff')}</Button>
        </>
      )}
    </section>
  );
}
