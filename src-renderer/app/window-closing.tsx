import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/kit/problem.ts';
import { ask, listen } from '../bridge/bridge.ts';
import type { Desk } from '../store/desk.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ProblemLine } from '../ui/problem-line.tsx';
import { unstored } from '../ui/unstored.ts';

/** Saves what is typed before the window goes. What can not be saved is said, and the person decides. */
export function WindowClosing({ desk }: { readonly desk: Desk | null }) {
  const { t } = useTranslation('app');
  const [unsaved, setUnsaved] = useState<{ readonly problem: Problem | null; readonly fields: readonly string[] } | null>(null);
  useEffect(() => {
    const close = async (): Promise<void> => {
      // A field journals what it holds when it is left.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      const state = desk ? await desk.flush() : { kind: 'saved' as const };
      const fields = unstored().map(({ label }) => label);
      if (state.kind === 'failed' || fields.length > 0) {
        setUnsaved({ problem: state.kind === 'failed' ? state.problem : null, fields });
        await ask('window.stay-open', {});
      } else await ask('window.ready-to-close', {});
    };
    return listen('window.closing', () => void close());
  }, [desk]);
  if (!unsaved) return null;
  return (
    <ConfirmDialog
      title={t('closing.title')} confirm={t('closing.anyway')} cancel={t('closing.stay')} onClose={() => setUnsaved(null)}
      onConfirm={async () => {
        await ask('window.ready-to-close', {});
        return true;
      }}
    >
      {unsaved.problem && <ProblemLine problem={unsaved.problem} />}
      {unsaved.fields.map((label) => <p key={label} className="ui-problem">{t('closing.unstored', { label })}</p>)}
      <p>{t('closing.lost')}</p>
    </ConfirmDialog>
  );
}
