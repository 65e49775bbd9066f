import { describe, expect, test } from 'vitest';
import { roles, type Role } from '#shared/domain/people/people.ts';
import { mayRecord, mayWrite, policyProblem, type ProposedChange, type Surroundings } from '#shared/domain/policy.ts';
import { recordTypes, type RecordTypeName } from '#shared/domain/records.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { emptyRecord, type RecordState } from '#shared/sync/record-state.ts';

const me = '0190d3c0-0000-7000-8000-000000000101';
const other = '0190d3c0-0000-7000-8000-000000000102';
const chainId = 'laptop.me';

const record = (recordType: string, fields: Record<string, JsonValue>, over: Partial<RecordState> = {}): RecordState => ({
  ...emptyRecord({ recordId: 'r', recordType, officeId: 'o', officerId: me }), fields, ...over,
});
const change = (recordType: RecordTypeName, values: Record<string, JsonValue>, kind = 'edit', seq = 9): ProposedChange => ({
  chainId, seq, recordType, kind, patch: Object.fromEntries(Object.entries(values).map(([path, to]) => [path, { was: null, to }])),
});
const around = (over: Partial<Surroundings> = {}): Surroundings => ({ record: null, inspection: null, isOfficialNumber: () => false, ...over });
const as = (...held: Role[]) => ({ officerId: me, roles: held });

describe('who may write what', () => {
  const writersOf = (recordType: RecordTypeName, kind: string): readonly Role[] => roles.filter((role) => mayWrite(recordType, kind, [role]));

  test.each([
    ['institution', 'create', ['inspector', 'section-head', 'system-administrator']],
    ['inspection', 'edit', ['inspector', 'assistant', 'section-head', 'joint-staff']],
    ['inspection', 'lock', ['inspector', 'section-head', 'joint-staff']],
    ['roomCheck', 'edit', ['inspector', 'assistant', 'section-head', 'joint-staff']],
    ['document', 'create', ['inspector', 'assistant', 'section-head', 'joint-staff']],
    ['case', 'create', ['inspector', 'section-head', 'joint-staff']],
    ['case', 'event', ['inspector', 'assistant', 'section-head', 'joint-staff']],
    ['review', 'create', ['section-head']],
    ['amendment', 'create', ['inspector', 'section-head', 'joint-staff']],
    ['handover', 'edit', ['inspector', 'assistant', 'section-head']],
  ] as const)('%s, %s', (recordType, kind, expected) => {
    expect(writersOf(recordType, kind)).toEqual(expected);
  });

  test('records of the server are written by no laptop, whatever the role', () => {
    const served = (Object.keys(recordTypes) as RecordTypeName[]).filter((name) => recordTypes[name].authority === 'server');
    expect(served).toEqual(['organ', 'person', 'opinion', 'basisList']);
    for (const name of served) expect(mayWrite(name, 'create', roles)).toBe(false);
  });

  test('a kind with the name of a built-in property gives no rights', () => {
    expect(mayWrite('inspection', 'constructor', ['leader'])).toBe(false);
  });
});

