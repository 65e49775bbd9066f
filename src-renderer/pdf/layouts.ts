import type { PaperContent } from '#shared/domain/documents/paper-content.ts';
import { assertNever } from '#shared/kit/assert-never.ts';
import { blankFormLayout } from './blank-form-layout.ts';
import { feedbackLayout } from './feedback-layout.ts';
import { officialPaperLayout } from './official-paper-layout.ts';
import type { LayoutOptions, PdfDefinition } from './pdf-node.ts';
import { recordLayout } from './record-layout.ts';
import { roomListLayout } from './room-list-layout.ts';
import { supplementLayout } from './supplement-layout.ts';
import type { Typesetter } from './typesetting.ts';

/** Content → pdfmake definition. No clock, no font files, no browser; `set` puts a paper of the organ into its typefaces. */
export function paperLayout(content: PaperContent, options: LayoutOptions, set: Typesetter): PdfDefinition {
  switch (content.kind) {
    case 'record-of-inspection':
      return recordLayout(content, options);
    case 'room-list':
      return roomListLayout(content, options);
    case 'supplement-list':
      return supplementLayout(content, options);
    case 'feedback-sheet':
      return feedbackLayout(content, options);
    case 'opinion':
    case 'district-letter':
      return officialPaperLayout(content, options, set);
    case 'blank-form':
      return blankFormLayout(content, options);
    default:
      return assertNever(content, 'paper');
  }
}
