import { describe, expect, test } from 'vitest';
import type { Inspection, PersonToSign } from '#shared/domain/inspection/read-inspection.ts';
import { readInspection } from '#shared/domain/inspection/read-inspection.ts';
import { certificateOn, signingRequirements } from '#shared/domain/inspection/signing-requirements.ts';
import { emptyRecord } from '#shared/sync/record-state.ts';

const [lin, zhou, he, chen] = ['lin', 'zhou', 'he', 'chen'] as const;
const certificate = (number: string, validFrom = '2025-01-01', validUntil = '2026-12-31') => ({ number, issuingOrgan: '示例市', validFrom, validUntil });
const person = (id: string, values: Partial<PersonToSign> = {}): PersonToSign => ({ id, name: id, roles: ['inspector'], certificate: certificate(`样例-${id}`), ...values });
const everybody = [person(lin), person(zhou), person(he, { roles: ['joint-staff'] }), person(chen, { roles: ['assistant'], certificate: null })];

const blank = readInspection(emptyRecord({ recordId: 'i', recordType: 'inspection', officeId: 'o', officerId: lin }));
const ready: Inspection = {
  ...blank, leadOfficerId: lin, officerIds: [lin, zhou], startedAt: '2026-08-12T01:00:00.000Z', endedAt: '2026-08-12T03:00:00.000Z',
  certificatesShownAt: '2026-08-12T01:01:00.000Z', recusal: { asked: true, answer: '不申请回避' },
};
const now = '2026-08-12T03:00:00.000Z';
const requirements = (values: Partial<Inspection> = {}, people: readonly PersonToSign[] = everybody) => signingRequirements({ ...ready, ...values }, new Map(people.map((each) => [each.id, each])), now);
const codes = (...args: Parameters<typeof requirements>) => requirements(...args).gaps.map((gap) => (gap.code === 'officer-does-not-count' ? `${gap.officerId}: ${gap.why}` : gap.code));

describe('who may sign the 笔录', () => {
  test('two officers, certificates shown, recusal asked and answered', () => {
    expect(requirements()).toEqual({ counted: [lin, zhou], gaps: [], maySign: true });
  });

  test('one officer is not enough', () => {
    expect(codes({ officerIds: [lin] })).toEqual(['two-officers-needed']);
  });

  test('the same person listed twice is one', () => {
    expect(codes({ officerIds: [lin, lin] })).toEqual(['two-officers-needed']);
  });

  test('one certificate under two accounts is one person', () => {
    expect(codes({}, [person(lin), person(zhou, { certificate: certificate('样例-ＬＩＮ') })])).toEqual(['two-officers-needed', 'zhou: same-certificate']);
  });

  test('an assistant never counts, whatever certificate is entered and wherever he is listed', () => {
    expect(codes({ officerIds: [lin, chen] }, [person(lin), person(chen, { roles: ['assistant'] })])).toEqual(['two-officers-needed', 'chen: assistant']);
    expect(codes({ officerIds: [lin, zhou], assistantIds: [zhou] })).toEqual(['two-officers-needed', 'zhou: assistant']);
  });

  test('an officer of the joint organ with a certificate counts', () => {
    expect(requirements({ officerIds: [lin, he] })).toMatchObject({ maySign: true, counted: [lin, he] });
  });

  test('no certificate, not yet valid, expired, unknown: each is named', () => {
    const who = (changed: PersonToSign | null) => codes({}, [person(lin), ...(changed ? [changed] : [])]);
    expect(who(person(zhou, { certificate: null }))).toEqual(['two-officers-needed', 'zhou: no-certificate']);
    expect(who(person(zhou, { certificate: certificate('x123', '2026-08-13') }))).toEqual(['two-officers-needed', 'zhou: certificate-not-yet-valid']);
    expect(who(person(zhou, { certificate: certificate('x123', '2025-01-01', '2026-08-11') }))).toEqual(['two-officers-needed', 'zhou: certificate-expired']);
    expect(who(null)).toEqual(['two-officers-needed', 'zhou: person-unknown']);
  });

  test('a third person who does not count is shown but does not stop two who do', () => {
    expect(requirements({ officerIds: [lin, zhou, chen] })).toMatchObject({ maySign: true, gaps: [{ code: 'officer-does-not-count', officerId: chen }] });
  });

  test('certificates not shown, recusal not asked, or asked without an answer', () => {
    expect(codes({ certificatesShownAt: null, recusal: null })).toEqual(['certificates-not-shown', 'recusal-not-asked']);
    expect(codes({ recusal: { asked: false, answer: '' } })).toEqual(['recusal-not-asked']);
    expect(codes({ recusal: { asked: true, answer: ' ' } })).toEqual(['recusal-answer-missing']);
  });
});

describe('valid on that day', () => {
  test('the first and the last day of a certificate are valid days', () => {
    const until = certificate('x123', '2026-08-12', '2026-08-12');
    expect(certificateOn(until, '2026-08-12')).toBeNull();
    expect(certificateOn(until, '2026-08-11')).toBe('certificate-not-yet-valid');
    expect(certificateOn(until, '2026-08-13')).toBe('certificate-expired');
  });

  test('the day is Shanghai’s: half past midnight there is still yesterday in Greenwich', () => {
    const afterMidnight = { startedAt: '2026-12-31T16:30:00.000Z', endedAt: '2026-12-31T17:00:00.000Z' };
    expect(codes(afterMidnight)).toEqual(['two-officers-needed', 'lin: certificate-expired', 'zhou: certificate-expired']);
    expect(codes({ startedAt: '2026-12-31T15:00:00.000Z', endedAt: '2026-12-31T15:59:00.000Z' })).toEqual([]);
  });

  test('a check over two days needs certificates for both', () => {
    expect(codes({ startedAt: '2026-12-31T08:00:00.000Z', endedAt: '2027-01-01T02:00:00.000Z' })).toContain('lin: certificate-expired');
  });
});
