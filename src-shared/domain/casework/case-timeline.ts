import type { RecordState } from '../../sync/record-state.ts';
import type { CaseStanding, StoredEvent } from './case-state.ts';
import { servicesOf, type StoredService } from './service.ts';

export type ServedPaper = { readonly opinionId: string; readonly form: string; readonly officialNumber: string | null; readonly service: StoredService };
export type TimelineEntry = { readonly kind: 'event'; readonly event: StoredEvent } | { readonly kind: 'served'; readonly served: ServedPaper };

/**
 * A case as it is read: its events in their own order (no clock moves one before another), opening first since nothing of a case comes
 * before it, and each 送达 of its papers behind the last event that claims to be no later.
 */
export function caseTimeline(standing: Pick<CaseStanding, 'events'>, opinions: readonly RecordState[]): readonly TimelineEntry[] {
  const events = [...standing.events].sort((a, b) => Number(b.type === 'opened') - Number(a.type === 'opened'));
  const served = opinions
    .flatMap((opinion) => servicesOf(opinion).map((service): ServedPaper => ({
      opinionId: opinion.recordId, form: String(opinion.fields['form'] ?? ''), officialNumber: (opinion.fields['officialNumber'] ?? null) as string | null, service,
    })))
    .sort((a, b) => (a.service.servedAt === b.service.servedAt ? (a.service.id < b.service.id ? -1 : 1) : a.service.servedAt < b.service.servedAt ? -1 : 1));
  const behind = (index: number): readonly TimelineEntry[] => served
    .filter(({ service }) => Math.max(0, events.findLastIndex((event) => event.at <= service.servedAt)) === index)
    .map((each) => ({ kind: 'served', served: each }));
  return events.length === 0 ? behind(0) : events.flatMap((event, index): readonly TimelineEntry[] => [{ kind: 'event', event }, ...behind(index)]);
}
