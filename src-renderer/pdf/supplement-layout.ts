import type { SupplementList } from '#shared/domain/documents/supplement-list.ts';
import { lying, pageFrame } from './page-frame.ts';
import { noRules, writingPlace } from './paper-style.ts';
import type { LayoutOptions, PdfBox, PdfDefinition, PdfNode } from './pdf-node.ts';
import { listHead, noteLines, roomColumns, roomTableRules, tableHead, tableRow } from './room-list-layout.ts';

/** 补充房间明细表, lying as the list that it adds to; signed page by page, and once more where the unit may say something to it. */
export function supplementLayout(content: SupplementList, options: LayoutOptions): PdfDefinition {
  return {
    ...pageFrame(content, { ...lying, awaits: '编号' }, options),
    content: [
      { text: content.title, fontSize: 16, bold: true, alignment: 'center', characterSpacing: 2 },
      { text: '（《现场检查笔录》附件）', fontSize: 10, alignment: 'center', margin: [0, 0, 0, 4] },
      listHead(content),
      { text: content.statement, fontSize: 9.5, margin: [0, 0, 0, 3] },
      ...content.originals.map((paper) => ({ text: `附于：${paper.title}　现场编号：${paper.fieldNumber}　PDF文件SHA-256：${paper.sha256}`, fontSize: 8.5, margin: [0, 0, 0, 2] })),
      ...group('补充列入的房间', content.rows, 0),
      ...group('原房间明细表已列房间的补充记录', content.changedRows, content.rows.length),
      ...noteLines(content),
      { text: '采纳情况', bold: true, fontSize: 10, margin: [0, 8, 0, 2], headlineLevel: 1 },
      ...content.decisions.map((text) => ({ text, fontSize: 9, margin: [0, 0, 0, 1] })),
      closing(),
    ],
  };
}

/** Every page repeats which group its rooms are of, and no head stands without a room. `before`: rooms above, so that the numbers run on. */
function group(title: string, rows: SupplementList['rows'], before: number): readonly PdfNode[] {
  if (rows.length === 0) return [];
  const head: PdfNode[] = [{ text: `${title}（${rows.length}间）`, bold: true, fontSize: 9.5, colSpan: roomColumns.length }, ...roomColumns.slice(1).map(() => '')];
  return [{
    layout: { ...roomTableRules, hLineWidth: (line: number) => (line <= 2 ? 0.8 : 0.4) }, margin: [0, 5, 0, 0],
    table: {
      headerRows: 2, keepWithHeaderRows: 1, dontBreakRows: true, widths: roomColumns.map((column) => column.width),
      body: [head, tableHead(), ...rows.map((row, index) => tableRow(row, before + index))],
    },
  }];
}

/** The opinion and the signatures stay together, so that no page holds signatures alone. */
function closing(): PdfBox {
  const pair = (left: PdfBox, right: PdfBox): PdfBox => ({ layout: noRules, margin: [0, 11, 0, 0], table: { widths: ['*', 12, '*'], body: [[left, ' ', right]] } });
  return {
    unbreakable: true, margin: [0, 10, 0, 0], fontSize: 9.5,
    stack: [
      { text: '以上补充记录请被检查单位陪同人员逐页核对。有差错或者遗漏的，请在下面写明；核对无误的，请逐页签名或者盖章。' },
      { ...writingPlace('被检查单位对补充记录的意见：'), margin: [0, 11, 0, 0] },
      pair(writingPlace('被检查单位代表（签名或盖章）：'), writingPlace('签名时间：')),
      pair(writingPlace('检查人员（签名）：'), writingPlace('检查人员（签名）：')),
      pair(writingPlace('拒绝签名或不能签名的理由：'), writingPlace('在场见证人（签名，可无）：')),
    ],
  };
}
