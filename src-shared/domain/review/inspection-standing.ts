import type { RecordState } from '../../sync/record-state.ts';

/** in-work 进行中, concluded 已定稿 (waits for review), approved 已审核, sent-back 退回. */
export type InspectionStanding = 'in-work' | 'concluded' | 'approved' | 'sent-back';

export type LastReview = { readonly reviewId: string; readonly verdict: 'approved' | 'sent-back'; readonly comment: string; readonly at: string; readonly by: string };

/** The review written last for each inspection. Reviews are few and the section head's alone, so their own time orders them. */
export function lastReviews(reviews: readonly RecordState[]): ReadonlyMap<string, LastReview> {
  const last = new Map<string, LastReview>();
  for (const { recordId, createdBy, fields } of reviews) {
    const inspectionId = String(fields['inspectionId'] ?? '');
    const review: LastReview = { reviewId: recordId, verdict: fields['verdict'] === 'approved' ? 'approved' : 'sent-back', comment: String(fields['comment'] ?? ''), at: String(fields['at'] ?? ''), by: createdBy };
    const earlier = last.get(inspectionId);
    if (!earlier || earlier.at < review.at || (earlier.at === review.at && earlier.reviewId < recordId)) last.set(inspectionId, review);
  }
  return last;
}

/** Sent back before its conclusion and concluded since: it waits for review again. */
export function inspectionStanding(inspection: RecordState, review: LastReview | undefined): InspectionStanding {
  const lock = (inspection.fields['lock'] ?? null) as { readonly lockedAt: string } | null;
  if (!lock) return review?.verdict === 'sent-back' ? 'sent-back' : 'in-work';
  if (!review || review.at < lock.lockedAt) return 'concluded';
  return review.verdict;
}
