import Button from '@mui/material/Button';
import { useContext, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppInfo } from '#shared/bridge/calls.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type * as z from 'zod';
import { ask } from '../../bridge/bridge.ts';
import { useDesk, useRecord } from '../../store/desk-context.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { EndDemo } from '../../ui/end-demo.ts';
import { ChoiceEntry } from '../../ui/fields.tsx';
import { Page, PageHeader, Panel, Tag } from '../../ui/page.tsx';
import { setPreferences, usePreferences } from '../../ui/preferences.ts';
import { useProblemText } from '../../ui/problem-text.ts';

type Info = z.infer<typeof AppInfo>;

/** What this laptop prefers, and what exactly is running. */
export function SettingsScreen() {
  const { t } = useTranslation('settings');
  const [info, setInfo] = useState<Info | null>(null);
  useEffect(() => void ask('app.info', {}).then(setInfo), []);
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} />
      <Looks />
      <Printing />
      <Signing />
      {info && <TheDemo info={info} />}
      {info && <About info={info} />}
    </Page>
  );
}

function Looks() {
  const { t, i18n } = useTranslation('settings');
  const { theme, language } = usePreferences();
  const speak = (next: 'zh-CN' | 'en'): void => {
    setPreferences({ language: next });
    document.documentElement.lang = next;
    void i18n.changeLanguage(next);
  };
  return (
    <Panel title={t('looks')}>
      <div className="ui-form">
        <ChoiceEntry label={t('theme')} hint={t('themeHint')} value={theme} choices={(['system', 'light', 'dark', 'contrast'] as const).map((name) => [name, t(`themes.${name}`)])} onValue={(next) => next && setPreferences({ theme: next })} />
        <ChoiceEntry label={t('language')} hint={t('languageHint')} value={language} choices={[['zh-CN', '中文'], ['en', 'English']]} onValue={(next) => next && speak(next)} />
      </div>
    </Panel>
  );
}

/** What papers may be signed with, of inspections that the officer's own organ leads: that organ has fixed it. */
function Signing() {
  const { t } = useTranslation('settings');
  const { session } = useDesk();
  const me = useRecord(session.officerId);
  const organ = useRecord(String(me?.fields['organId'] ?? ''));
  return (
    <Panel title={t('signing')} about={t('signingAbout')}>
      {organ && <p>{t('ledBy', { organ: String(organ.fields['name'] ?? '') })} {t(organ.fields['drawnSignatures'] === true ? 'drawnOn' : 'drawnOff')}</p>}
    </Panel>
  );
}

function Printing() {
  const { t } = useTranslation('settings');
  const { printer } = usePreferences();
  const [printers, setPrinters] = useState<readonly { readonly name: string; readonly isDefault: boolean }[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const sentence = useProblemText();
  useEffect(() => {
    void ask('print.printers', {}).then((outcome) => (outcome.ok ? setPrinters(outcome.value) : setProblem(outcome.problem)));
  }, []);
  const isMissing = printers !== null && printer !== null && !printers.some(({ name }) => name === printer);
  const hint = problem ? sentence(problem) : printers === null ? t('printersAsked') : printers.length === 0 ? t('noPrinters') : isMissing ? t('printerMissing') : t('printerHint');
  return (
    <Panel title={t('printing')}>
      <div className="ui-form">
        <ChoiceEntry
          label={t('printer')} hint={hint} empty={t('systemPrinter')} value={printer}
          choices={(printers ?? []).map(({ name, isDefault }) => [name, isDefault ? t('isDefault', { name }) : name])} onValue={(next) => setPreferences({ printer: next })}
        />
      </div>
    </Panel>
  );
}

/** Demo data goes in one step, after it was said what goes. Nothing of real work can be in its profile. */
function TheDemo({ info }: { readonly info: Info }) {
  const { t } = useTranslation('settings');
  const endDemo = useContext(EndDemo);
  const [asking, setAsking] = useState(false);
  if (!endDemo) return null;
  const end = async (): Promise<boolean> => {
    await endDemo();
    return true;
  };
  return (
    <Panel title={t('demo')} about={t('demoAbout')}>
      <div><Button variant="outlined" onClick={() => setAsking(true)}>{t('demoEnd')}</Button></div>
      {asking && (
        <ConfirmDialog title={t('demoEnd')} confirm={t('demoEndNow')} onConfirm={end} onClose={() => setAsking(false)}>
          <p>{t('demoEndWhat')}</p>
          <p className="ui-path">{info.profileDir}</p>
          <p>{t('demoEndNot')}</p>
        </ConfirmDialog>
      )}
    </Panel>
  );
}

function About({ info }: { readonly info: Info }) {
  const { t } = useTranslation('settings');
  const { session } = useDesk();
  return (
    <Panel title={t('aboutTitle')} actions={<Tag>{t('trial')}</Tag>}>
      {!info.isPinned && <p className="ui-warning" role="alert">{t('notPinned', { running: info.electron, pinned: info.pinnedElectron })}</p>}
      <p className="ui-page-about">{t('trialAbout')}</p>
      <dl className="ui-facts">
        <dt>{t('version')}</dt><dd>{info.version}</dd>
        <dt>Electron</dt><dd>{t('electron', { running: info.electron, pinned: info.pinnedElectron })}</dd>
        <dt>Chromium</dt><dd>{info.chromium}</dd>
        <dt>{t('platform')}</dt><dd>{info.platform}</dd>
        <dt>{t('profileFormat')}</dt><dd>{info.profileFormat}</dd>
        <dt>{t('profileDir')}</dt><dd>{info.profileDir}</dd>
        <dt>{t('deviceName')}</dt><dd>{info.deviceName}</dd>
        <dt>{t('account')}</dt><dd>{session.officerName} · {session.loginName} · {session.officeName}</dd>
        <dt>{t('server')}</dt><dd>{session.serverUrl}{session.demo ? ` · ${t('demoServer')}` : ''}</dd>
      </dl>
    </Panel>
  );
}
