import { listItems, type RecordState } from '../../sync/record-state.ts';
import type { Photo } from '../evidence/evidence.ts';
import type { Reading, RoomCheck } from './room-check.ts';

/** A room check out of its record. Missing fields read as "not asked yet": null or ''. */
export function readRoomCheck(state: RecordState): RoomCheck {
  const value = <T>(path: string, otherwise: T): T => (state.fields[path] ?? otherwise) as T;
  const readings = listItems(state, 'readings').map(([id, item]) => ({ ...(item as Reading), id }));
  readings.sort((a, b) => a.point - b.point || (a.id < b.id ? -1 : 1));
  return {
    id: state.recordId,
    inspectionId: value('inspectionId', ''),
    order: value('order', 0),
    room: value('room', ''),
    floor: value('floor', ''),
    use: value('use', ''),
    areaM2: value('areaM2', null),
    outcome: value('outcome', null),
    conditionerKind: value('conditionerKind', null),
    conditionerControl: value('conditionerControl', null),
    mode: value('mode', null),
    setTemperatureC: value('setTemperatureC', null),
    setReadBy: value('setReadBy', null),
    readings,
    openings: value('openings', null),
    occupied: value('occupied', null),
    adjusted: value('adjusted', null),
    specialUse: value('specialUse', null),
    approvedNeed: value('approvedNeed', null),
    remarks: value('remarks', ''),
    photos: listItems(state, 'photos').map(([id, item]) => ({ ...(item as Photo), id })),
    noPhoto: value('noPhoto', null),
  };
}
