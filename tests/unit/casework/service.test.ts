import { describe, expect, test } from 'vitest';
import { fieldSchema } from '#shared/domain/records.ts';
import { ServedAt, serviceGaps, serviceMethods, serviceProblem, servicesOf, type ServiceDraft, type ServiceStatement } from '#shared/domain/casework/service.ts';
import { emptyRecord } from '#shared/sync/record-state.ts';

const scan = { sha256: 'a'.repeat(64), mediaType: 'image/jpeg', byteLength: 9 };
const witness = { name: '吴海', unit: '社区居委会' };
const empty: ServiceDraft = { method: null, recipient: { name: '', post: '', unit: '' }, servedAt: null, place: '', reference: '', refusal: null, consent: null, note: '' };
const recipient = { name: '方晓岚', post: '办公室主任', unit: '示例市样例局' };
const direct: ServiceStatement = { ...empty, method: 'direct', recipient, servedAt: '2026-09-03T06:03:00.000Z', place: '示例市样例局办公室' };
const refusal = { reason: '称领导不在，拒收', route: 'witness' as const, witness, films: [] };
const nobody = { name: '', post: '', unit: '示例市样例局' };
const moment = { sealedAt: '2026-09-02T03:00:00.000Z', now: '2026-09-03T07:00:00.000Z' };

describe('what a 送达 needs', () => {
  test('nothing is filled in: the method, the unit and the time are asked for first', () => {
    expect(serviceGaps(empty)).toEqual(['method', 'recipient.unit', 'servedAt']);
  });

  test.each([
    ['document-exchange', ['recipient.name', 'recipient.post']],
    ['oa-receipt', ['recipient.name', 'recipient.post']],
    ['direct', ['recipient.name', 'recipient.post', 'service.place']],
    ['refused', ['service.place', 'refusal.reason', 'refusal.witness.name', 'refusal.witness.unit']],
    ['post', ['reference']],
    ['electronic', ['reference', 'consent']],
  ] as const)('%s', (method, gaps) => {
    expect(serviceGaps({ ...empty, method, recipient: nobody, servedAt: direct.servedAt })).toEqual(gaps);
  });

  test('every method has its line in the table above', () => {
    expect(serviceMethods).toEqual(['document-exchange', 'oa-receipt', 'direct', 'refused', 'post', 'electronic']);
  });
});

describe('a refusal to receive', () => {
  const refused = (part: object): ServiceStatement => ({ ...direct, method: 'refused', recipient: nobody, refusal: { ...refusal, ...part } });

  test('is served with a witness, without a camera', () => {
    expect(serviceProblem(refused({}), moment)).toBeNull();
  });

  test('or left and filmed, without a witness', () => {
    expect(serviceProblem(refused({ route: 'left-and-filmed', witness: { name: '', unit: '' }, films: [scan] }), moment)).toBeNull();
  });

  test('but not with neither', () => {
    expect(serviceProblem(refused({ witness: { name: '', unit: '' } }), moment)).toEqual({ code: 'incomplete', detail: { field: 'refusal.witness.name' } });
    expect(serviceProblem(refused({ route: 'left-and-filmed' }), moment)).toEqual({ code: 'incomplete', detail: { field: 'refusal.films' } });
  });

  test('needs its reason', () => {
    expect(serviceProblem(refused({ reason: ' ' }), moment)).toEqual({ code: 'incomplete', detail: { field: 'refusal.reason' } });
  });
});

describe('what belongs to another method', () => {
  test('a refusal in a direct service, a consent in a posted one: refused, not dropped', () => {
    expect(serviceProblem({ ...direct, refusal }, moment)).toEqual({ code: 'invalid-input', detail: { field: 'refusal' } });
    expect(serviceProblem({ ...direct, consent: scan }, moment)).toEqual({ code: 'invalid-input', detail: { field: 'consent' } });
  });
});

test('the time is one to the minute, and a real one', () => {
  expect(ServedAt.safeParse('2026-09-03T06:03:00.000Z').success).toBe(true);
  expect(ServedAt.safeParse('2026-09-03T06:03:12.000Z').success).toBe(false);
  expect(serviceProblem({ ...direct, servedAt: '2026-09-03T25:03:00.000Z' }, moment)).toEqual({ code: 'invalid-input', detail: { field: 'servedAt' } });
});

describe('on record', () => {
  const by = '0190d3c0-0000-7000-8000-000000000101';
  const [serviceId, receiptId] = ['0190d3c0-0000-7000-8000-0000000000e1', '0190d3c0-0000-7000-8000-0000000000e2'];
  const service = { ...direct, paper: scan, by, at: '2026-09-03T07:00:00.000Z' };
  const receipt = { serviceId, original: scan, note: '', by, at: '2026-09-05T07:00:00.000Z' };
  const opinion = (fields: object) => ({ ...emptyRecord({ recordId: 'r', recordType: 'opinion', officeId: 'o', officerId: by }), fields: { nextStep: 'finished', ...fields } });

  test('a 回证 that came later stands with its 送达', () => {
    expect(servicesOf(opinion({ [`services/${serviceId}`]: service }))).toEqual([{ ...service, id: serviceId, receipts: [] }]);
    expect(servicesOf(opinion({ [`services/${serviceId}`]: service, [`serviceReceipts/${receiptId}`]: receipt }))[0]?.receipts).toEqual([{ ...receipt, id: receiptId }]);
  });

  test('an opinion served before methods were asked for reads as before', () => {
    const act = { step: 'serve', decision: 'done', by, at: '2026-08-01T00:00:00.000Z', comment: '公文交换送达' };
    expect(fieldSchema('opinion', 'acts/a')?.safeParse(act).success).toBe(true);
    expect(servicesOf(opinion({ 'acts/a': act }))).toEqual([]);
  });

  test('both lists are fields that the server writes', () => {
    expect(fieldSchema('opinion', `services/${serviceId}`)?.safeParse(service).success).toBe(true);
    expect(fieldSchema('opinion', `serviceReceipts/${receiptId}`)?.safeParse(receipt).success).toBe(true);
  });
});
