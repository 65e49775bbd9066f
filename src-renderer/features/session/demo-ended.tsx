import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { useScreenReady } from '../../ui/screen-ready.ts';
import { SessionPage } from './session-page.tsx';

/** After the demo: what is gone, and how real work begins. */
export function DemoEnded({ profileDir, onClose }: { readonly profileDir: string; readonly onClose: () => void }) {
  const { t } = useTranslation('session');
  useScreenReady(true);
  return (
    <SessionPage>
      <section className="session-panel">
        <h2>{t('demoEnded')}</h2>
        <p className="session-about">{t('demoEndedAbout')}</p>
        <p className="ui-path">{profileDir}</p>
        <h2>{t('beginTitle')}</h2>
        <ol className="session-steps">
          <li>{t('beginServer')}</li>
          <li>{t('beginProgram')}</li>
          <li>{t('beginEnrol')}</li>
        </ol>
        <div className="session-actions"><span /><Button variant="contained" onClick={onClose}>{t('demoClose')}</Button></div>
      </section>
    </SessionPage>
  );
}
