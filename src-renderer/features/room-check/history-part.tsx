import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppliedChange } from '#shared/journal/change.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import { ask } from '../../bridge/bridge.ts';
import { useNames } from '../../store/use-names.ts';
import { fieldTitle, showField } from './field-words.ts';
import type { RoomRow } from './room-row.ts';
import type { RoomsModel } from './rooms-model.ts';
import type { RoomsT } from './verdict-words.ts';

/** Fields that a person never typed. */
const silent: ReadonlySet<string> = new Set(['inspectionId', 'order', 'removed']);

/** Who changed what and when, newest first; and what came after the lock, which changes nothing until a person decides. */
export function HistoryPart({ model, row }: { readonly model: RoomsModel; readonly row: RoomRow }) {
  const { t } = useTranslation('room-check');
  const state = model.state(row.id);
  const late = state?.late ?? [];
  return (
    <>
      {late.length > 0 ? (
        <section className="rooms-part rooms-late" aria-label={t('late.title')}>
          <h3>{t('late.title')}</h3>
          <p className="ui-field-hint">{t('late.about')}</p>
          <Changes changes={late} />
        </section>
      ) : null}
      <section className="rooms-part" aria-label={t('history.title')}>
        <h3>{t('history.title')}</h3>
        <History recordId={row.id} through={JSON.stringify(state?.through ?? {})} />
      </section>
    </>
  );
}

/** Read again when the record has moved on. */
function History({ recordId, through }: { readonly recordId: string; readonly through: string }) {
  const { t } = useTranslation('room-check');
  const [changes, setChanges] = useState<readonly AppliedChange[] | null>(null);
  useEffect(() => {
    let stopped = false;
    void ask('journal.changes-of', { recordIds: [recordId] }).then((found) => {
      if (!stopped) setChanges(found);
    });
    return () => {
      stopped = true;
    };
  }, [recordId, through]);
  if (changes === null) return null;
  return changes.length === 0 ? <p className="ui-field-hint">{t('history.none')}</p> : <Changes changes={changes} />;
}

function Changes({ changes }: { readonly changes: readonly AppliedChange[] }) {
  const { t } = useTranslation('room-check');
  const nameOf = useNames();
  const sorted = [...changes].sort((a, b) => (a.wall === b.wall ? b.seq - a.seq : a.wall < b.wall ? 1 : -1));
  return (
    <ol className="rooms-history">
      {sorted.map((change) => (
        <li key={change.id}>
          <span className="rooms-history-who">{t('history.who', { name: nameOf(change.officerId), at: shanghaiDateTime(change.wall) })}</span>
          <span>{describe(t, change)}</span>
        </li>
      ))}
    </ol>
  );
}

function describe(t: RoomsT, change: AppliedChange): string {
  const parts = Object.entries(change.patch)
    .filter(([path]) => !silent.has(path))
    .map(([path, { to }]) => `${fieldTitle(t, path)} ${showField(path, to) || t('history.empty')}`);
  const removed = change.patch['removed']?.to;
  if (removed === true) return t('history.removed');
  return parts.length > 0 ? parts.join('；') : t('history.made');
}
