import { largestInstrumentError } from '#shared/domain/room-check/measured-verdict.ts';
import type { Instrument } from '#shared/domain/inspection/inspection.ts';
import type { Role } from '#shared/domain/people/people.ts';
import { mayWrite } from '#shared/domain/policy.ts';
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

/** By the officer's roles as last heard from the server; before the first contact nobody is kept from working. */
export function mayFillRooms(officer: RecordState | null): boolean {
  return officer === null || mayWrite('roomCheck', 'edit', (officer.fields['roles'] ?? []) as readonly Role[]);
}

export function watchInspection(desk: Desk, inspectionId: string, onError: (errorC: string | null) => void): InspectionWatch {
  let state: RecordState | null = null;
  let me: RecordState | null = null;
  const load = async (): Promise<void> => {
    [state, me] = await Promise.all([desk.get(inspectionId), desk.get(desk.session.officerId)]);
    onError(state ? largestInstrumentError(listItems(state, 'instruments').map(([, item]) => item as Instrument)) : null);
  };
  const stop = desk.onRecords((changed) => {
    if (changed.has(inspectionId) || changed.has(desk.session.officerId)) void load();
  });
  return {
    load,
    writable: () => state !== null && (state.fields['lock'] ?? null) === null && state.lockedThrough === null && mayFillRooms(me),
    day(now) {
      const startedAt = state?.fields['startedAt'];
      return shanghaiDate(typeof startedAt === 'string' ? startedAt : now);
    },
    stop,
  };
}
