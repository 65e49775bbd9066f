/** A piece of a pdfmake definition. pdfmake has no types of its own; the page pictures in the tests are the real check. */
export type PdfNode = string | PdfBox | readonly PdfNode[];
export type PdfBox = { readonly [property: string]: unknown };

export type PageFrame = PdfBox & { readonly pageSize: 'A4'; readonly pageOrientation: 'portrait' | 'landscape' };
export type PdfDefinition = PageFrame & { readonly content: PdfNode };

/** draft = a preview before the paper exists: gaps are marked and clickable, and every page says that it is a preview. */
export type LayoutOptions = { readonly draft: boolean };
