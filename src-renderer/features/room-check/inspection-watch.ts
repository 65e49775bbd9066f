import { largestInstrumentError } from '#shared/domain/room-check/measured-verdict.ts';
import type { Instrument } from '#shared/domain/inspection/inspection.ts';
import { shanghaiDate } from '#shared/kit/shanghai-time.ts';
import type { DateText, Instant } from '#shared/kit/values.ts';
import { listItems, type RecordState } from '#shared/sync/record-state.ts';
import type { Desk } from '../../store/desk.ts';

/** What the rooms need to know of their inspection. */
export type InspectionWatch = {
  load(): Promise<void>;
  writable(): boolean;
  /** The day of the inspection, to which a typed time of day belongs; today while it has not begun. */
  day(now: Instant): DateText;
  stop(): void;
};

export function watchInspection(desk: Desk, inspectionId: string, onError: (errorC: string | null) => void): InspectionWatch {
  let state: RecordState | null = null;
  const load = async (): Promise<void> => {
    state = await desk.get(inspectionId);
    onError(state ? largestInstrumentError(listItems(state, 'instruments').map(([, item]) => item as Instrument)) : null);
  };
  const stop = desk.onRecords((changed) => {
    if (changed.has(inspectionId)) void load();
  });
  return {
    load,
    writable: () => state !== null && (state.fields['lock'] ?? null) === null && state.lockedThrough === null,
    day(now) {
      const startedAt = state?.fields['startedAt'];
      return shanghaiDate(typeof startedAt === 'string' ? startedAt : now);
    },
    stop,
  };
}
