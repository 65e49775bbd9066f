import { blankForm } from '#shared/domain/documents/blank-form.ts';
import type { DocumentKind } from '#shared/domain/documents/document.ts';
import { feedbackSheet } from '#shared/domain/documents/feedback-sheet.ts';
import type { PaperContent } from '#shared/domain/documents/paper-content.ts';
import { marksOf, paperSources, type PaperMaking, type PaperRecords } from '#shared/domain/documents/paper-sources.ts';
import { recordOfInspection } from '#shared/domain/documents/record-of-inspection.ts';
import { roomList } from '#shared/domain/documents/room-list.ts';

/** The papers that are signed on site, in the order in which they are handed over. */
export const sitePapers = ['record-of-inspection', 'room-list', 'feedback-sheet'] as const satisfies readonly DocumentKind[];
export type SitePaper = (typeof sitePapers)[number];

/** Empty rows of a blank paper form. */
const BLANK_ROWS = 60;

/** The content of one paper of an inspection. Papers of the organ (意见书, 函) are made where their workflow is. */
export function contentOf(kind: SitePaper | 'blank-form', records: PaperRecords, making: PaperMaking): PaperContent {
  const sources = paperSources(records, making);
  switch (kind) {
    case 'record-of-inspection':
      return recordOfInspection(sources);
    case 'room-list':
      return roomList(sources);
    case 'feedback-sheet':
      return feedbackSheet(sources);
    case 'blank-form':
      return blankForm({
        organ: sources.organName(sources.inspection.leadOrganId) ?? '', unit: sources.inspection.institutionName ?? '', rowCount: BLANK_ROWS,
        fieldNumber: making.fieldNumber, madeAt: making.madeAt, marks: marksOf(sources),
      });
  }
}

export function isSitePaper(kind: DocumentKind): kind is SitePaper {
  return (sitePapers as readonly DocumentKind[]).includes(kind);
}
