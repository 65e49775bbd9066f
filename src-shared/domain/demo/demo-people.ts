import type { z } from 'zod';
import type { Certificate, organFields, Role } from '../people/people.ts';

/** The demo office: fictional, its ids fixed so that demo records can name its people. Real offices never hold them. */
export const demoOffice = {
  officeId: '0190d3c0-0000-7000-8000-000000000001',
  officeName: '示例市机关事务管理局（演示）',
  serverDeviceId: '0190d3c0-0000-7000-8000-000000000002',
} as const;

export type DemoOrgan = {
  readonly organId: string;
  readonly name: string;
  readonly kind: z.infer<typeof organFields.kind>;
  readonly level: z.infer<typeof organFields.level>;
};

export const demoOrgans = {
  bureau: { organId: '0190d3c0-0000-7000-8000-0000000000a1', name: '示例市机关事务管理局', kind: 'bureau', level: 'municipal' },
  energyCentre: { organId: '0190d3c0-0000-7000-8000-0000000000a2', name: '示例市能源监察中心', kind: 'joint', level: 'municipal' },
} as const satisfies Record<string, DemoOrgan>;

export type DemoPerson = {
  readonly officerId: string;
  readonly name: string;
  readonly loginName: string;
  readonly organId: string;
  readonly roles: readonly Role[];
  readonly certificate: Certificate | null;
  readonly telephone: string;
  /** Enrolment code, known to everybody and usable any number of times: the demo server takes it, no other does. */
  readonly code: string;
};

const valid = { issuingOrgan: demoOrgans.bureau.name, validFrom: '2025-01-01', validUntil: '2029-12-31' } as const;

export const demoPeople = {
  inspector: person(1, '林知夏', 'lin', 'bureau', ['inspector'], 'DEMO-INSPECTOR-1', { number: '样例330001', ...valid }),
  secondInspector: person(2, '周明远', 'zhou', 'bureau', ['inspector'], 'DEMO-INSPECTOR-2', { number: '样例330002', ...valid }),
  jointStaff: person(3, '何予安', 'he', 'energyCentre', ['joint-staff'], 'DEMO-JOINT', { number: '样例330003', ...valid, issuingOrgan: demoOrgans.energyCentre.name }),
  assistant: person(4, '陈小满', 'chen', 'bureau', ['assistant'], 'DEMO-ASSISTANT'),
  sectionHead: person(5, '顾长青', 'gu', 'bureau', ['section-head'], 'DEMO-SECTION'),
  legalSection: person(6, '沈若谷', 'shen', 'bureau', ['legal-section'], 'DEMO-LEGAL'),
  leader: person(7, '陆怀山', 'lu', 'bureau', ['leader'], 'DEMO-LEADER'),
  office: person(8, '许文静', 'xu', 'bureau', ['office'], 'DEMO-OFFICE'),
  administrator: person(9, '钟守正', 'zhong', 'bureau', ['system-administrator'], 'DEMO-ADMIN'),
} as const satisfies Record<string, DemoPerson>;

function person(n: number, name: string, loginName: string, organ: keyof typeof demoOrgans, roles: readonly Role[], code: string, certificate: Certificate | null = null): DemoPerson {
  return {
    officerId: `0190d3c0-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`, name, loginName, organId: demoOrgans[organ].organId,
    roles, certificate, telephone: `0571-0000-00${String(n).padStart(2, '0')}`, code,
  };
}