describe('the lock of an inspection', () => {
  const lock = { lockedAt: '2026-08-12T06:03:00.000Z', lockedBy: me, seen: {}, covers: [] };
  const mine = record('inspection', { leadOfficerId: me });
  const theirs = record('inspection', { leadOfficerId: other });

  test('is made by its lead officer only, in his own name', () => {
    expect(policyProblem(change('inspection', { lock }, 'lock'), as('inspector'), around({ record: mine }))).toBeNull();
    expect(policyProblem(change('inspection', { lock }, 'lock'), as('inspector', 'section-head'), around({ record: theirs }))).toEqual({ code: 'not-allowed', detail: { field: 'lock' } });
    expect(policyProblem(change('inspection', { lock: { ...lock, lockedBy: other } }, 'lock'), as('inspector'), around({ record: mine }))).toMatchObject({ code: 'not-allowed' });
    expect(policyProblem(change('inspection', { lock }, 'lock'), as('assistant'), around({ record: mine }))).toMatchObject({ code: 'not-allowed' });
  });

  test('can not be slipped in or taken out by an ordinary edit', () => {
    expect(policyProblem(change('inspection', { lock }), as('inspector'), around({ record: mine }))).toEqual({ code: 'not-allowed', detail: { field: 'lock' } });
    expect(policyProblem(change('inspection', {}, 'lock'), as('inspector'), around({ record: mine }))).toEqual({ code: 'incomplete', detail: { field: 'lock' } });
  });

  test('refuses what comes after it, and takes what it covers', () => {
    const locked = record('inspection', { leadOfficerId: me, lock }, { lockedThrough: { [chainId]: 9 } });
    expect(policyProblem(change('inspection', { title: 'a' }, 'edit', 10), as('inspector'), around({ record: locked }))).toMatchObject({ code: 'locked' });
    expect(policyProblem(change('inspection', { lock }, 'lock', 10), as('inspector'), around({ record: locked }))).toMatchObject({ code: 'locked' });
    expect(policyProblem(change('inspection', { title: 'a' }, 'edit', 9), as('inspector'), around({ record: locked }))).toBeNull();
  });

  test('the lead is passed on by the lead or the section head, so that nobody helps himself to the lock', () => {
    const take = change('inspection', { leadOfficerId: me });
    expect(policyProblem(take, as('inspector'), around({ record: theirs }))).toEqual({ code: 'not-allowed', detail: { field: 'leadOfficerId' } });
    expect(policyProblem(take, as('section-head'), around({ record: theirs }))).toBeNull();
    expect(policyProblem(change('inspection', { leadOfficerId: other }), as('inspector'), around({ record: mine }))).toBeNull();
    expect(policyProblem(take, as('inspector'), around({ record: null }))).toBeNull();
  });
});

describe('papers', () => {
  const pdf = { evidence: { sha256: 'a'.repeat(64), mediaType: 'application/pdf', byteLength: 9, capturedAt: null }, pages: 1, contentSha256: 'b'.repeat(64) };

  test('the PDF of a document is made once', () => {
    const made = record('document', { pdf, fieldNumber: 'A01-20260812-1' });
    expect(policyProblem(change('document', { pdf: { ...pdf, pages: 2 } }), as('inspector'), around({ record: made }))).toEqual({ code: 'locked', detail: { field: 'pdf' } });
    expect(policyProblem(change('document', { pdf: null }), as('inspector'), around({ record: made }))).toMatchObject({ code: 'locked' });
    expect(policyProblem(change('document', { pdf }), as('inspector'), around({ record: made })), 'the same again').toBeNull();
    expect(policyProblem(change('document', { pdf }), as('inspector'), around({ record: record('document', { pdf: null }) }))).toBeNull();
  });

  test('a 现场编号 never changes', () => {
    const made = record('document', { fieldNumber: 'A01-20260812-1' });
    expect(policyProblem(change('document', { fieldNumber: 'A01-20260812-2' }), as('inspector'), around({ record: made }))).toEqual({ code: 'locked', detail: { field: 'fieldNumber' } });
  });

  test('an official number is one that the server gave', () => {
    const numbered = change('document', { officialNumber: '示机事整〔2026〕1号' });
    expect(policyProblem(numbered, as('inspector'), around())).toEqual({ code: 'not-allowed', detail: { field: 'officialNumber' } });
    expect(policyProblem(numbered, as('inspector'), around({ isOfficialNumber: (text) => text === '示机事整〔2026〕1号' }))).toBeNull();
  });
});

