import { useTranslation } from 'react-i18next';
import { shanghaiDate, shanghaiTimeOfDay } from '#shared/kit/shanghai-time.ts';
import { useDesk, useSaveState } from '../store/desk-context.tsx';
import { useDisputed } from '../store/use-disputed.ts';
import { useSyncStatus } from '../store/use-sync-status.ts';
import { useProblemText } from '../ui/problem-text.ts';
import { useUnstored } from '../ui/unstored.ts';
import { truthParts } from './truth-parts.ts';

/** `已保存 · 待同步 12 · 上次联系 14:05`: always there, never better than the truth. A click opens the sync page. */
export function TruthLine() {
  const { t } = useTranslation('app');
  const desk = useDesk();
  const save = useSaveState();
  const status = useSyncStatus();
  const unstored = useUnstored();
  const sentence = useProblemText();
  const disputed = useDisputed()?.length ?? 0;
  const parts = truthParts(save, status, desk.session.readOnly !== null, unstored.length, disputed);
  const why = save.kind === 'failed' ? sentence(save.problem) : status?.lastProblem ? sentence(status.lastProblem) : t('truth.open');
  return (
    <a className="app-truth" href="#/sync" title={why} role="status" aria-live="polite" aria-label={t('truth.label')}>
      {parts.map((part) => (
        <span key={part.key} className={`app-truth-part ${part.key === 'save' ? 'app-truth-save' : ''} ${part.tone ? `is-${part.tone}` : ''}`}>
          {t(`truth.${part.word}`, { count: part.count ?? 0, at: part.at ? clock(part.at) : '' })}
        </span>
      ))}
    </a>
  );
}

/** Today as a time, an earlier day with its date. */
function clock(at: string): string {
  const today = shanghaiDate(new Date().toISOString());
  return shanghaiDate(at) === today ? shanghaiTimeOfDay(at) : `${shanghaiDate(at).slice(5)} ${shanghaiTimeOfDay(at)}`;
}

