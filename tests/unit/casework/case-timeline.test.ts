import { expect, test } from 'vitest';
import type { CaseEvent } from '#shared/domain/casework/case-record.ts';
import { caseTimeline } from '#shared/domain/casework/case-timeline.ts';
import { emptyRecord } from '#shared/sync/record-state.ts';

const by = '0190d3c0-0000-7000-8000-000000000101';
const event = (id: string, type: CaseEvent['type'], at: string) => ({ id, type, findingId: null, follows: null, by, at, dueOn: null, complies: null, text: '', photos: [], documentId: null });
const service = (servedAt: string) => ({ method: 'direct', recipient: { name: '', post: '', unit: '' }, servedAt, place: '', reference: '', refusal: null, consent: null, note: '', paper: null, by, at: servedAt });
const opinion = (fields: object) => ({ ...emptyRecord({ recordId: 'o', recordType: 'opinion', officeId: 'o', officerId: by }), fields: { form: 'opinion', officialNumber: '示机事整〔2026〕1号', ...fields } });
const read = (events: readonly ReturnType<typeof event>[], ...opinions: readonly ReturnType<typeof opinion>[]): readonly string[] =>
  caseTimeline({ events }, opinions).map((entry) => (entry.kind === 'event' ? entry.event.type : `served ${entry.served.officialNumber}`));

const replied = event('b', 'replied', '2026-09-10T01:00:00.000Z');
const opened = event('c', 'opened', '2026-08-12T09:00:00.000Z');

test('a service stands between the events before and after it', () => {
  expect(read([opened, replied], opinion({ 'services/s': service('2026-09-03T06:03:00.000Z') }))).toEqual(['opened', 'served 示机事整〔2026〕1号', 'replied']);
});

test('no clock moves one event of the case before another, and nothing comes before its opening', () => {
  const early = event('a', 'rechecked', '2019-01-01T00:00:00.000Z');
  expect(read([early, replied, opened], opinion({ 'services/s': service('2018-01-01T00:00:00.000Z') }))).toEqual(['opened', 'served 示机事整〔2026〕1号', 'rechecked', 'replied']);
});

test('a paper served by an earlier version adds nothing, and none at all neither', () => {
  expect(read([opened], opinion({ nextStep: 'finished' }))).toEqual(['opened']);
  expect(read([], opinion({}))).toEqual([]);
});
