import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { done, failed, type Outcome } from '../../../src-shared/kit/outcome.ts';
import type { ProblemCode } from '../../../src-shared/kit/problem.ts';
import type { Edit } from '../../../src-renderer/store/desk.ts';
import { createDrafts } from '../../../src-renderer/store/drafts.ts';

const remark: Edit = { recordType: 'roomCheck', recordId: 'r', values: { remarks: '窗开着' } };

function journal() {
  let refusal: ProblemCode | null = null;
  const taken: (readonly Edit[])[] = [];
  let tries = 0;
  const commit = async (edits: readonly Edit[]): Promise<Outcome<unknown>> => {
    tries += 1;
    if (refusal) return failed(refusal);
    taken.push(edits);
    return done(null);
  };
  return { commit, taken, tries: () => tries, refuse: (code: ProblemCode | null) => (refusal = code) };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('what a full disk did not take is saved by itself once there is room', async () => {
  const { commit, taken, refuse } = journal();
  const drafts = createDrafts(commit, { restMs: 400, retryMs: 3000 });
  const said: string[] = [];
  drafts.onState(() => said.push(drafts.state().kind));
  refuse('disk-full');
  drafts.note(remark);
  await vi.advanceTimersByTimeAsync(400);
  expect(drafts.state()).toMatchObject({ kind: 'failed', problem: { code: 'disk-full' } });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(said.filter((kind) => kind === 'saving'), 'tries of its own do not flicker on the screen').toHaveLength(1);
  refuse(null);
  await vi.advanceTimersByTimeAsync(3000);
  expect(taken).toEqual([[remark]]);
  expect(drafts.state()).toEqual({ kind: 'saved' });
});

test('what time does not heal is not tried again by itself, and nothing is after the desk is closed', async () => {
  const { commit, tries, refuse } = journal();
  const drafts = createDrafts(commit, { restMs: 400, retryMs: 3000 });
  refuse('not-signed-in');
  drafts.note(remark);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(tries()).toBe(1);
  refuse('storage-failed');
  await drafts.flush();
  expect(tries()).toBe(2);
  drafts.stop();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(tries()).toBe(2);
});
