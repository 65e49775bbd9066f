import pdfMake, { type FontkitFont } from 'pdfmake/build/pdfmake.min.js';
import type { PaperContent } from '#shared/domain/documents/paper-content.ts';
import { paperLayout } from './layouts.ts';
import { paperFamily } from './paper-style.ts';
import type { LayoutOptions } from './pdf-node.ts';
import { printable } from './printable-text.ts';

export type FontBytes = { readonly regular: Uint8Array; readonly bold: Uint8Array };
export type WrittenPdf = { readonly bytes: Uint8Array<ArrayBuffer>; readonly pages: number; readonly missingGlyphs: readonly string[] };
export type PdfWriter = { write(content: PaperContent, options: LayoutOptions): Promise<WrittenPdf>; readonly font: FontkitFont };

const files = { normal: 'paper-regular.ttf', bold: 'paper-bold.ttf', italics: 'paper-regular.ttf', bolditalics: 'paper-bold.ttf' } as const;

/**
 * A writer with its fonts loaded. The fonts are full: a pre-made subset was seen to drop a surname's character; what a
 * document uses is subset by the writer itself. It reads nothing but these two files.
 */
export async function pdfWriter(fonts: FontBytes): Promise<PdfWriter> {
  pdfMake.virtualfs.writeFileSync(files.normal, fonts.regular);
  pdfMake.virtualfs.writeFileSync(files.bold, fonts.bold);
  pdfMake.setUrlAccessPolicy(() => false);
  pdfMake.localAccessPolicy = () => false;
  const probe = await create({ content: [' '], defaultStyle: { font: paperFamily } }).getStream();
  const regular = probe.provideFont(paperFamily, false, false).font;
  const bold = probe.provideFont(paperFamily, true, false).font;
  const known = new Map<number, boolean>();
  const hasGlyph = (codePoint: number): boolean => {
    const before = known.get(codePoint);
    if (before !== undefined) return before;
    const has = regular.hasGlyphForCodePoint(codePoint) && bold.hasGlyphForCodePoint(codePoint);
    known.set(codePoint, has);
    return has;
  };
  return {
    font: bold,
    async write(content, options) {
      const { content: shown, missingGlyphs } = printable(content, hasGlyph);
      const pdf = create(paperLayout(shown, options));
      const pages = (await pdf.getStream())._pdfMakePages.length;
      const buffer = await pdf.getBuffer();
      return { bytes: new Uint8Array(buffer), pages, missingGlyphs };
    },
  };
}

/** pdfmake puts the loaded bytes into the table it is given, so it gets a fresh one each time. */
function create(definition: object): ReturnType<typeof pdfMake.createPdf> {
  pdfMake.setFonts({ [paperFamily]: { ...files } });
  return pdfMake.createPdf(definition);
}
