import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { Slow } from '../../ui/slow.tsx';
import { useScreenReady } from '../../ui/screen-ready.ts';
import './session.css';

/** Between sign-in and desk. Quick openings show nothing; a rebuild from the files counts what is read. */
export function OpeningScreen(props: { readonly progress: { readonly done: number; readonly of: number } | null; readonly problem: string | null; readonly onAgain?: () => void }) {
  const { progress, problem, onAgain } = props;
  const { t } = useTranslation('session');
  useScreenReady(problem !== null);
  if (problem !== null) {
    return (
      <main className="session">
        <div className="session-card" role="alert">
          <h1 className="session-name">{t('openFailed')}</h1>
          <p className="session-about">{t('openFailedSafe')}</p>
          <p className="session-about">{problem}</p>
          {onAgain && <div><Button variant="contained" onClick={onAgain}>{t('openAgain')}</Button></div>}
        </div>
      </main>
    );
  }
  const counting = progress !== null && progress.of > 0 && progress.done > 0;
  return (
    <main className="session" aria-busy="true">
      <Slow afterMs={counting ? 0 : 300}>
        <div className="session-opening" role="status">
          <span>{t('opening')}</span>
          {counting && <progress value={Math.min(progress.done, progress.of)} max={progress.of} aria-label={t('opening')} />}
          {counting && <span>{t('openingCount', { done: Math.min(progress.done, progress.of), of: progress.of })}</span>}
        </div>
      </Slow>
    </main>
  );
}
