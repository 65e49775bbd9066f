import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { verdictShapes } from '../../ui/verdict-mark.tsx';
import { floorName } from './field-words.ts';
import { floorOfGroup } from './room-lines.ts';
import { useRoomsModel } from './rooms-context.tsx';

/** The heading over a floor: 3层 (14间, 2▲). */
export function FloorLine({ id }: { readonly id: string }) {
  const { t } = useTranslation('room-check');
  const model = useRoomsModel();
  const counts = useSyncExternalStore(model.onCounts, model.counts).floors[id];
  const floor = floorOfGroup(id);
  const name = floor === '' ? t('floor.none') : floorName(t, floor);
  if (!counts) return <>{name}</>;
  return (
    <span className="rooms-floor">
      <span className="rooms-floor-name">{name}</span>
      <span>
        {'('}
        {t('floor.rooms', { count: counts.rooms })}
        {counts.done < counts.rooms ? t('floor.done', { count: counts.done }) : null}
        {counts.exceeding > 0 ? <>{', '}<b className="rooms-floor-exceeds" title={t('verdict.exceedsShort')}>{`${counts.exceeding}${verdictShapes.exceeds}`}</b></> : null}
        {counts.toVerify > 0 ? <>{', '}<b className="rooms-floor-verify" title={t('verdict.toVerify')}>{`${counts.toVerify}${verdictShapes['to-verify']}`}</b></> : null}
        {')'}
      </span>
    </span>
  );
}
