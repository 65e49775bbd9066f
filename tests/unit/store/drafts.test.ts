import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { done, failed, type Outcome } from '../../../src-shared/kit/outcome.ts';
import type { ProblemCode } from '../../../src-shared/kit/problem.ts';
import type { Edit } from '../../../src-renderer/store/desk.ts';
import { createDrafts } from '../../../src-renderer/store/drafts.ts';
import type { StuckField } from '../../../src-renderer/store/stuck-fields.ts';

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

/** A journal as main is: a value that it does not take spoils the whole append, and its problem names the field. */
function strictJournal(bad: ReadonlySet<unknown>, names = true) {
  const saved: Record<string, unknown> = {};
  const taken: (readonly Edit[])[] = [];
  let disk: ProblemCode | null = null;
  const commit = async (edits: readonly Edit[]): Promise<Outcome<unknown>> => {
    const flaw = edits.flatMap((edit) => Object.entries(edit.values)).find(([, value]) => bad.has(value));
    if (flaw) return names ? failed('field-too-long', { field: flaw[0] }) : failed('too-large');
    if (disk) return failed(disk);
    taken.push(edits);
    for (const edit of edits) for (const [path, value] of Object.entries(edit.values)) saved[`${edit.recordId}/${path}`] = value;
    return done(null);
  };
  return { commit, saved, taken, fill: (code: ProblemCode | null) => (disk = code) };
}

const room = (values: Edit['values'], recordId = 'r', kind?: string): Edit => ({ recordType: 'roomCheck', recordId, values, ...(kind ? { kind } : {}) });

test.each([['names it', true], ['does not', false]])('a value that no record can hold keeps neither its record nor others out, whether the journal %s', async (_how, names) => {
  const { commit, saved } = strictJournal(new Set(['长长长', '坏坏坏']), names);
  const drafts = createDrafts(commit);
  drafts.note(room({ room: '0301', remarks: '长长长', setTemperatureC: '24', use: '坏坏坏' }));
  drafts.note(room({ room: '0302' }, 's'));
  const state = await drafts.flush();
  expect(saved).toEqual({ 'r/room': '0301', 'r/setTemperatureC': '24', 's/room': '0302' });
  expect(state).toMatchObject({ kind: 'failed', problem: { code: names ? 'field-too-long' : 'too-large' } });
  expect(drafts.stuck()).toMatchObject([{ recordId: 'r', path: 'remarks', value: '长长长' }, { recordId: 'r', path: 'use', value: '坏坏坏' }]);
  expect(drafts.waiting('r')).toEqual(['remarks', 'use']);
  expect(drafts.waiting('s')).toEqual([]);
});

test('a corrected value is saved and its mark goes, another one stays; what is given up is gone', async () => {
  const { commit, saved } = strictJournal(new Set(['长长长']));
  const drafts = createDrafts(commit);
  drafts.note(room({ remarks: '长长长', use: '长长长' }));
  await drafts.flush();
  drafts.note(room({ remarks: '长' }));
  expect(await drafts.flush()).toMatchObject({ kind: 'failed', problem: { detail: { field: 'use' } } });
  expect(saved).toEqual({ 'r/remarks': '长' });
  drafts.drop('r', 'use');
  expect(drafts.state()).toEqual({ kind: 'saved' });
  expect(drafts.stuck()).toEqual([]);
});

test('a record is created by what can be saved, and the corrected rest is an edit of it', async () => {
  const { commit, taken } = strictJournal(new Set(['长长长']));
  const drafts = createDrafts(commit);
  drafts.note(room({ remarks: '长长长', room: '0301' }, 'r', 'create'));
  await drafts.flush();
  expect(taken).toEqual([[room({ room: '0301' }, 'r', 'create')]]);
  expect(drafts.stuck()[0]?.kind).toBeUndefined();
});

test('a disk that fills up in between keeps everything else waiting, and nothing is lost', async () => {
  const { commit, saved, fill } = strictJournal(new Set(['长长长']));
  const drafts = createDrafts(commit, { restMs: 400, retryMs: 3000 });
  fill('disk-full');
  drafts.note(room({ remarks: '长长长', use: '办公室' }));
  drafts.note(room({ room: '0302' }, 's'));
  await vi.advanceTimersByTimeAsync(400);
  expect(drafts.state()).toMatchObject({ kind: 'failed', problem: { code: 'disk-full' } });
  expect([...drafts.waiting('r'), ...drafts.waiting('s')]).toEqual(expect.arrayContaining(['remarks', 'use', 'room']));
  fill(null);
  await vi.advanceTimersByTimeAsync(3000);
  expect(saved).toEqual({ 'r/use': '办公室', 's/room': '0302' });
  expect(drafts.stuck()).toMatchObject([{ path: 'remarks', value: '长长长' }]);
});

test('what could not be stored is there after a restart with its reason, and is saved once a program takes it', async () => {
  const before = strictJournal(new Set(['长长长']));
  let kept: readonly StuckField[] = [];
  const first = createDrafts(before.commit, { onStuck: (all) => (kept = all) });
  first.note(room({ remarks: '长长长', room: '0301' }));
  await first.flush();
  first.stop();

  const second = createDrafts(before.commit, { left: kept, onStuck: (all) => (kept = all) });
  expect(second.waiting('r')).toEqual(['remarks']);
  await vi.advanceTimersByTimeAsync(0);
  expect(second.stuck()).toMatchObject([{ recordId: 'r', path: 'remarks', value: '长长长', problem: { code: 'field-too-long' } }]);
  expect(kept).toEqual(second.stuck());
  second.stop();

  const after = strictJournal(new Set());
  const third = createDrafts(after.commit, { left: kept, onStuck: (all) => (kept = all) });
  await vi.advanceTimersByTimeAsync(0);
  expect(after.saved).toEqual({ 'r/remarks': '长长长' });
  expect([third.state(), kept]).toEqual([{ kind: 'saved' }, []]);
});
