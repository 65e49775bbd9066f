import { paperSources, type PaperMaking, type PaperRecords, type PaperSources } from '#shared/domain/documents/paper-sources.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { emptyRecord, type RecordState } from '#shared/sync/record-state.ts';

const officeId = '0190c5a0-0000-7000-8000-000000000001';
export const bureauId = idOf(10);
export const centreId = idOf(11);
export const leadId = idOf(20);
export const secondId = idOf(21);
export const assistantId = idOf(22);
export const institutionId = idOf(30);
export const inspectionId = idOf(40);

export function idOf(number: number): string {
  return `0190c5a0-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

type Fields = Readonly<Record<string, JsonValue>>;

export function recordOf(recordType: string, recordId: string, fields: Fields): RecordState {
  return { ...emptyRecord({ recordId, recordType, officeId, officerId: leadId }), fields };
}

/** One checked room of an ordinary summer inspection; `number` makes it its own. */
export function room(number: number, fields: Fields = {}): RecordState {
  const floor = Math.trunc((number - 1) / 20) + 1;
  return recordOf('roomCheck', idOf(1000 + number), {
    inspectionId, order: number, room: `${String(floor).padStart(2, '0')}${String(number % 20 || 20).padStart(2, '0')}`, floor: `${floor}层`, use: '办公室', areaM2: '24',
    outcome: 'checked', conditionerKind: 'multi-split', conditionerControl: 'room', mode: 'cooling', setTemperatureC: '26', setReadBy: 'panel',
    'readings/r1': { valueC: '26.3', at: '2026-08-12T06:10:00.000Z', point: 1 }, openings: 'closed', occupied: true, remarks: '', ...fields,
  });
}

/** A building as it is found: mostly 26, some lower, some shut, one server room, one adjusted on the spot. */
export function building(count: number): readonly RecordState[] {
  return Array.from({ length: count }, (_, index) => room(index + 1, variety(index)));
}

const inspectionDefaults: Fields = {
  institutionId, institutionName: '示例市城市管理局', title: '空调检查', taskSource: '示机管〔2026〕18号《关于开展夏季空调温度专项检查的通知》', season: 'cooling',
  leadOrganId: bureauId, jointOrganIds: [centreId], leadOfficerId: leadId, officerIds: [leadId, secondId], assistantIds: [assistantId],
  accompanying: { name: '王示例', post: '办公室副主任', telephone: '0571-00000000' }, place: '示例市示例区示例路1号行政中心3号楼',
  startedAt: '2026-08-12T06:03:00.000Z', endedAt: '2026-08-12T07:20:30.000Z', outdoorTemperatureC: '35.5',
  'instruments/i1': { name: '数字温度计', number: 'T-0231', certificateNo: 'JZ2026-01877', validUntil: '2027-03-31', errorC: '0.3' },
  totalRooms: 180, sampling: { method: 'by-floor', by: '检查组', note: '每层抽取' },
  certificatesShownAt: '2026-08-12T06:04:00.000Z', recusal: { asked: true, answer: '不申请回避' }, unitOpinion: '', replyBy: '2026-08-26', removed: false,
};

export type Changed = {
  readonly inspection?: Fields; readonly without?: readonly string[]; readonly institution?: Fields; readonly lead?: Fields; readonly second?: Fields;
  readonly rooms?: readonly RecordState[]; readonly making?: Partial<PaperMaking>;
};

/** The records of one complete inspection, with what a test wants otherwise. */
export function paperRecords(changed: Changed = {}): PaperRecords {
  const fields = { ...inspectionDefaults, ...changed.inspection };
  const kept = Object.fromEntries(Object.entries(fields).filter(([path]) => !changed.without?.includes(path)));
  const certificate = (number: string): JsonValue => ({ number, issuingOrgan: '示例省人民政府', validFrom: '2024-01-01', validUntil: '2028-12-31' });
  return {
    inspection: recordOf('inspection', inspectionId, kept),
    rooms: changed.rooms ?? building(12),
    institution: recordOf('institution', institutionId, {
      name: '示例市城市管理局', creditCode: '11330100002489559K', creditCodeMissingReason: null, level: 'municipal', authority: '示例市机关事务管理局', sample: false, ...changed.institution,
    }),
    people: [
      recordOf('person', leadId, { name: '李示例', organId: bureauId, certificate: certificate('33010012345'), telephone: '0571-11111111', ...changed.lead }),
      recordOf('person', secondId, { name: '赵示例', organId: centreId, certificate: certificate('33010012346'), telephone: null, ...changed.second }),
      recordOf('person', assistantId, { name: '孙示例', organId: bureauId, certificate: null, telephone: null }),
    ],
    organs: [recordOf('organ', bureauId, { name: '示例市机关事务管理局' }), recordOf('organ', centreId, { name: '示例市能源监察中心' })],
  };
}

export function sources(changed: Changed = {}): PaperSources {
  return paperSources(paperRecords(changed), { demo: false, fieldNumber: 'A1-20260812-1', madeAt: '2026-08-12T07:25:00.000Z', ...changed.making });
}

function variety(index: number): Fields {
  if (index % 17 === 5) return { setTemperatureC: '24', adjusted: { toC: '26', at: '2026-08-12T06:14:00.000Z' }, 'readings/r2': { valueC: '25.1', at: '2026-08-12T06:11:00.000Z', point: 2 } };
  if (index % 23 === 7) return { setTemperatureC: '22', use: '机房', specialUse: { reason: '服务器机房' } };
  if (index % 29 === 9) return { outcome: 'locked-door', mode: null, setTemperatureC: null, setReadBy: null, 'readings/r1': null, openings: null, occupied: null };
  if (index % 31 === 11) return { setTemperatureC: null, setReadBy: 'not-readable', conditionerKind: 'central', conditionerControl: 'central' };
  if (index % 13 === 3) return { mode: 'off', setTemperatureC: null, setReadBy: null, 'readings/r1': null, occupied: false };
  if (index % 11 === 4) return { setTemperatureC: '25', openings: 'window-open', occupied: false };
  return {};
}
