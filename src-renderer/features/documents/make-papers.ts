import type { DocumentKind, SupplementOf } from '#shared/domain/documents/document.ts';
import { contentSha256 } from '#shared/domain/documents/paper.ts';
import type { PaperContent } from '#shared/domain/documents/paper-content.ts';
import type { PaperRecord } from '#shared/domain/documents/read-document.ts';
import type { BridgeReply, BridgeRequest } from '#shared/bridge/calls.ts';
import { hasLoneSurrogate } from '#shared/journal/canonical-json.ts';
import { done, type Outcome } from '#shared/kit/outcome.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import type { Desk, Edit } from '../../store/desk.ts';
import type { PdfResult } from '../../pdf/pdf-calls.ts';
import { hashText } from '../../store/hash-text.ts';

export type PaperToMake = { readonly kind: DocumentKind; readonly title: string; readonly supplement?: SupplementOf };
/** An inspection and its institution, which every paper of it names. */
export type PaperPlace = { readonly inspectionId: string; readonly institutionId: string };

export type PaperTools = {
  readonly desk: Pick<Desk, 'edit' | 'get' | 'newId'>;
  readonly render: (content: PaperContent) => Promise<PdfResult>;
  readonly store: (request: BridgeRequest<'evidence.put'>) => Promise<BridgeReply<'evidence.put'>>;
};

/** The number that main gave, and what the bytes are made from. */
export type Numbered = { readonly id: string; readonly kind: DocumentKind; readonly fieldNumber: string; readonly createdAt: string };

/**
 * Step one: the papers get their records, and from main in the same frames their 现场编号. A crash after it leaves
 * papers with a number and no bytes, which `finishPaper` completes.
 */
export async function numberPapers(papers: readonly PaperToMake[], place: PaperPlace, createdAt: string, tools: PaperTools): Promise<Outcome<readonly Numbered[]>> {
  const edits = papers.map((paper): Edit => ({ recordType: 'document', recordId: tools.desk.newId(), kind: 'create', values: newDocument(paper, place, createdAt) }));
  const receipt = await tools.desk.edit(edits);
  if (!receipt.ok) return receipt;
  return done(receipt.value.changes.filter((change) => change.recordType === 'document').map((change) => ({
    id: change.recordId,
    kind: change.patch['kind']?.to as DocumentKind,
    fieldNumber: String(change.patch['fieldNumber']?.to ?? ''),
    createdAt,
  })));
}

/**
 * Step two, repeatable: content → bytes → stored original → record. Equal content gives equal bytes, so doing it again
 * after a crash stores nothing new and ends in the same paper.
 */
export async function finishPaper(paper: Numbered, content: PaperContent, tools: PaperTools): Promise<Outcome<PdfResult>> {
  const over = await tools.desk.get(paper.id);
  const pdf = await tools.render(content);
  const stored = await tools.store({ bytes: pdf.bytes, mediaType: 'application/pdf' });
  if (!stored.ok) return stored;
  const { sha256, mediaType, byteLength } = stored.value;
  const value: Record<string, JsonValue> = { evidence: { sha256, mediaType, byteLength, capturedAt: null }, pages: pdf.pages, contentSha256: contentSha256(content, hashText) };
  if (pdf.missingGlyphs.length > 0) value['missingGlyphs'] = pdf.missingGlyphs.slice(0, 200).map(storable);
  const receipt = await tools.desk.edit([{ recordType: 'document', recordId: paper.id, values: { pdf: value }, over }]);
  return receipt.ok ? done(pdf) : receipt;
}

/** Half of a broken character has no place in the journal; its sign stands for it. */
function storable(character: string): string {
  return hasLoneSurrogate(character) ? '\ufffd' : character;
}

/** A number that was given stays given: the paper is kept and marked void with its reason. */
export function voidEdit(paper: Pick<PaperRecord, 'id'>, reason: string, at: string, over: RecordState): Edit {
  return { recordType: 'document', recordId: paper.id, values: { voided: { reason, at } }, over };
}

function newDocument(paper: PaperToMake, place: PaperPlace, createdAt: string): Record<string, JsonValue> {
  const supplement = paper.supplement ? { supplement: paper.supplement as unknown as JsonValue } : {};
  return { ...supplement, kind: paper.kind, title: paper.title, ...place, caseId: null, createdAt, pdf: null, officialNumber: null, issuedOn: null, voided: null };
}
