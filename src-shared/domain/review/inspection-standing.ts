import { isLaterOfChain, type RecordState } from '../../sync/record-state.ts';
import { lockIdOf } from '../inspection/lock-id.ts';

/** in-work 进行中, concluded 已定稿 (waits for review), approved 已审核, sent-back 退回. */
export type InspectionStanding = 'in-work' | 'concluded' | 'approved' | 'sent-back';

export type LastReview = {
  readonly reviewId: string;
  readonly verdict: 'approved' | 'sent-back';
  readonly comment: string;
  /** The reviewer's clock: shown, never compared. */
  readonly at: string;
  readonly by: string;
  /** It judged the lock that the inspection has now. */
  readonly isOfPresentLock: boolean;
};

/**
 * The review that counts for each inspection. No clock decides which is the later one: a review names those it follows, and of
 * one chain the later place follows the earlier. Of two people who did not see each other's, one on the present lock goes
 * first, then a sending-back: it costs another look, an approval that nobody meant costs more.
 */
export function lastReviews(inspections: readonly RecordState[], reviews: readonly RecordState[]): ReadonlyMap<string, LastReview> {
  const byInspection = new Map<string, RecordState[]>();
  for (const review of reviews) {
    const inspectionId = String(review.fields['inspectionId'] ?? '');
    const held = byInspection.get(inspectionId);
    if (held) held.push(review);
    else byInspection.set(inspectionId, [review]);
  }
  const last = new Map<string, LastReview>();
  for (const inspection of inspections) {
    const [first] = latestReviews(byInspection.get(inspection.recordId) ?? []).map((review) => readReview(inspection, review)).sort(byWeight);
    if (first) last.set(inspection.recordId, first);
  }
  return last;
}

/** Sent back before its conclusion and concluded since: it waits for review again. */
export function inspectionStanding(inspection: RecordState, review: LastReview | undefined): InspectionStanding {
  if (lockIdOf(inspection) === null) return review?.verdict === 'sent-back' ? 'sent-back' : 'in-work';
  return review?.isOfPresentLock ? review.verdict : 'concluded';
}

/** The reviews of one inspection that none of the others follows: one, or several by people who did not see each other's. */
export function latestReviews(reviews: readonly RecordState[]): readonly RecordState[] {
  const followed = new Set(reviews.flatMap(followedBy));
  const latest = reviews.filter((review) => !followed.has(review.recordId) && !reviews.some((other) => isLaterOfChain(other, review)));
  // Reviews that name each other in a ring were written by no desk of ours; all of them stay in sight.
  return latest.length > 0 ? latest : reviews;
}

/** The reviews of one inspection, the latest first; those of people who did not see each other's by their ids. */
export function reviewsInOrder(reviews: readonly RecordState[]): readonly RecordState[] {
  const ordered: RecordState[] = [];
  let rest = reviews;
  while (rest.length > 0) {
    const latest = new Set(latestReviews(rest));
    ordered.push(...[...latest].sort((a, b) => (a.recordId < b.recordId ? -1 : 1)));
    rest = rest.filter((review) => !latest.has(review));
  }
  return ordered;
}

function followedBy(review: RecordState): readonly string[] {
  return ((review.fields['follows'] ?? []) as readonly string[]).filter((id) => id !== review.recordId);
}

/**
 * A review from before reviews named their lock: only what was concluded could be approved, so an approval was of the lock. What
 * was sent back may have been so before or after it, and no clock tells: it waits to be read once more.
 */
function readReview(inspection: RecordState, { recordId, createdBy, fields }: RecordState): LastReview {
  const verdict = fields['verdict'] === 'approved' ? 'approved' : 'sent-back';
  const lockId = lockIdOf(inspection);
  const named = fields['lockId'] as string | null | undefined;
  const isOfPresentLock = lockId !== null && (named === undefined ? verdict === 'approved' : named === lockId);
  return { reviewId: recordId, verdict, comment: String(fields['comment'] ?? ''), at: String(fields['at'] ?? ''), by: createdBy, isOfPresentLock };
}

function byWeight(a: LastReview, b: LastReview): number {
  if (a.isOfPresentLock !== b.isOfPresentLock) return a.isOfPresentLock ? -1 : 1;
  if (a.verdict !== b.verdict) return a.verdict === 'sent-back' ? -1 : 1;
  return a.reviewId < b.reviewId ? -1 : 1;
}
