import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/kit/problem.ts';
import { ask, listen } from '../bridge/bridge.ts';
import type { Desk } from '../store/desk.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ProblemLine } from '../ui/problem-line.tsx';

/** Saves what is typed before the window goes. What can not be saved is said, and the person decides. */
export function WindowClosing({ desk }: { readonly desk: Desk | null }) {
  const { t } = useTranslation('app');
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    const close = async (): Promise<void> => {
      // A field journals what it holds when it is left.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      const state = desk ? await desk.flush() : { kind: 'saved' as const };
      if (state.kind === 'failed') setProblem(state.problem);
      else await ask('window.ready-to-close', {});
    };
    return listen('window.closing', () => void close());
  }, [desk]);
  if (!problem) return null;
  return (
    <ConfirmDialog
      title={t('closing.title')} confirm={t('closing.anyway')} cancel={t('closing.stay')} onClose={() => setProblem(null)}
      onConfirm={async () => {
        await ask('window.ready-to-close', {});
        return true;
      }}
    >
      <ProblemLine problem={problem} />
      <p>{t('closing.lost')}</p>
    </ConfirmDialog>
  );
}
