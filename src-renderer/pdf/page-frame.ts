import type { PaperBase } from '#shared/domain/documents/paper.ts';
import type { LayoutOptions, PageFrame, PdfBox, PdfNode } from './pdf-node.ts';
import { a4, ink, mm, noRules, paperFamily, writingRules } from './paper-style.ts';

type Frame = {
  readonly orientation: 'portrait' | 'landscape';
  /** Millimetres: left, top, right, bottom. The left one is the binding margin of an upright page. */
  readonly margins: readonly [number, number, number, number];
  readonly fontSize: number;
  readonly lineHeight: number;
  /** The line that every page of a signed paper carries. */
  readonly signatures: boolean;
  /** What the paper of a preview waits for. */
  readonly awaits?: string;
};

export const upright: Frame = { orientation: 'portrait', margins: [28, 24, 20, 36], fontSize: 11, lineHeight: 1.15, signatures: true };
export const lying: Frame = { orientation: 'landscape', margins: [15, 22, 15, 27], fontSize: 8.5, lineHeight: 1, signatures: true };

/** Page size, marks, running head, signature line, 第x页 共y页: what is on every page of the forms of an inspection. */
export function pageFrame(content: PaperBase, frame: Frame, { draft }: LayoutOptions): PageFrame {
  const [left, top, right, bottom] = frame.margins.map(mm) as [number, number, number, number];
  const pageWidth = frame.orientation === 'portrait' ? a4.width : a4.height;
  return {
    pageSize: 'A4',
    pageOrientation: frame.orientation,
    pageMargins: [left, top, right, bottom],
    defaultStyle: { font: paperFamily, fontSize: frame.fontSize, lineHeight: frame.lineHeight, color: ink.black },
    ...fixedMetadata(content),
    ...watermarkOf(content, draft),
    header: (page: number) => runningHead(content, page, draft ? (frame.awaits ?? '定稿') : null, { left, right, top }),
    footer: (page: number, pages: number) => runningFoot(content, page, pages, frame, { left, right, width: pageWidth - left - right }),
  };
}

/** Nothing of a clock or of the machine: equal content gives equal bytes. */
export function fixedMetadata(content: PaperBase): PdfBox {
  return {
    info: { title: [content.title, content.unit, content.fieldNumber].filter(Boolean).join(' '), author: content.organ ?? '', creator: 'Xuncha', producer: 'Xuncha', creationDate: new Date(content.madeAt) },
    language: 'zh-CN',
    version: '1.7',
  };
}

export function markWords({ marks }: PaperBase): string {
  return [marks.demo ? '演示' : '', marks.sample ? '样例' : ''].filter(Boolean).join('　');
}

function watermarkOf(content: PaperBase, draft: boolean): PdfBox {
  const text = draft ? '预览 未定稿' : markWords(content).replace('　', ' ');
  return text === '' ? {} : { watermark: { text, font: paperFamily, bold: true, color: ink.watermark, opacity: 0.12, fontSize: 60, angle: -35 } };
}

/** `awaits`: of a preview, after what its paper is made. */
function runningHead(content: PaperBase, page: number, awaits: string | null, margins: { left: number; right: number; top: number }): PdfBox {
  const marks = markWords(content);
  const notices: PdfNode[] = [
    ...(marks ? [{ text: `【${marks.replace('　', '·')}】非真实执法文书`, bold: true }] : []),
    ...(awaits === null ? [] : [{ text: `${marks ? '　' : ''}【预览】${awaits}后生成正式文书`, bold: true }]),
  ];
  return {
    margin: [margins.left, margins.top - 26, margins.right, 0],
    fontSize: 9,
    layout: noRules,
    table: {
      widths: ['*', 'auto'],
      body: [[
        { text: [...notices, page > 1 ? `${notices.length > 0 ? '　' : ''}${content.title}（续）　${shortened(content.unit)}` : ' '] },
        { text: content.fieldNumber ? `现场编号：${content.fieldNumber}` : awaits === null ? '现场编号：' : `现场编号：${awaits}后生成`, alignment: 'right', noWrap: true },
      ]],
    },
  };
}

/** One line of the head: what is cut off stands in full on the first page. */
function shortened(name: string): string {
  const characters = [...name];
  return characters.length > 22 ? `${characters.slice(0, 22).join('')}…` : name;
}

function runningFoot(content: PaperBase, page: number, pages: number, frame: Frame, place: { left: number; right: number; width: number }): PdfBox {
  return {
    margin: [place.left, 10, place.right, 0],
    fontSize: 9.5,
    stack: [
      ...(frame.signatures ? pageSignatures(frame.orientation) : []),
      {
        margin: [0, 7, 0, 0], fontSize: 9, layout: noRules,
        table: { widths: ['*', 'auto'], body: [[{ text: content.organ ?? '', color: ink.faint }, { text: `第${page}页 共${pages}页`, alignment: 'right' }]] },
      },
    ],
  };
}

/** 当事人、检查人员逐页签名: whoever signs signs every page, so that none can be exchanged. */
function pageSignatures(orientation: Frame['orientation']): readonly PdfBox[] {
  const place = { text: ' ', border: [false, false, false, true] };
  const label = (text: string): PdfBox => ({ text, noWrap: true, border: [false, false, false, false] });
  const party = [label('被检查单位（签名或盖章）：'), place];
  const officers = [label('检查人员（签名）：'), place, label(' 、 '), place];
  const date = label('　　　　年　　月　　日');
  const line = (widths: readonly unknown[], cells: readonly PdfBox[]): PdfBox => ({ layout: writingRules, table: { widths, body: [cells] } });
  if (orientation === 'landscape') return [line(['auto', '*', 'auto', 'auto', 110, 'auto', 110, 'auto'], [...party, label('　 '), ...officers, date])];
  return [
    line(['auto', '*', 'auto'], [...party, date]),
    { ...line(['auto', '*', 'auto', '*', 'auto'], [...officers, date]), margin: [0, 6, 0, 0] },
  ];
}
