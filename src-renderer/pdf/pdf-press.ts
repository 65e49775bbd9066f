import pdfMake, { type FontkitFont } from 'pdfmake/build/pdfmake.min.js';
import { paperLineBox, setLineBox } from './line-box.ts';
import { paperFamily } from './paper-style.ts';

/** The full Noto Serif SC. */
export type FontBytes = { readonly regular: Uint8Array; readonly bold: Uint8Array };

/** pdfmake with its fonts: definition in, PDF out. */
export type PdfPress = {
  readonly own: { readonly regular: FontkitFont; readonly bold: FontkitFont };
  /** Adds a face of the system as `font` and takes it apart; rejects, and adds nothing, when that does not work. */
  add(font: string, bytes: Uint8Array, collectionFace: string | null): Promise<FontkitFont>;
  print(definition: object): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly pages: number }>;
};

type FontFile = readonly [file: string, collectionFace?: string];

const ownFiles = { normal: 'paper-regular.ttf', bold: 'paper-bold.ttf', italics: 'paper-regular.ttf', bolditalics: 'paper-bold.ttf' } as const;

/** It reads nothing but what it is given. */
export async function pdfPress(fonts: FontBytes): Promise<PdfPress> {
  pdfMake.virtualfs.writeFileSync(ownFiles.normal, fonts.regular);
  pdfMake.virtualfs.writeFileSync(ownFiles.bold, fonts.bold);
  pdfMake.setUrlAccessPolicy(() => false);
  pdfMake.localAccessPolicy = () => false;
  const added = new Map<string, FontFile>();
  const probe = await create({ content: [' '], defaultStyle: { font: paperFamily } }, added).getStream();
  return {
    own: { regular: probe.provideFont(paperFamily, false, false).font, bold: probe.provideFont(paperFamily, true, false).font },
    async add(font, bytes, collectionFace) {
      setLineBox(bytes, paperLineBox);
      pdfMake.virtualfs.writeFileSync(`${font}.ttf`, bytes);
      const file: FontFile = collectionFace === null ? [`${font}.ttf`] : [`${font}.ttf`, collectionFace];
      const opened = await create({ content: [' '], defaultStyle: { font } }, new Map([[font, file]])).getStream();
      added.set(font, file);
      return opened.provideFont(font, false, false).font;
    },
    async print(definition) {
      const pdf = create(definition, added);
      const pages = (await pdf.getStream())._pdfMakePages.length;
      return { bytes: new Uint8Array(await pdf.getBuffer()), pages };
    },
  };
}

/** pdfmake puts the loaded bytes into the table it is given, so it gets a fresh one each time. */
function create(definition: object, added: ReadonlyMap<string, FontFile>): ReturnType<typeof pdfMake.createPdf> {
  const table = [...added].map(([font, file]) => [font, { normal: [...file], bold: [...file], italics: [...file], bolditalics: [...file] }] as const);
  pdfMake.setFonts({ [paperFamily]: { ...ownFiles }, ...Object.fromEntries(table) });
  return pdfMake.createPdf(definition);
}
