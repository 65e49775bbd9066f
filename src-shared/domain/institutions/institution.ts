import * as z from 'zod';

export const InstitutionLevel = z.enum(['municipal', 'district']);
export type InstitutionLevel = z.infer<typeof InstitutionLevel>;
/** state-organ-office 国家机关办公建筑, other-public 其他公共建筑. */
export const BuildingKind = z.enum(['state-organ-office', 'other-public']);
export type BuildingKind = z.infer<typeof BuildingKind>;

/** 节能联络员. */
export const Liaison = z.strictObject({ name: z.string().max(40), telephone: z.string().max(40) });

/** recordType `institution`. */
export const institutionFields = {
  name: z.string().min(1).max(80),
  /** 统一社会信用代码; null needs creditCodeMissingReason. */
  creditCode: z.string().length(18).nullable(),
  creditCodeMissingReason: z.string().max(200).nullable(),
  level: InstitutionLevel,
  /** Its own 机关事务 authority: the bureau for 市级, the district's bureau for 区县. */
  authority: z.string().min(1).max(80),
  buildingKind: BuildingKind,
  /** 使用单位 and 管理单位 of the building. */
  usingUnit: z.string().max(80),
  managingUnit: z.string().max(80),
  address: z.string().max(200),
  liaison: Liaison.nullable(),
  /** Fictional demo unit, marked 样例 wherever it appears. */
  sample: z.boolean(),
  removed: z.boolean(),
} as const;
