import { paperInks } from '../ui/tokens.ts';
import type { PdfBox, PdfNode } from './pdf-node.ts';

export const paperFamily = 'paper';

/** Millimetres → points. */
export function mm(length: number): number {
  return (length * 72) / 25.4;
}

/** A4 in points. */
export const a4 = { width: mm(210), height: mm(297) } as const;

export const ink = paperInks;

export const thinRules: PdfBox = {
  hLineWidth: () => 0.6, vLineWidth: () => 0.6, hLineColor: () => ink.black, vLineColor: () => ink.black,
  paddingLeft: () => 4, paddingRight: () => 4, paddingTop: () => 3, paddingBottom: () => 3,
};

export const noRules: PdfBox = {
  hLineWidth: () => 0, vLineWidth: () => 0, paddingLeft: () => 0, paddingRight: () => 0, paddingTop: () => 0, paddingBottom: () => 0,
};

/** Rules of 0.6 pt where a cell asks for them by `border`; nothing else. */
export const writingRules: PdfBox = {
  ...noRules, hLineWidth: () => 0.6, vLineWidth: () => 0, hLineColor: () => ink.black, defaultBorder: false, paddingTop: () => 1, paddingBottom: () => 1,
};

/** Address inside our previews: a click leads to the field that fills the gap. Never in a paper that is kept. */
export const gapScheme = 'gap:';

/** The value, 无 for nothing to say, a marked gap in a preview, room to write in a final print. */
export function filled(entry: { readonly path: string; readonly label: string; readonly value: string | null }, draft: boolean): PdfNode {
  if (entry.value !== null) return entry.value === '' ? '无' : entry.value;
  return draft ? gapMark(entry.path, `待填：${entry.label}`) : ' ';
}

export function gapMark(path: string, text: string): PdfNode {
  return { text: ` ${text} `, background: ink.gapSoft, color: ink.gap, link: `${gapScheme}${path}`, noWrap: true, preserveLeadingSpaces: true, preserveTrailingSpaces: true };
}

/** A label and a ruled place to write on; `width` of the place in points or '*'. */
export function writingPlace(label: string, width: number | '*' = '*'): PdfBox {
  return {
    layout: writingRules,
    table: { widths: ['auto', width], body: [[{ text: label, noWrap: true, border: [false, false, false, false] }, { text: ' ', border: [false, false, false, true] }]] },
  };
}
