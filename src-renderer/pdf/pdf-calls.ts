import type { PaperContent } from '#shared/domain/documents/paper-content.ts';
import type { Outcome } from '#shared/kit/outcome.ts';
import type { LayoutOptions } from './pdf-node.ts';

/** What crosses between the window and the PDF worker. Bytes are transferred, not copied. */
export type PdfRequest =
  /** `official`: also the typefaces of the system, which only papers of the organ are set in. */
  | { readonly id: number; readonly call: 'warm'; readonly official: boolean }
  | { readonly id: number; readonly call: 'write'; readonly content: PaperContent; readonly options: LayoutOptions }
  | { readonly id: number; readonly call: 'copy'; readonly original: Uint8Array; readonly line: string };

/** Why our own typeface stands in for the system's: there is none, its licence bits forbid embedding, it can not be read. */
export type WhyOwn = { readonly why: 'absent' } | { readonly why: 'not-embeddable' | 'unreadable'; readonly family: string };
export type FaceSetIn = { readonly kind: 'system'; readonly family: string } | ({ readonly kind: 'own' } & WhyOwn);

/** What a paper of the organ is set in. `borrowed`: characters that its typeface lacks and another one lent. */
export type SetIn = { readonly title: FaceSetIn; readonly body: FaceSetIn; readonly borrowed: readonly string[] };

/** `setIn` null: all in our own typeface, as every paper of an inspection is. */
export type PdfResult = { readonly bytes: Uint8Array<ArrayBuffer>; readonly pages: number; readonly missingGlyphs: readonly string[]; readonly setIn: SetIn | null };

export type PdfReply =
  | { readonly id: number; readonly call: 'warm'; readonly ready: boolean }
  | { readonly id: number; readonly call: 'write'; readonly result: PdfResult }
  | { readonly id: number; readonly call: 'copy'; readonly result: Outcome<Uint8Array<ArrayBuffer>> }
  /** A bug in a layout, or fonts that are not where the build puts them. */
  | { readonly id: number; readonly call: 'failed'; readonly message: string };
