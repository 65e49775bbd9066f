import type { RecordState } from '../../sync/record-state.ts';

/** The id of the change that locked an inspection: what a review names as judged. Null while it is not locked. */
export function lockIdOf(inspection: RecordState): string | null {
  return (inspection.fields['lock'] ?? null) === null ? null : (inspection.by['lock'] ?? '');
}