describe('what was written once stays', () => {
  const signature = { way: 'signed-print', who: 'party', name: '方晓岚', at: '2026-08-12T06:03:00.000Z' };
  const event = { type: 'replied', by: me, text: '已调整' };

  test('a signature, a refusal and a print on a paper', () => {
    for (const path of ['signatures/a', 'refusals/a', 'prints/a']) {
      const paper = record('document', { [path]: signature });
      expect(policyProblem(change('document', { [path]: { ...signature, name: '别人' } }), as('inspector'), around({ record: paper }))).toEqual({ code: 'locked', detail: { field: path } });
      expect(policyProblem(change('document', { [path]: null }), as('inspector'), around({ record: paper })), 'taken away').toMatchObject({ code: 'locked' });
      expect(policyProblem(change('document', { [`${path}b`]: signature }), as('inspector'), around({ record: paper })), 'one more').toBeNull();
    }
  });

  test('that a paper is void, with its reason', () => {
    const paper = record('document', { voided: { reason: '写错单位', at: '2026-08-12T06:03:00.000Z' } });
    expect(policyProblem(change('document', { voided: null }), as('inspector'), around({ record: paper }))).toEqual({ code: 'locked', detail: { field: 'voided' } });
    expect(policyProblem(change('document', { voided: null }), as('inspector'), around({ record: record('document', { voided: null }) }))).toBeNull();
  });

  test('the events and findings of a case', () => {
    const found = record('case', { 'events/e1': { ...event, by: other }, 'findings/f1': { room: '0301' } });
    expect(policyProblem(change('case', { 'events/e1': null }, 'event'), as('inspector'), around({ record: found }))).toEqual({ code: 'locked', detail: { field: 'events/e1' } });
    expect(policyProblem(change('case', { 'events/e1': event }, 'event'), as('inspector'), around({ record: found })), 'taken over').toMatchObject({ code: 'locked' });
    expect(policyProblem(change('case', { 'findings/f1': null }), as('inspector'), around({ record: found }))).toMatchObject({ code: 'locked' });
    expect(policyProblem(change('case', { 'events/e2': event }, 'event'), as('inspector'), around({ record: found }))).toBeNull();
  });
});

describe('the steps of a case', () => {
  const everybody: readonly Role[] = ['inspector', 'assistant', 'section-head', 'joint-staff'];
  const deciders: readonly Role[] = ['inspector', 'section-head', 'joint-staff'];
  const step = (type: string) => change('case', { 'events/e1': { type, by: me } }, 'event');

  test.each([
    ['opened', deciders], ['reply-requested', deciders], ['rechecked', deciders], ['closed', deciders], ['reopened', deciders],
    ['corrected-on-spot', everybody], ['replied', everybody], ['opinion-linked', everybody], ['note', everybody],
  ] as const)('%s', (type, allowed) => {
    expect(roles.filter((role) => mayRecord(type, [role]))).toEqual(allowed);
    for (const role of roles) {
      // The screen offers what the server takes, and nothing else.
      expect(policyProblem(step(type), as(role), around()) === null).toBe(mayRecord(type, [role]));
    }
  });

  test('an assistant records what the unit answered; 复查 and 销号 are refused by name', () => {
    expect(policyProblem(step('replied'), as('assistant'), around())).toBeNull();
    for (const type of ['rechecked', 'closed']) expect(policyProblem(step(type), as('assistant'), around())).toEqual({ code: 'not-allowed', detail: { field: 'events/e1', event: type } });
  });

  test('whoever is an inspector too decides as one', () => {
    expect(policyProblem(step('closed'), as('assistant', 'inspector'), around())).toBeNull();
  });
});

test('nobody approves an inspection that he took part in, but he may send it back', () => {
  const took = record('inspection', { leadOfficerId: other, officerIds: [other, me] });
  const approve = change('review', { inspectionId: 'r', verdict: 'approved' }, 'create');
  expect(policyProblem(approve, as('section-head'), around({ inspection: took }))).toEqual({ code: 'same-person', detail: { recordType: 'review' } });
  expect(policyProblem(change('review', { verdict: 'sent-back' }, 'create'), as('section-head'), around({ inspection: took }))).toBeNull();
  expect(policyProblem(approve, as('section-head'), around({ inspection: record('inspection', { leadOfficerId: other, officerIds: [other] }) }))).toBeNull();
});

test('an event of a case bears the name of whoever wrote it', () => {
  const event = (by: string) => change('case', { 'events/e1': { type: 'note', by } }, 'event');
  expect(policyProblem(event(me), as('inspector'), around())).toBeNull();
  expect(policyProblem(event(other), as('inspector'), around())).toEqual({ code: 'not-allowed', detail: { field: 'events/e1' } });
});
