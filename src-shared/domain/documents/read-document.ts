import type * as z from 'zod';
import { listItems, type RecordState } from '../../sync/record-state.ts';
import type { BoundSignature, documentFields, DocumentKind, DocumentRefusal, StoredPdf, SupplementOf } from './document.ts';

type Print = NonNullable<z.infer<(typeof documentFields)['prints']>>;
type WithId<T> = T & { readonly id: string };

/** A paper as screens read it. */
export type PaperRecord = {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly inspectionId: string | null;
  readonly institutionId: string;
  readonly title: string;
  readonly fieldNumber: string;
  readonly createdAt: string;
  readonly pdf: z.infer<typeof StoredPdf> | null;
  readonly signatures: readonly WithId<BoundSignature>[];
  readonly refusals: readonly WithId<DocumentRefusal>[];
  readonly prints: readonly WithId<Print>[];
  readonly voided: { readonly reason: string; readonly at: string } | null;
  readonly supplement: SupplementOf | null;
};

/**
 * unmade: it has its number and no bytes yet (a crash in between): to be finished under the same number.
 * refused: signature or receipt was refused, which is a regular end. signed: by the party or by the unit's stamp.
 */
export type PaperStanding = 'voided' | 'unmade' | 'made' | 'printed' | 'signed' | 'sign-refused' | 'receive-refused';

export const paperStandings: readonly PaperStanding[] = ['unmade', 'made', 'printed', 'signed', 'sign-refused', 'receive-refused', 'voided'];

export function readDocument(state: RecordState): PaperRecord {
  const value = <T>(path: string, otherwise: T): T => (state.fields[path] ?? otherwise) as T;
  const items = <T>(name: string): readonly WithId<T>[] => listItems(state, name).map(([id, item]) => ({ ...(item as T), id })) as readonly WithId<T>[];
  const byTime = <T extends { readonly at: string }>(list: readonly T[]): readonly T[] => [...list].sort((a, b) => (a.at < b.at ? -1 : 1));
  return {
    id: state.recordId,
    kind: value('kind', 'record-of-inspection'),
    inspectionId: value('inspectionId', null),
    institutionId: value('institutionId', ''),
    title: value('title', ''),
    fieldNumber: value('fieldNumber', ''),
    createdAt: value('createdAt', ''),
    pdf: value('pdf', null),
    signatures: byTime(items<BoundSignature>('signatures')),
    refusals: byTime(items<DocumentRefusal>('refusals')),
    prints: byTime(items<Print>('prints')),
    voided: value('voided', null),
    supplement: value('supplement', null),
  };
}

export function paperStanding(paper: PaperRecord): PaperStanding {
  if (paper.voided) return 'voided';
  if (!paper.pdf) return 'unmade';
  const { sha256 } = paper.pdf.evidence;
  // A signature bound to other bytes signs another paper.
  if (paper.signatures.some((each) => each.pdfSha256 === sha256 && (each.who === 'party' || each.way === 'stamped'))) return 'signed';
  const refusal = paper.refusals.at(-1);
  if (refusal) return refusal.what === 'sign' ? 'sign-refused' : 'receive-refused';
  return paper.prints.length > 0 ? 'printed' : 'made';
}

/** Number of the next marked copy: the original counts as none. */
export function nextCopyNumber(paper: PaperRecord): number {
  return paper.prints.reduce((most, print) => Math.max(most, print.copyNo), 0) + 1;
}
