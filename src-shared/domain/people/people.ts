import * as z from 'zod';
import { DateText, Uuid } from '../../kit/values.ts';

/**
 * Roles, named once. inspector 执法人员, assistant 行政执法辅助人员, section-head 处室负责人, legal-section 法规处,
 * leader 分管局领导, office 办公室, archivist 档案, external-auditor 外聘审计人员, joint-staff 联合检查人员,
 * system-/security-/audit-administrator 系统/安全/审计管理员.
 */
export const roles = [
  'inspector', 'assistant', 'section-head', 'legal-section', 'leader', 'office', 'archivist', 'external-auditor',
  'joint-staff', 'system-administrator', 'security-administrator', 'audit-administrator',
] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** 行政执法证. Number formats differ by province and issue: only length and character set are checked. */
export const Certificate = z.strictObject({
  number: z.string().regex(/^[0-9A-Za-z\-〔〕()（）\u4e00-\u9fff]{4,40}$/),
  issuingOrgan: z.string().min(1).max(80),
  validFrom: DateText,
  validUntil: DateText,
});
export type Certificate = Readonly<z.infer<typeof Certificate>>;

/** recordType `person`; written by the server only (recordId = officerId). */
export const personFields = {
  name: z.string().min(1).max(40),
  loginName: z.string().min(1).max(40),
  organId: Uuid,
  roles: z.array(Role).max(roles.length),
  certificate: Certificate.nullable(),
  telephone: z.string().max(40).nullable(),
  active: z.boolean(),
} as const;

/** recordType `organ`; written by the server only. Each person belongs to one. */
export const organFields = {
  name: z.string().min(1).max(80),
  /** bureau = 机关事务管理局 itself; joint = another organ taking part, such as 能源监察中心. */
  kind: z.enum(['bureau', 'joint']),
  level: z.enum(['municipal', 'district']),
  /** 屏幕手写: whether this office lets a party draw its signature on the screen. Absent = no. */
  drawnSignatures: z.boolean(),
} as const;
