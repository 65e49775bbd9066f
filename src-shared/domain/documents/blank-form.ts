import type { PaperBase, PaperMarks } from './paper.ts';

/** 空白纸质表: filled in by hand where no laptop works, entered later as 据纸质补录 with its scan. */
export type BlankForm = PaperBase & {
  readonly kind: 'blank-form';
  readonly headLabels: readonly string[];
  /** Empty rows on all pages together. */
  readonly rowCount: number;
};

const headLabels = ['被检查单位', '陪同人员（姓名、职务、电话）', '检查地点', '检查时间', '检查人员（姓名、执法证号）', '辅助人员', '检查仪器（编号、证书号、有效期）', '室外温度', '房间总数和抽取方式', '出示证件时间', '是否申请回避'] as const;

/** `rowCount` 1 to 500. */
export function blankForm(sources: {
  readonly organ: string; readonly unit: string; readonly rowCount: number; readonly fieldNumber: string | null; readonly madeAt: string; readonly marks: PaperMarks;
}): BlankForm {
  return {
    kind: 'blank-form', version: 1, title: '空调温度现场检查记录表（纸质）', organ: sources.organ, unit: sources.unit,
    fieldNumber: sources.fieldNumber, madeAt: sources.madeAt, marks: sources.marks,
    headLabels, rowCount: Math.min(500, Math.max(1, Math.trunc(sources.rowCount))),
    missing: [],
  };
}
