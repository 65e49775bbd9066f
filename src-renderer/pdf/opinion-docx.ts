import {
  AlignmentType, BorderStyle, Document, DocumentGridType, Footer, Header, LineRuleType, Packer, PageNumber, Paragraph, TextRun, type IRunOptions,
} from 'docx';
import { TextWatermark } from 'docx/watermarks';
import type { OpinionPaper } from '#shared/domain/documents/opinion-paper.ts';
import { ink } from './paper-style.ts';

/** Twentieths of a point, the measure of DOCX. */
const twips = (millimetres: number): number => Math.round((millimetres * 1440) / 25.4);

/** Word's 三号 is 16 pt; the grid below makes 28 of them fit into 156 mm, as offices set it. Sizes are half-points. */
const size = { body: 32, title: 44, organ: 56, note: 24, pageNumber: 28 } as const;
/** Where an office has the usual fonts they are used; elsewhere the program that opens the file puts in its own. */
const bodyFont = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋_GB2312' } as const;
const titleFont = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '方正小标宋简体' } as const;
const linePitch = 579;
const charSpace = Math.round((442.2 / 28 - 16) * 4096);

/**
 * The unsealed paper as DOCX for the office's own system, on the grid of GB/T 9704 (28 characters × 22 lines), marked
 * 送审稿 未盖章无效 on every page. Characters are not checked: the system's own fonts apply there.
 */
export async function opinionDocx(content: OpinionPaper): Promise<Uint8Array> {
  const document = new Document({
    title: content.title,
    creator: content.organ ?? '',
    styles: { default: { document: { run: { font: bodyFont, size: size.body, language: { eastAsia: 'zh-CN' } } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: twips(210), height: twips(297) },
            margin: { top: twips(37), left: twips(28), right: twips(26), bottom: twips(35), header: twips(15), footer: twips(25) },
          },
          grid: { type: DocumentGridType.LINES_AND_CHARS, linePitch, charSpace },
        },
        headers: { default: noticeHeader(content) },
        footers: { default: pageFooter() },
        children: [...head(content), ...body(content), ...signature(content)],
      },
    ],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}

function noticeHeader(content: OpinionPaper): Header {
  const marks = [content.marks.demo ? '演示' : '', content.marks.sample ? '样例' : ''].filter(Boolean).join('·');
  return new Header({
    children: [
      new Paragraph({
        children: [run(`${content.notice}${marks ? `　【${marks}】` : ''}`, { bold: true, size: size.note }), new TextWatermark({ text: content.notice, font: 'SimSun' })],
      }),
    ],
  });
}

function pageFooter(): Footer {
  return new Footer({
    children: [new Paragraph({ alignment: AlignmentType.RIGHT, children: [new TextRun({ size: size.pageNumber, children: ['— ', PageNumber.CURRENT, ' —'] })] })],
  });
}

function head(content: OpinionPaper): readonly Paragraph[] {
  const red = ink.officialRed.slice(1);
  return [
    centred([run(content.organ ?? '（发文机关）', { font: titleFont, size: size.organ, color: red })]),
    ...(content.jointOrgan ? [centred([run(`（会同${content.jointOrgan}）`, { size: size.pageNumber, color: red })])] : []),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: red, space: 4 } },
      children: [run(content.number ?? '（机关代字）〔　　　〕　号')],
    }),
    new Paragraph({ children: [run('')] }),
    centred([run(content.title, { font: titleFont, size: size.title })], { line: 700, lineRule: LineRuleType.EXACT }),
    new Paragraph({ children: [run('')] }),
    new Paragraph({ children: [run(`${content.addressee ?? ''}：`)] }),
  ];
}

function body(content: OpinionPaper): readonly Paragraph[] {
  return content.body.map((text) => new Paragraph({ alignment: AlignmentType.BOTH, indent: { firstLineChars: 200 }, children: [run(text)] }));
}

function signature(content: OpinionPaper): readonly Paragraph[] {
  const lines = [...content.signers, content.issuedOn ?? '　　　　年　　月　　日'];
  return [
    new Paragraph({ children: [run('')] }),
    ...lines.map((text) => new Paragraph({ alignment: AlignmentType.RIGHT, indent: { right: 4 * 320 }, keepLines: true, keepNext: true, children: [run(text)] })),
    ...(content.note ? [new Paragraph({ indent: { firstLineChars: 200 }, children: [run(content.note)] })] : []),
  ];
}

function centred(children: TextRun[], spacing?: { line: number; lineRule: typeof LineRuleType.EXACT }): Paragraph {
  return new Paragraph({ alignment: AlignmentType.CENTER, children, ...(spacing ? { spacing } : {}) });
}

function run(text: string, options: Omit<IRunOptions, 'text'> = {}): TextRun {
  return new TextRun({ ...options, text });
}
