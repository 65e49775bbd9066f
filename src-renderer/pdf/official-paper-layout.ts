import type { OpinionPaper } from '#shared/domain/documents/opinion-paper.ts';
import { fixedMetadata, markWords } from './page-frame.ts';
import { a4, gapMark, ink, mm, paperFamily } from './paper-style.ts';
import type { LayoutOptions, PdfBox, PdfDefinition, PdfNode } from './pdf-node.ts';
import type { Typesetter } from './typesetting.ts';

/**
 * The grid of GB/T 9704-2012: type area 156 × 225 mm, 28 characters of 3号 in a line, 22 lines on a page, margins 37 mm
 * above, 28 mm left, 26 mm right, 35 mm below. 3号 is 15.75 pt; 16 pt overflows the area. Sizes of the head (红色
 * 标志, 2号 title, 4号 page number) follow common practice. Source: docs/sources.md#gbt-9704-2012
 */
export const officialGrid = {
  fontSize: 15.75, titleSize: 22, pageNumberSize: 14, charactersPerLine: 28, linesPerPage: 22,
  left: mm(28), right: mm(26), top: mm(37), bottom: mm(35), width: mm(156), height: mm(225),
} as const;

/** From the top of one line's characters to the next: 22 characters and 21 gaps fill 225 mm exactly. */
export const linePitch = (officialGrid.height - officialGrid.fontSize) / (officialGrid.linesPerPage - 1);

/**
 * In em: line box, and the room above a Chinese character inside it. pdfmake puts text at the top of its box. Noto Serif
 * SC's, which every typeface of the system is given when it is loaded (line-box.ts).
 */
const fontBox = { height: 1.437, aboveCharacter: 0.271 } as const;

/** 小标宋 for the head and the title, 仿宋 for the paper's text, our own typeface for what is said about the paper: notice, page number, gaps. */
export function officialPaperLayout(content: OpinionPaper, options: LayoutOptions, set: Typesetter): PdfDefinition {
  const { fontSize } = officialGrid;
  const startY = officialGrid.top - fontBox.aboveCharacter * fontSize;
  return {
    pageSize: 'A4',
    pageOrientation: 'portrait',
    // The bottom one leaves exactly 22 line boxes; the last box hangs into the margin with its empty gap only.
    pageMargins: [officialGrid.left, startY, officialGrid.right - 0.5, a4.height - startY - linePitch * officialGrid.linesPerPage - 0.5],
    defaultStyle: { font: paperFamily, fontSize, lineHeight: linePitch / (fontSize * fontBox.height), color: ink.black },
    ...fixedMetadata(content),
    watermark: { text: content.notice, font: paperFamily, bold: true, color: ink.watermark, opacity: 0.14, fontSize: 46, angle: -50 },
    header: (page: number, pages: number) => noticeLine(content, page, pages),
    footer: (page: number) => pageNumber(page),
    content: [
      ...officialHead(content, set),
      { text: set.title(content.title), fontSize: officialGrid.titleSize, alignment: 'center', lineHeight: 1.15, margin: [0, linePitch * 0.6, 0, linePitch * 0.8] },
      addresseeLine(content, options, set),
      ...content.body.slice(0, -1).map((text) => bodyParagraph(text, set)),
      ...gapLines(content, options),
      { unbreakable: true, stack: [...content.body.slice(-1).map((text) => bodyParagraph(text, set)), signatureBlock(content, set)] },
      ...(content.note ? [{ text: set.body(content.note), leadingIndent: 2 * fontSize, alignment: 'left' }] : []),
    ],
  };
}

/** 发文机关标志, 发文字号, red rule. */
function officialHead(content: OpinionPaper, set: Typesetter): readonly PdfNode[] {
  return [
    { text: set.title(content.organ ?? '（发文机关）'), fontSize: 28, color: ink.officialRed, alignment: 'center', lineHeight: 1, margin: [0, 0, 0, content.jointOrgan ? 0 : 10] },
    ...(content.jointOrgan ? [{ text: set.body(`（会同${content.jointOrgan}）`), fontSize: 14, color: ink.officialRed, alignment: 'center', lineHeight: 1, margin: [0, 0, 0, 8] }] : []),
    { text: set.body(content.number ?? '（机关代字）〔　　　〕　号'), alignment: 'center', lineHeight: 1 },
    { canvas: [{ type: 'line', x1: 0, y1: 4, x2: officialGrid.width, y2: 4, lineWidth: 1.6, lineColor: ink.officialRed }] },
  ];
}

function addresseeLine({ addressee }: OpinionPaper, { draft }: LayoutOptions, set: Typesetter): PdfBox {
  return { text: addressee === null && draft ? [gapMark('institutionId', '待填：主送单位'), set.body('：')] : set.body(`${addressee ?? '　　　　　　'}：`) };
}

/** Two characters' indent. Not justified: each character keeps its place on the grid, a number is not torn. */
function bodyParagraph(text: string, set: Typesetter): PdfBox {
  return { text: set.body(text), leadingIndent: 2 * officialGrid.fontSize };
}

function gapLines(content: OpinionPaper, { draft }: LayoutOptions): readonly PdfNode[] {
  if (!draft) return [];
  return content.missing.map((gap) => ({ text: gapMark(gap.path, `待填：${gap.label}`), fontSize: 11, lineHeight: 1.3 }));
}

/** 发文机关署名 centred over 成文日期, four characters from the right edge. */
function signatureBlock(content: OpinionPaper, set: Typesetter): PdfBox {
  const indent = 4 * officialGrid.fontSize;
  const names = content.signers.length > 0 ? content.signers : ['（发文机关）'];
  const lines = [...names, content.issuedOn ?? '　　　　年　　月　　日'];
  const characters = Math.min(22, Math.max(11, ...lines.map((line) => line.length)));
  return {
    margin: [0, linePitch, 0, 0],
    columns: [
      { width: '*', text: '' },
      { width: characters * officialGrid.fontSize + 1, alignment: 'center', stack: lines.map((text) => ({ text: set.body(text), preserveLeadingSpaces: true })) },
      { width: indent, text: '' },
    ],
  };
}

function noticeLine(content: OpinionPaper, page: number, pages: number): PdfBox {
  const marks = markWords(content);
  return {
    margin: [officialGrid.left, 34, officialGrid.right, 0], fontSize: 12, lineHeight: 1,
    columns: [
      { width: '*', text: [{ text: content.notice, bold: true }, ...(marks ? [{ text: `　【${marks.replace('　', '·')}】`, bold: true }] : [])] },
      { width: 'auto', text: `第${page}页 共${pages}页`, fontSize: 10 },
    ],
  };
}

/** `— 1 —` in 4号, 7 mm under the type area, one character from the outer edge: odd pages right, even pages left. */
function pageNumber(page: number): PdfBox {
  const { pageNumberSize, left, right, fontSize } = officialGrid;
  const odd = page % 2 === 1;
  // The footer begins after the last line's empty gap; the 7 mm count from the type area.
  const top = mm(7) - (linePitch - fontSize);
  return { text: `— ${page} —`, fontSize: pageNumberSize, lineHeight: 1, alignment: odd ? 'right' : 'left', margin: [left + fontSize, top, right + fontSize, 0] };
}
