import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { demoPeople, type DemoPerson } from '#shared/domain/demo/demo-people.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { useScreenReady } from '../../ui/screen-ready.ts';
import { SessionPage } from './session-page.tsx';

/** The demo's people, one click each. All of them are fictional; nothing leaves the demo server. */
export function DemoRoles({ problem, onChoose }: { readonly problem: Problem | null; readonly onChoose: (account: DemoPerson) => Promise<void> }) {
  const { t } = useTranslation('session');
  const [busy, setBusy] = useState(false);
  useScreenReady(true);
  const choose = async (person: DemoPerson): Promise<void> => {
    setBusy(true);
    await onChoose(person);
    setBusy(false);
  };
  return (
    <SessionPage demo wide>
      <section className="session-panel">
        <h2>{t('demoTitle')}</h2>
        <p className="session-about">{t('demoAbout')}</p>
        {problem && <ProblemLine problem={problem} />}
        <div className="session-roles">
          {Object.values<DemoPerson>(demoPeople).map((person) => (
            <button key={person.loginName} type="button" className="session-person" disabled={busy} onClick={() => void choose(person)}>
              <strong>{person.roles.map((role) => t(`roles.${role}`)).join('、')}</strong>
              <small>{person.name}</small>
            </button>
          ))}
        </div>
      </section>
    </SessionPage>
  );
}
