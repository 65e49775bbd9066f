// The parts of pdfmake 0.3's browser build that we use; the package brings no types of its own.
declare module 'pdfmake/build/pdfmake.min.js' {
  /** A name in `virtualfs`, with the PostScript name of the face in a collection. pdfmake writes into the arrays. */
  type FontFile = string | (string | undefined)[];
  type FontFiles = { readonly normal: FontFile; readonly bold: FontFile; readonly italics: FontFile; readonly bolditalics: FontFile };
  /** fontkit's font inside pdfkit's. Lengths in font units, y upwards. */
  export type FontkitFont = {
    readonly unitsPerEm: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): {
      readonly advanceWidth: number;
      readonly path: { readonly commands: readonly { readonly command: string; readonly args: readonly number[] }[] };
    };
  };
  export type PdfkitDocument = {
    provideFont(family: string, bold: boolean, italics: boolean): { readonly font: FontkitFont };
    /** The pages that pdfmake laid out. */
    readonly _pdfMakePages: readonly unknown[];
  };
  const pdfMake: {
    readonly virtualfs: { writeFileSync(name: string, bytes: Uint8Array): void; existsSync(name: string): boolean };
    localAccessPolicy: ((path: string) => boolean) | undefined;
    setUrlAccessPolicy(allow: (url: string) => boolean): void;
    setFonts(fonts: Readonly<Record<string, FontFiles>>): void;
    createPdf(definition: object): { getBuffer(): Promise<Uint8Array>; getStream(): Promise<PdfkitDocument> };
  };
  export default pdfMake;
}
