import type { RoomList, RoomListRow } from '#shared/domain/documents/room-list.ts';
import { lying, pageFrame } from './page-frame.ts';
import { gapMark, ink, noRules, thinRules } from './paper-style.ts';
import type { LayoutOptions, PdfBox, PdfDefinition, PdfNode } from './pdf-node.ts';

/** Head and width in points of each column; the last takes the rest of the lying page. */
export const roomColumns: readonly { readonly head: string; readonly width: number | '*'; readonly left?: true }[] = [
  { head: '序号', width: 22 }, { head: '楼层', width: 26 }, { head: '房号', width: 46, left: true }, { head: '用途', width: 56, left: true }, { head: '面积\n㎡', width: 28 },
  { head: '检查\n情况', width: 38 }, { head: '空调\n种类', width: 24 }, { head: '控制\n方式', width: 36 }, { head: '运行\n状态', width: 24 }, { head: '设定\n℃', width: 24 },
  { head: '读取\n方式', width: 34 }, { head: '室内空气温度读数℃', width: 106, left: true }, { head: '门窗', width: 36 }, { head: '室内\n有人', width: 24 },
  { head: '当场调整', width: 62, left: true }, { head: '说明', width: '*', left: true },
];

export const roomTableRules: PdfBox = {
  ...thinRules, hLineWidth: (line: number) => (line <= 1 ? 0.8 : 0.4), vLineWidth: () => 0.4,
  paddingLeft: () => 2.5, paddingRight: () => 2.5, paddingTop: () => 2, paddingBottom: () => 2,
};

/** 房间明细表, lying; the head of the table is repeated and no row is torn. */
export function roomListLayout(content: RoomList, options: LayoutOptions): PdfDefinition {
  return {
    ...pageFrame(content, lying, options),
    content: [
      { text: content.title, fontSize: 16, bold: true, alignment: 'center', characterSpacing: 2, margin: [0, 0, 0, 4] },
      listHead(content),
      ...(content.rows.length === 0 && options.draft ? [{ text: gapMark('rooms', '待填：房间'), margin: [0, 0, 0, 6] }] : []),
      {
        layout: roomTableRules,
        table: { headerRows: 1, dontBreakRows: true, widths: roomColumns.map((column) => column.width), body: [tableHead(), ...content.rows.map(tableRow)] },
      },
      ...noteLines(content),
    ],
  };
}

export function listHead(content: Pick<RoomList, 'unit' | 'period' | 'place' | 'methodText'>): PdfBox {
  return {
    layout: noRules, margin: [0, 0, 0, 5], fontSize: 9.5,
    table: {
      widths: ['*', '*'],
      body: [
        [`被检查单位：${content.unit}`, `检查时间：${content.period}`],
        [`检查地点：${content.place}`, `测量方法：${content.methodText}`],
      ],
    },
  };
}

export function tableHead(): readonly PdfBox[] {
  return roomColumns.map(({ head }) => ({ text: head, bold: true, alignment: 'center', fillColor: ink.shade }));
}

export function tableRow(row: RoomListRow, index: number): readonly PdfNode[] {
  const texts = [
    String(index + 1), row.floor, row.room, row.use, row.areaM2, row.outcome, row.conditioner, row.control, row.mode, row.setTemperatureC, row.setReadBy,
    row.readings.join(' '), row.openings, row.occupied, row.adjusted, row.remarks,
  ];
  return texts.map((text, column) => tableCell(text, roomColumns[column]));
}

function tableCell(text: string, column: (typeof roomColumns)[number] | undefined): PdfBox {
  // An empty cell could be filled in afterwards, so it is struck.
  if (text === '') return { text: '／', alignment: 'center', noWrap: true };
  const alignment = column?.left ? 'left' : 'center';
  // Text that surely fits is one piece: pdfmake would else measure and draw each Chinese character by itself.
  return { text, alignment, noWrap: typeof column?.width === 'number' && widest(text) <= column.width };
}

/** An upper bound of the width in points: a Chinese character is one em, no other we print is wider than 0.95 em. */
function widest(text: string): number {
  let em = 0;
  for (const character of text) em += /[\d.:]/.test(character) ? 0.6 : 1;
  return em * lying.fontSize;
}

export function noteLines(content: Pick<RoomList, 'notes'>): readonly PdfNode[] {
  return content.notes.map((note) => ({ text: `注${note.number}（${note.room}）：${note.text}`, margin: [0, 6, 0, 0], fontSize: 9 }));
}
