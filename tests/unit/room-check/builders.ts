import type { RoomCheck } from '#shared/domain/room-check/room-check.ts';

/** A checked, cooling room without values; every test says only what it is about. */
export function room(values: Partial<Omit<RoomCheck, 'readings'>> & { readonly readings?: readonly string[] } = {}): RoomCheck {
  const { readings = [], ...rest } = values;
  return {
    id: '0190c5a0-0000-7000-8000-000000000001', inspectionId: '0190c5a0-0000-7000-8000-000000000009', order: 1, room: '0301', floor: '3', use: '办公', areaM2: null,
    outcome: 'checked', conditionerKind: null, conditionerControl: null, mode: 'cooling', setTemperatureC: null, setReadBy: null,
    openings: null, occupied: null, adjusted: null, specialUse: null, approvedNeed: null, remarks: '', photos: [], noPhoto: null,
    ...rest,
    readings: readings.map((valueC, index) => ({ id: `r${index + 1}`, valueC, at: null, point: index + 1 })),
  };
}
