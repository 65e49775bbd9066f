import { innerCheckDigit, outerCheckDigit } from '../institutions/credit-code.ts';
import type { BuildingKind, InstitutionLevel } from '../institutions/institution.ts';
import type { DemoRecord } from './demo-record.ts';
import { demoOrgans } from './demo-people.ts';

type DemoInstitution = {
  readonly key: string;
  readonly name: string;
  readonly level: InstitutionLevel;
  readonly buildingKind: BuildingKind;
  readonly address: string;
  readonly liaison: string;
  /** Second character of the credit code: 1 机关, 2 事业单位. Null: an old organ without a code. */
  readonly category: '1' | '2' | null;
};

/** Fictional units of a fictional city. Real units are never shown as offenders. */
const units: readonly DemoInstitution[] = [
  unit('archives', '示例市档案局', '青禾路1号', '方晓岚'),
  unit('water', '示例市水务局', '青禾路8号', '葛临川'),
  unit('culture', '示例市文化局', '云桥路16号', '纪采薇'),
  unit('transport', '示例市交通局', '云桥路22号', '康行远'),
  unit('statistics', '示例市统计局', '云桥路30号', '宁思齐'),
  unit('planning', '示例市规划局', '竹溪路5号', '乔望舒'),
  unit('letters', '示例市信访局', '竹溪路9号', '苏问渠', { category: null }),
  unit('library', '示例市图书馆', '竹溪路18号', '汤书瑶', { category: '2', buildingKind: 'other-public' }),
  unit('school', '示例市第一实验学校', '松风路2号', '薛予谦', { category: '2', buildingKind: 'other-public' }),
  unit('hospital', '示例市康复医院', '松风路11号', '温以宁', { category: '2', buildingKind: 'other-public' }),
  unit('east-district', '示例市东示区城市管理局', '东示区柳堤路3号', '严清和', { level: 'district' }),
  unit('west-district', '示例市西示区教育局', '西示区枫林路6号', '庄疏桐', { level: 'district' }),
];

function unit(key: string, name: string, address: string, liaison: string, more: Partial<DemoInstitution> = {}): DemoInstitution {
  return { key, name, level: 'municipal', buildingKind: 'state-organ-office', address: `示例市${address}`, liaison, category: '1', ...more };
}

export function demoInstitutionId(key: string): string {
  const index = units.findIndex((each) => each.key === key);
  if (index < 0) throw new Error(`no demo institution ${key}`);
  return `0190d3c1-0000-7000-8000-${String(index + 1).padStart(12, '0')}`;
}

export function demoInstitutionName(key: string): string {
  return units.find((each) => each.key === key)?.name ?? '';
}

export function demoInstitutions(): readonly DemoRecord[] {
  return units.map((each, index) => ({
    recordType: 'institution', recordId: demoInstitutionId(each.key), kind: 'create',
    values: {
      name: each.name,
      creditCode: each.category === null ? null : demoCreditCode(each.category, index + 1),
      creditCodeMissingReason: each.category === null ? '机构改革后新代码尚未发放' : null,
      level: each.level,
      authority: each.level === 'municipal' ? demoOrgans.bureau.name : `${each.name.slice(0, 6)}机关事务管理局`,
      buildingKind: each.buildingKind,
      usingUnit: each.name,
      managingUnit: each.level === 'municipal' ? '示例市机关后勤服务中心' : each.name,
      address: each.address,
      liaison: { name: each.liaison, telephone: `0571-0000-1${String(index + 1).padStart(3, '0')}` },
      sample: true,
      removed: false,
    },
  }));
}

/** A code with right check digits in area 990100, which no province has. */
function demoCreditCode(category: '1' | '2', serial: number): string {
  const first16 = `1${category}990100${String(77000000 + serial * 131)}`;
  const first17 = first16 + innerCheckDigit(first16);
  return first17 + outerCheckDigit(first17);
}
