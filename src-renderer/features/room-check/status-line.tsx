import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecord, useSaveState } from '../../store/desk-context.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { verdictShapes } from '../../ui/verdict-mark.tsx';
import type { RoomsModel } from './rooms-model.ts';

/** 42/60 间 · 3 低于26℃ · 1 待核 · 全部已保存, and the keys that help next. */
export function StatusLine({ model, keys = true }: { readonly model: RoomsModel; readonly keys?: boolean }) {
  const { t } = useTranslation('room-check');
  const counts = useSyncExternalStore(model.onCounts, model.counts);
  const season = useRecord(model.inspectionId)?.fields['season'];
  return (
    <footer className="rooms-status">
      <span className="rooms-status-part">{t('status.rooms', { done: counts.done, total: counts.rooms })}</span>
      <span className="rooms-status-part is-exceeds" data-some={counts.exceeding > 0}>
        <span aria-hidden="true">{verdictShapes.exceeds}</span> {t(season === 'heating' ? 'status.above' : 'status.below', { count: counts.exceeding })}
      </span>
      <span className="rooms-status-part is-verify" data-some={counts.toVerify > 0}>
        <span aria-hidden="true">{verdictShapes['to-verify']}</span> {t('status.toVerify', { count: counts.toVerify })}
      </span>
      {counts.leads > 0 ? <span className="rooms-status-part">{t('status.leads', { count: counts.leads })}</span> : null}
      {counts.refused > 0 ? <span className="rooms-status-part is-refused">{t('status.refused', { count: counts.refused })}</span> : null}
      {counts.unsettled > 0 ? <span className="rooms-status-part is-verify" data-some>{t('status.unsettled', { count: counts.unsettled })}</span> : null}
      <SavePart some={counts.refused > 0} />
      {keys ? <span className="rooms-status-keys">{t('status.keys')}</span> : null}
    </footer>
  );
}

/** `some`: cells whose text was not taken, so that not everything can be saved. */
function SavePart({ some }: { readonly some: boolean }) {
  const { t } = useTranslation('room-check');
  const state = useSaveState();
  const sentence = useProblemText();
  if (state.kind === 'failed') return <span className="rooms-status-part is-refused" role="alert">{sentence(state.problem)}</span>;
  return <span className="rooms-status-part" data-save={state.kind}>{t(some && state.kind === 'saved' ? 'save.others' : `save.${state.kind}`)}</span>;
}
