import type { BlankForm } from '#shared/domain/documents/blank-form.ts';
import { lying, pageFrame } from './page-frame.ts';
import { thinRules } from './paper-style.ts';
import type { LayoutOptions, PdfBox, PdfDefinition } from './pdf-node.ts';
import { roomColumns, roomTableRules, tableHead } from './room-list-layout.ts';

/** Points; high enough for handwriting. */
const rowHeight = 23;

/** 空白纸质表, lying: the head to fill in, then empty rows under the columns of the room list. */
export function blankFormLayout(content: BlankForm, options: LayoutOptions): PdfDefinition {
  const empty = Array.from({ length: content.rowCount }, (_, index) => [{ text: String(index + 1), alignment: 'center' }, ...roomColumns.slice(1).map(() => ' ')]);
  return {
    ...pageFrame(content, lying, options),
    content: [
      { text: content.title, fontSize: 16, bold: true, alignment: 'center', margin: [0, 0, 0, 4] },
      headTable(content),
      {
        layout: roomTableRules, margin: [0, 6, 0, 0],
        table: {
          headerRows: 1, dontBreakRows: true, widths: roomColumns.map((column) => column.width), heights: (row: number) => (row === 0 ? 20 : rowHeight),
          body: [tableHead(), ...empty],
        },
      },
      {
        margin: [0, 6, 0, 0], fontSize: 8,
        text: '填写：检查情况 = 已检／锁门／会议中／涉密不入／拒绝进入；运行状态 = 制冷／制热／送风／关机；读取方式 = 面板／遥控器／楼控／无法读取；读数照仪器显示原样填写并注明时间；当场调整写“原设定→新设定、时间”，原设定不涂改。',
      },
    ],
  };
}

function headTable({ headLabels, unit }: BlankForm): PdfBox {
  const cells = headLabels.map((label, index) => ({ text: `${label}：${index === 0 ? unit : ''}` }));
  const rows: PdfBox[][] = [];
  for (let index = 0; index < cells.length; index += 2) rows.push([cells[index] ?? { text: ' ' }, cells[index + 1] ?? { text: '备注：' }]);
  return { layout: thinRules, fontSize: 9, table: { widths: ['*', '*'], heights: 17, body: rows } };
}
