import { blankForm } from '#shared/domain/documents/blank-form.ts';
import type { DocumentKind } from '#shared/domain/documents/document.ts';
import { feedbackSheet } from '#shared/domain/documents/feedback-sheet.ts';
import type { PaperContent } from '#shared/domain/documents/paper-content.ts';
import { marksOf, paperSources, type PaperMaking, type PaperRecords } from '#shared/domain/documents/paper-sources.ts';
import { recordOfInspection } from '#shared/domain/documents/record-of-inspection.ts';
import { roomList } from '#shared/domain/documents/room-list.ts';
import type { Supplement } from '#shared/domain/documents/supplement.ts';
import { supplementList } from '#shared/domain/documents/supplement-list.ts';

/** The papers that are signed on site, in the order in which they are handed over. */
export const sitePapers = ['record-of-inspection', 'room-list', 'feedback-sheet'] as const satisfies readonly DocumentKind[];
export type SitePaper = (typeof sitePapers)[number];

/** Empty rows of a blank paper form. */
const BLANK_ROWS = 60;

/** A 补充 is made of what was accepted after 定稿, and is no part of what an inspection has to end with. */
export type MadeKind = SitePaper | 'blank-form' | 'supplement-list';
export const madeKinds: readonly MadeKind[] = [...sitePapers, 'blank-form', 'supplement-list'];

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

/** The content of a 补充房间明细表. Who accepted is named by the record of today: it is no fact of the lock. */
export function supplementContent(supplement: Supplement, records: PaperRecords, making: PaperMaking): PaperContent {
  const names = new Map(records.people.map((record) => [record.recordId, String(record.fields['name'] ?? '')]));
  return supplementList(paperSources(records, making), supplement, (officerId) => names.get(officerId) || officerId.slice(0, 8));
}

export function isMadeKind(kind: DocumentKind): kind is MadeKind {
  return (madeKinds as readonly DocumentKind[]).includes(kind);
}
