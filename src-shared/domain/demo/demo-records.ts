import { instantInShanghai } from '../../kit/shanghai-time.ts';
import type { JsonValue } from '../../kit/values.ts';
import { demoInstitutionId, demoInstitutionName, demoInstitutions } from './demo-institutions.ts';
import { demoOrgans, demoPeople } from './demo-people.ts';
import type { DemoRecord } from './demo-record.ts';
import { demoRooms, type DemoBuilding } from './demo-rooms.ts';

/** Inspections of the demo office; tests and the first screen name them. */
export const demoInspections = {
  /** 60 rooms, 31 visited: somebody is in the middle of it. */
  underWay: '0190d3c2-0000-7000-8000-000000000001',
  /** 220 rooms, all visited, not locked yet. */
  largest: '0190d3c2-0000-7000-8000-000000000002',
  /** 12 rooms of a district's unit, led by the second inspector. */
  small: '0190d3c2-0000-7000-8000-000000000003',
} as const;

type DemoInspection = {
  readonly building: DemoBuilding;
  readonly institution: string;
  readonly lead: keyof typeof demoPeople;
  readonly second: keyof typeof demoPeople;
  readonly accompanying: string;
  readonly totalRooms: number;
  readonly outdoorTemperatureC: string;
  readonly sampling: 'random' | 'by-floor' | 'designated';
  /** Minutes after midnight in Shanghai; null while the check goes on. */
  readonly endMinute: number | null;
};

const inspections: readonly DemoInspection[] = [
  {
    building: { inspectionId: demoInspections.underWay, group: '001', seed: 26, date: '2026-08-12', startMinute: 9 * 60 + 6, floors: 4, rooms: 60, visited: 31 },
    institution: 'archives', lead: 'inspector', second: 'jointStaff', accompanying: '方晓岚', totalRooms: 96, outdoorTemperatureC: '36.4', sampling: 'by-floor', endMinute: null,
  },
  {
    building: { inspectionId: demoInspections.largest, group: '002', seed: 531, date: '2026-08-05', startMinute: 8 * 60 + 45, floors: 11, rooms: 220, visited: 220 },
    institution: 'planning', lead: 'inspector', second: 'secondInspector', accompanying: '乔望舒', totalRooms: 342, outdoorTemperatureC: '37.1', sampling: 'random', endMinute: 12 * 60 + 40,
  },
  {
    building: { inspectionId: demoInspections.small, group: '003', seed: 42, date: '2026-08-19', startMinute: 14 * 60 + 10, floors: 2, rooms: 12, visited: 12 },
    institution: 'east-district', lead: 'secondInspector', second: 'jointStaff', accompanying: '严清和', totalRooms: 40, outdoorTemperatureC: '35.2', sampling: 'random', endMinute: 14 * 60 + 35,
  },
];

/**
 * The demo office's records: 12 fictional units, three inspections of August 2026, 292 rooms. The same at every call: no clock, no
 * chance. Written once by the demo server; real offices never hold them.
 */
export function demoRecords(): readonly DemoRecord[] {
  return [...demoInstitutions(), ...inspections.map(inspectionRecord), ...inspections.flatMap((each) => demoRooms(each.building))];
}

function inspectionRecord(each: DemoInspection): DemoRecord {
  const { building } = each;
  const at = (minute: number): string => instantInShanghai(building.date, `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
  const lead = demoPeople[each.lead];
  const values: Record<string, JsonValue> = {
    institutionId: demoInstitutionId(each.institution),
    institutionName: demoInstitutionName(each.institution),
    title: '2026年夏季空调温度控制专项检查',
    taskSource: '示机管〔2026〕31号《关于开展夏季空调温度控制专项检查的通知》',
    season: 'cooling',
    leadOrganId: demoOrgans.bureau.organId,
    jointOrganIds: [demoOrgans.energyCentre.organId],
    leadOfficerId: lead.officerId,
    officerIds: [lead.officerId, demoPeople[each.second].officerId],
    assistantIds: [demoPeople.assistant.officerId],
    accompanying: { name: each.accompanying, post: '节能联络员', telephone: '0571-0000-1000' },
    place: `${demoInstitutionName(each.institution)}办公楼`,
    startedAt: at(building.startMinute - 6),
    endedAt: each.endMinute === null ? null : at(each.endMinute),
    outdoorTemperatureC: each.outdoorTemperatureC,
    'instruments/t1': { name: '数字温度计', number: '样例T-017', certificateNo: '样例校准2026-0417', validUntil: '2027-04-16', errorC: '0.3' },
    totalRooms: each.totalRooms,
    sampling: { method: each.sampling, by: lead.name, note: '' },
    certificatesShownAt: at(building.startMinute - 5),
    recusal: { asked: true, answer: '不申请回避' },
    unitOpinion: '',
    replyBy: null,
    inspectionRefused: null,
    fromPaper: null,
    lock: null,
    removed: false,
  };
  return { recordType: 'inspection', recordId: building.inspectionId, kind: 'create', values };
}
