import type { InstitutionValues } from '#shared/domain/institutions/import-row.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { Desk, Edit } from '../../store/desk.ts';

export type ImportResult =
  | { readonly kind: 'done'; readonly rows: number }
  /** Nothing of it is anywhere. */
  | { readonly kind: 'nothing'; readonly problem: Problem };

/** Writes all rows or none: one append of the journal, whatever their number (docs/decisions/0023). */
export async function importRows(desk: Pick<Desk, 'editMany' | 'newId'>, rows: readonly InstitutionValues[], onProgress: (rows: number) => void): Promise<ImportResult> {
  const edits: readonly Edit[] = rows.map((values) => ({ recordType: 'institution', recordId: desk.newId(), values: { ...values } }));
  const outcome = await desk.editMany(edits, onProgress);
  return outcome.ok ? { kind: 'done', rows: rows.length } : { kind: 'nothing', problem: outcome.problem };
}
