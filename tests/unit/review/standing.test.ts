import { describe, expect, test } from 'vitest';
import { inspectionStanding, lastReviews, reviewsInOrder } from '#shared/domain/review/inspection-standing.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { inspection, locked, lockId, review as reviewRecord } from '../shell/records.ts';

type Written = { readonly lockId?: string | null; readonly follows?: readonly string[]; readonly at?: string; readonly chain?: string; readonly seq?: number };

/** A review of inspection `a`; its clock says 2020 unless told, so that no clock can help. */
function review(id: string, verdict: 'approved' | 'sent-back', { at = '2020-01-01T00:00:00.000Z', chain = id, seq = 1, ...more }: Written = {}): RecordState {
  return { ...reviewRecord(id, 'a', verdict, at, id, more as Record<string, JsonValue>), through: { [chain]: seq } };
}

function standing(reviews: readonly RecordState[], of: RecordState = inspection('a', locked)) {
  return inspectionStanding(of, lastReviews([of], reviews).get('a'));
}

describe('where an inspection stands', () => {
  test('is in work before anybody reviewed or concluded it', () => {
    expect(standing([], inspection('a'))).toBe('in-work');
    expect(standing([])).toBe('concluded');
  });

  test('an approval of the present conclusion approves, whatever the two laptops’ clocks say', () => {
    expect(standing([review('r1', 'approved', { lockId, follows: [], at: '1999-01-01T00:00:00.000Z' })])).toBe('approved');
    expect(standing([review('r1', 'approved', { lockId, follows: [], at: '2099-01-01T00:00:00.000Z' })])).toBe('approved');
  });

  test('what was sent back before the conclusion waits for review again, though its clock runs ahead of the lock', () => {
    const early = review('r1', 'sent-back', { lockId: null, follows: [], at: '2099-01-01T00:00:00.000Z' });
    expect(standing([early], inspection('a'))).toBe('sent-back');
    expect(standing([early])).toBe('concluded');
  });

  test('what was sent back after the conclusion stays sent back, though its clock is behind the lock', () => {
    expect(standing([review('r1', 'sent-back', { lockId, follows: [], at: '1999-01-01T00:00:00.000Z' })])).toBe('sent-back');
  });

  test('a review of another conclusion does not count for the present one', () => {
    expect(standing([review('r1', 'approved', { lockId: 'd'.repeat(64), follows: [] })])).toBe('concluded');
  });

  test('the review that follows another takes its place, in whatever order they arrive', () => {
    const back = review('r1', 'sent-back', { lockId, follows: [], at: '2026-08-13T09:00:00.000Z' });
    const approved = review('r2', 'approved', { lockId, follows: ['r1'], at: '2026-08-13T08:00:00.000Z' });
    expect([standing([back, approved]), standing([approved, back])]).toEqual(['approved', 'approved']);
  });

  test('of two section heads who did not see each other’s, the one who sends back asks for another look', () => {
    const reviews = [review('r1', 'approved', { lockId, follows: [] }), review('r2', 'sent-back', { lockId, follows: [] })];
    expect([standing(reviews), standing([...reviews].reverse())]).toEqual(['sent-back', 'sent-back']);
    expect(standing([...reviews, review('r3', 'approved', { lockId, follows: ['r1', 'r2'] })])).toBe('approved');
  });

  test('a sending-back from before the conclusion that arrives late does not undo the approval', () => {
    expect(standing([review('r1', 'approved', { lockId, follows: [] }), review('r2', 'sent-back', { lockId: null, follows: [] })])).toBe('approved');
  });
});

describe('reviews written before they named their conclusion', () => {
  test('an approval counts, since only what is concluded could be approved', () => {
    expect(standing([review('r1', 'approved')])).toBe('approved');
  });

  test('a sending-back of something concluded since waits to be read once more', () => {
    expect(standing([review('r1', 'sent-back')])).toBe('concluded');
    expect(standing([review('r1', 'sent-back')], inspection('a'))).toBe('sent-back');
  });

  test('of one laptop the later place counts', () => {
    const reviews = [review('r9', 'sent-back', { chain: 'head', seq: 4, at: '2026-08-14T00:00:00.000Z' }), review('r1', 'approved', { chain: 'head', seq: 7, at: '2026-08-13T00:00:00.000Z' })];
    expect([standing(reviews), standing([...reviews].reverse())]).toEqual(['approved', 'approved']);
  });
});

test('reviews are listed the latest first, by what follows what', () => {
  const reviews = [review('r2', 'sent-back', { follows: [], at: '2026-08-15T00:00:00.000Z' }), review('r3', 'approved', { follows: ['r2'], at: '2026-08-14T00:00:00.000Z' }), review('r1', 'sent-back', { chain: 'r2', seq: 0 })];
  expect(reviewsInOrder(reviews).map(({ recordId }) => recordId)).toEqual(['r3', 'r2', 'r1']);
});

test('reviews that name each other in a ring stay in sight', () => {
  const ring = [review('r1', 'approved', { lockId, follows: ['r2'] }), review('r2', 'sent-back', { lockId, follows: ['r1'] })];
  expect(standing(ring)).toBe('sent-back');
  expect(reviewsInOrder(ring)).toHaveLength(2);
});
