import type { DecimalText } from '../../kit/values.ts';
import { isLead, measuredVerdict, type MeasuredVerdict } from '../room-check/measured-verdict.ts';
import type { RoomCheck } from '../room-check/room-check.ts';
import { settingVerdict } from '../room-check/setting-verdict.ts';
import type { Verdict } from '../room-check/verdict.ts';
import type { Finding } from './case-record.ts';

/**
 * What a case opens from: checked rooms whose *setting* exceeds the limit, in the given order. An air reading opens nothing,
 * a claimed need waits until it is verified. docs/sources.md#article-30-35-41
 */
export function findingsOf(rooms: readonly RoomCheck[]): readonly Finding[] {
  return rooms.flatMap((room) => {
    const verdict = settingVerdict(room);
    if (room.outcome !== 'checked' || verdict.kind !== 'exceeds' || verdict.limitC === null) return [];
    if (room.setTemperatureC === null || (room.mode !== 'cooling' && room.mode !== 'heating')) return [];
    return [{
      roomCheckId: room.id, room: room.room, use: room.use, mode: room.mode,
      setTemperatureC: room.setTemperatureC, limitC: verdict.limitC, adjustedToC: room.adjusted?.toC ?? null,
    }];
  });
}

/** 线索: the air alone is beyond the limit. Shown and counted, never a finding. */
export type Lead = { readonly room: RoomCheck; readonly measured: MeasuredVerdict };

/** `instrumentErrorC`: a lead within it is flagged (`measured.withinInstrumentError`) and proves nothing. */
export function leadsOf(rooms: readonly RoomCheck[], instrumentErrorC: DecimalText | null): readonly Lead[] {
  return rooms
    .filter((room) => room.outcome === 'checked')
    .map((room) => ({ room, measured: measuredVerdict(room, instrumentErrorC) }))
    .filter(({ room, measured }) => isLead(settingVerdict(room), measured));
}

/** 待核: rooms that claim a need without its document and would exceed without it. */
export function roomsToVerify(rooms: readonly RoomCheck[]): readonly { readonly room: RoomCheck; readonly verdict: Verdict }[] {
  return rooms
    .filter((room) => room.outcome === 'checked')
    .map((room) => ({ room, verdict: settingVerdict(room) }))
    .filter(({ verdict }) => verdict.kind === 'to-verify');
}
