import type { BlankForm } from './blank-form.ts';
import type { FeedbackSheet } from './feedback-sheet.ts';
import type { OpinionPaper } from './opinion-paper.ts';
import type { RecordOfInspection } from './record-of-inspection.ts';
import type { RoomList } from './room-list.ts';
import type { SupplementList } from './supplement-list.ts';

/** The content of any paper, told apart by `kind` (a DocumentKind). */
export type PaperContent = RecordOfInspection | RoomList | SupplementList | FeedbackSheet | OpinionPaper | BlankForm;

export type ContentOf<K extends PaperContent['kind']> = Extract<PaperContent, { readonly kind: K }> extends never
  ? OpinionPaper
  : Extract<PaperContent, { readonly kind: K }>;
