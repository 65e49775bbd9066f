import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppInfo, Session } from '#shared/bridge/calls.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type * as z from 'zod';
import { ask } from '../../bridge/bridge.ts';
import { TextEntry } from '../../ui/fields.tsx';
import { useSecondsLeft, WaitingProblem } from '../../ui/waiting-problem.tsx';
import { enrolGaps, usualEnrolment, type EnrolDraft } from './enrol-draft.ts';

/** Enrols this laptop for one officer: with a code from the administrator, or as the office's first account. */
export function EnrolForm({ info, onCancel, onOpened }: { readonly info: z.infer<typeof AppInfo>; readonly onCancel: (() => void) | null; readonly onOpened: (session: Session) => Promise<void> }) {
  const { t } = useTranslation('session');
  const [draft, setDraft] = useState<EnrolDraft>(() => usualEnrolment(info.deviceName));
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const left = useSecondsLeft(problem);
  const gaps = enrolGaps(draft);
  const gap = (name: keyof EnrolDraft): string | null => (tried && gaps[name] ? t(`gaps.${gaps[name]}`) : null);
  const entry = (name: keyof EnrolDraft, label: string, maxLength: number, more: { secret?: boolean; hint?: string; wide?: boolean; placeholder?: string } = {}) => (
    <TextEntry label={label} value={String(draft[name])} maxLength={maxLength} problem={gap(name)} onValue={(value) => setDraft((before) => ({ ...before, [name]: value }))} {...more} />
  );

  const enrol = async (): Promise<void> => {
    setTried(true);
    if (Object.keys(gaps).length > 0) return;
    setBusy(true);
    setProblem(null);
    const outcome = await ask('profile.enrol', {
      serverUrl: draft.serverUrl.trim(), code: draft.code.trim(), passphrase: draft.passphrase, deviceName: draft.deviceName.trim(),
      firstAccount: draft.first ? { name: draft.name.trim(), loginName: draft.loginName.trim(), officeName: draft.officeName.trim() } : null,
    });
    const opened = outcome.ok ? await ask('session.open', { chainId: outcome.value.chainId, passphrase: draft.passphrase }) : outcome;
    if (opened.ok) await onOpened(opened.value);
    else setProblem(opened.problem);
    setBusy(false);
  };

  return (
    <form
      className="session-panel"
      onSubmit={(event) => {
        event.preventDefault();
        void enrol();
      }}
    >
      <h2>{t('enrol')}</h2>
      <ToggleButtonGroup size="small" exclusive value={draft.first} onChange={(_, first: boolean | null) => first !== null && setDraft((before) => ({ ...before, first }))} aria-label={t('enrolWay')}>
        <ToggleButton value={false}>{t('withCode')}</ToggleButton>
        <ToggleButton value={true}>{t('asFirst')}</ToggleButton>
      </ToggleButtonGroup>
      <p className="session-about">{draft.first ? t('asFirstAbout') : t('withCodeAbout')}</p>
      <div className="session-fields">
        {entry('serverUrl', t('serverUrl'), 300, { wide: true, placeholder: 'https://', hint: t('serverUrlHint') })}
        {entry('code', draft.first ? t('consoleCode') : t('code'), 40)}
        {entry('deviceName', t('deviceName'), 80, { hint: t('deviceNameHint') })}
        {draft.first && entry('officeName', t('officeName'), 80, { wide: true })}
        {draft.first && entry('name', t('name'), 40)}
        {draft.first && entry('loginName', t('loginName'), 40)}
        {entry('passphrase', t('newPassphrase'), 200, { secret: true, hint: t('passphraseHint') })}
        {entry('again', t('passphraseAgain'), 200, { secret: true })}
      </div>
      {problem && <WaitingProblem problem={problem} left={left} />}
      <div className="session-actions">
        {onCancel ? <Button onClick={onCancel}>{t('back')}</Button> : <span />}
        <Button type="submit" variant="contained" disabled={busy || left > 0}>{busy ? t('enrolling') : t('enrolNow')}</Button>
      </div>
    </form>
  );
}
