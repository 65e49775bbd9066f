import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppInfo, ProfileEntry, Session } from '#shared/bridge/calls.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type * as z from 'zod';
import { ask } from '../../bridge/bridge.ts';
import { TextEntry } from '../../ui/fields.tsx';
import { Tag } from '../../ui/page.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { useScreenReady } from '../../ui/screen-ready.ts';
import { useSecondsLeft, WaitingProblem } from '../../ui/waiting-problem.tsx';
import { EnrolForm } from './enrol-form.tsx';
import { SessionPage } from './session-page.tsx';

/** Several officers may share a laptop: each picks the name and gives the own passphrase. Works without any network. */
export function SignInScreen(props: {
  readonly info: z.infer<typeof AppInfo>;
  readonly profiles: readonly ProfileEntry[];
  readonly notice: Problem | null;
  readonly onOpened: (session: Session) => Promise<void>;
}) {
  const { info, profiles, notice, onOpened } = props;
  const [enrolling, setEnrolling] = useState(profiles.length === 0);
  useScreenReady(true);
  return (
    <SessionPage>
      {notice && <ProblemLine problem={notice} />}
      {enrolling
        ? <EnrolForm info={info} onCancel={profiles.length === 0 ? null : () => setEnrolling(false)} onOpened={onOpened} />
        : <Officers profiles={profiles} onOpened={onOpened} onEnrol={() => setEnrolling(true)} />}
    </SessionPage>
  );
}

function Officers({ profiles, onOpened, onEnrol }: { readonly profiles: readonly ProfileEntry[]; readonly onOpened: (session: Session) => Promise<void>; readonly onEnrol: () => void }) {
  const { t } = useTranslation('session');
  const [chosen, setChosen] = useState(profiles[0]?.chainId ?? '');
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const left = useSecondsLeft(problem);
  const choose = (chainId: string): void => {
    setChosen(chainId);
    // The waiting belongs to the account whose passphrase was wrong.
    setProblem(null);
  };
  const signIn = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const outcome = await ask('session.open', { chainId: chosen, passphrase });
    if (outcome.ok) await onOpened(outcome.value);
    else setProblem(outcome.problem);
    setBusy(false);
  };
  return (
    <form
      className="session-panel"
      onSubmit={(event) => {
        event.preventDefault();
        void signIn();
      }}
    >
      <h2>{t('signIn')}</h2>
      <div className="session-people" role="radiogroup" aria-label={t('who')}>
        {profiles.map((profile) => (
          <button
            key={profile.chainId} type="button" role="radio" aria-checked={profile.chainId === chosen}
            className={`session-person ${profile.chainId === chosen ? 'is-chosen' : ''}`} onClick={() => choose(profile.chainId)}
          >
            <strong>{profile.officerName}</strong>
            {profile.demo && <Tag tone="demo">{t('demo')}</Tag>}
            <small>{profile.officeName} · {profile.loginName} · {t('chainCode', { code: profile.chainCode })}</small>
          </button>
        ))}
      </div>
      <TextEntry label={t('passphrase')} secret autoFocus value={passphrase} maxLength={200} onValue={setPassphrase} />
      {problem && <WaitingProblem problem={problem} left={left} />}
      <div className="session-actions">
        <Button onClick={onEnrol}>{t('enrolAnother')}</Button>
        <Button type="submit" variant="contained" disabled={busy || left > 0 || chosen === '' || passphrase === ''}>{busy ? t('unlocking') : t('signIn')}</Button>
      </div>
      <p className="session-about">{t('offlineHint')}</p>
    </form>
  );
}
