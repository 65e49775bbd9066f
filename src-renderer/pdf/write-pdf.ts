import type { FontkitFont } from 'pdfmake/build/pdfmake.min.js';
import type { PaperContent } from '#shared/domain/documents/paper-content.ts';
import { paperLayout } from './layouts.ts';
import { noOfficialFaces, type OfficialFaces } from './official-faces.ts';
import { loadedFace, officialTypefaces, type OfficialTypefaces, type OwnFaces } from './official-typefaces.ts';
import { paperFamily } from './paper-style.ts';
import type { PdfResult } from './pdf-calls.ts';
import type { LayoutOptions } from './pdf-node.ts';
import { pdfPress, type FontBytes, type PdfPress } from './pdf-press.ts';
import { printable } from './printable-text.ts';
import { plainTypesetter } from './typesetting.ts';

export type PdfWriter = {
  write(content: PaperContent, options: LayoutOptions): Promise<PdfResult>;
  /** Loads the system's typefaces now instead of with the first paper of the organ. */
  warmOfficial(): Promise<void>;
  readonly font: FontkitFont;
};

/**
 * A writer with its fonts loaded. The fonts are full: a pre-made subset was seen to drop a surname's character; what a
 * document uses is subset by the writer itself. It reads nothing but these two files and, once and for papers of the
 * organ only, what `fetchOfficial` brings of the system's typefaces.
 */
export async function pdfWriter(fonts: FontBytes, fetchOfficial: () => Promise<OfficialFaces> = async () => noOfficialFaces): Promise<PdfWriter> {
  const press = await pdfPress(fonts);
  const own = ownFaces(press.own);
  const official = officialOnce(() => loadOfficial(press, own, fetchOfficial));
  return {
    font: press.own.bold,
    async warmOfficial() {
      await official.open();
    },
    async write(content, options) {
      if (!isOfficial(content)) {
        const { content: shown, missingGlyphs } = printable(content, own.regular.has);
        return { ...(await press.print(paperLayout(shown, options, plainTypesetter()))), missingGlyphs, setIn: null };
      }
      const typefaces = await official.open();
      try {
        return await writeOfficial(press, typefaces, content, options);
      } catch (error) {
        if (!typefaces.usesSystem) throw error;
        // A font of the system that opens and breaks later must not stop a paper: from now on without.
        return writeOfficial(press, official.giveUp(typefaces), content, options);
      }
    },
  };
}

/** The papers of the organ, which GB/T 9704 is about. What is signed on site is none of them. */
function isOfficial(content: PaperContent): boolean {
  return content.kind === 'opinion' || content.kind === 'district-letter';
}

async function writeOfficial(press: PdfPress, typefaces: OfficialTypefaces, content: PaperContent, options: LayoutOptions): Promise<PdfResult> {
  const { content: shown, missingGlyphs } = printable(content, typefaces.has);
  const set = typefaces.typesetter();
  const written = await press.print(paperLayout(shown, options, set));
  return { ...written, missingGlyphs, setIn: typefaces.setIn(set.borrowed()) };
}

/** Regular and bold count as one: a character is ours when both draw it. */
function ownFaces({ regular, bold }: PdfPress['own']): OwnFaces {
  const known = new Map<number, boolean>();
  const has = (codePoint: number): boolean => {
    const before = known.get(codePoint);
    if (before !== undefined) return before;
    const both = regular.hasGlyphForCodePoint(codePoint) && bold.hasGlyphForCodePoint(codePoint);
    known.set(codePoint, both);
    return both;
  };
  return { regular: { font: paperFamily, bold: false, has }, bold: { font: paperFamily, bold: true, has } };
}

async function loadOfficial(press: PdfPress, own: OwnFaces, fetchOfficial: () => Promise<OfficialFaces>): Promise<OfficialTypefaces> {
  const { title, body } = await fetchOfficial();
  return officialTypefaces({ title: await loadedFace(title, 'official-title', press.add), body: await loadedFace(body, 'official-body', press.add) }, own);
}

/** Loaded at the first question; asked again after a failure, and without the system's faces after they failed. */
function officialOnce(load: () => Promise<OfficialTypefaces>) {
  let current: Promise<OfficialTypefaces> | null = null;
  return {
    async open(): Promise<OfficialTypefaces> {
      current ??= load();
      try {
        return await current;
      } catch (error) {
        current = null;
        throw error;
      }
    },
    giveUp(typefaces: OfficialTypefaces): OfficialTypefaces {
      const without = typefaces.withoutSystem();
      current = Promise.resolve(without);
      return without;
    },
  };
}
