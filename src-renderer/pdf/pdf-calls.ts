import type { PaperContent } from '#shared/domain/documents/paper-content.ts';
import type { Outcome } from '#shared/kit/outcome.ts';
import type { LayoutOptions } from './pdf-node.ts';

/** What crosses between the window and the PDF worker. Bytes are transferred, not copied. */
export type PdfRequest =
  | { readonly id: number; readonly call: 'warm' }
  | { readonly id: number; readonly call: 'write'; readonly content: PaperContent; readonly options: LayoutOptions }
  | { readonly id: number; readonly call: 'copy'; readonly original: Uint8Array; readonly line: string };

export type PdfResult = { readonly bytes: Uint8Array<ArrayBuffer>; readonly pages: number; readonly missingGlyphs: readonly string[] };

export type PdfReply =
  | { readonly id: number; readonly call: 'warm'; readonly ready: boolean }
  | { readonly id: number; readonly call: 'write'; readonly result: PdfResult }
  | { readonly id: number; readonly call: 'copy'; readonly result: Outcome<Uint8Array<ArrayBuffer>> }
  /** A bug in a layout, or fonts that are not where the build puts them. */
  | { readonly id: number; readonly call: 'failed'; readonly message: string };
