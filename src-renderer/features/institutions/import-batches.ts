import type { InstitutionValues } from '#shared/domain/institutions/import-row.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { Desk, Edit } from '../../store/desk.ts';

/** One append of the journal: all of it or nothing. */
export const BATCH = 500;

export type ImportResult =
  | { readonly kind: 'done'; readonly rows: number }
  /** Nothing is left of it: what earlier batches wrote was taken back. */
  | { readonly kind: 'nothing'; readonly problem: Problem }
  /** A later batch failed, and so did taking back the earlier ones: the first `rows` are there. */
  | { readonly kind: 'part'; readonly rows: number; readonly problem: Problem };

/** Writes the rows in batches. When one fails, the earlier ones are taken back by marking their records as removed. */
export async function importRows(desk: Pick<Desk, 'edit' | 'newId'>, rows: readonly InstitutionValues[], onProgress: (rows: number) => void): Promise<ImportResult> {
  const edits: readonly Edit[] = rows.map((values) => ({ recordType: 'institution', recordId: desk.newId(), values: { ...values } }));
  for (let from = 0; from < edits.length; from += BATCH) {
    const outcome = await desk.edit(edits.slice(from, from + BATCH));
    if (!outcome.ok) return takenBack(desk, edits.slice(0, from), outcome.problem);
    onProgress(Math.min(from + BATCH, edits.length));
  }
  return { kind: 'done', rows: rows.length };
}

async function takenBack(desk: Pick<Desk, 'edit'>, written: readonly Edit[], problem: Problem): Promise<ImportResult> {
  for (let to = written.length; to > 0; to -= BATCH) {
    const piece = written.slice(Math.max(0, to - BATCH), to);
    const outcome = await desk.edit(piece.map(({ recordType, recordId }) => ({ recordType, recordId, values: { removed: true } })));
    if (!outcome.ok) return { kind: 'part', rows: to, problem };
  }
  return { kind: 'nothing', problem };
}
