import { expect, test } from 'vitest';
import type { RecordState } from '#shared/sync/record-state.ts';
import { todayItems, type TodaySources } from '../../../src-renderer/features/today/today-list.ts';
import { colleague, inspection, locked, me, record, review } from './records.ts';

function today(change: Partial<TodaySources>) {
  return todayItems({ officerId: me, roles: ['inspector'], today: '2026-08-20', inspections: [], reviews: [], documents: [], cases: [], opinions: [], ...change }).map(({ group, id, note, path }) => ({ group, id, note, path }));
}

const notMine = { leadOfficerId: colleague, officerIds: [colleague] };

test('an inspection that I began is mine to go on with, a colleague’s is not', () => {
  expect(today({ inspections: [inspection('a'), inspection('b', notMine)] })).toEqual([{ group: 'in-work', id: 'a', note: '夏季检查', path: '/inspections/a/rooms' }]);
});

test('what the section head sent back comes first, with the comment', () => {
  const items = today({ inspections: [inspection('a'), inspection('b', locked)], reviews: [review('r1', 'b', 'sent-back', '2026-08-13T00:00:00.000Z', '请补室外温度')] });
  expect(items[0]).toEqual({ group: 'sent-back', id: 'b', note: '请补室外温度', path: '/inspections/b/papers' });
});

test('a concluded inspection waits for a section head who took no part in it', () => {
  const inspections = [inspection('a', locked), inspection('b', { ...locked, ...notMine })];
  expect(today({ roles: ['section-head'], inspections })).toEqual([{ group: 'to-review', id: 'b', note: '夏季检查', path: '/inspections/b/review' }]);
  expect(today({ inspections })).toEqual([]);
});

test('a paper that was made and neither signed nor refused is to be signed', () => {
  const pdf = { evidence: { sha256: 'a'.repeat(64), mediaType: 'application/pdf', byteLength: 9, capturedAt: null }, pages: 1, contentSha256: 'b'.repeat(64) };
  const paper = (id: string, more: RecordState['fields']): RecordState => record('document', id, { kind: 'record-of-inspection', inspectionId: 'a', institutionId: 'i', title: '现场检查笔录', fieldNumber: 'A1-20260812-1', createdAt: '2026-08-12T08:01:00.000Z', pdf, ...more });
  const signature = { way: 'signed-print', who: 'party', name: '王某', evidence: pdf.evidence, pdfSha256: 'a'.repeat(64), at: '2026-08-12T08:10:00.000Z' };
  const documents = [paper('made', {}), paper('signed', { 'signatures/s1': signature }), paper('blank', { kind: 'blank-form' }), paper('void', { voided: { reason: '重做', at: '2026-08-12T08:10:00.000Z' } })];
  expect(today({ inspections: [inspection('a', locked)], documents }).map(({ id }) => id)).toEqual(['made']);
});

test('a reply that is overdue is told apart from one that is due this week, and a later one is silent', () => {
  const finding = { roomCheckId: 'r', room: '0302', use: '办公', mode: 'cooling', setTemperatureC: '24', limitC: '26', adjustedToC: null };
  const event = { findingId: 'f', follows: null, by: me, at: '2026-08-12T09:00:00.000Z', complies: null, text: '', photos: [], documentId: null };
  const asked = (id: string, dueOn: string): RecordState => record('case', id, {
    institutionName: '单位', inspectionId: 'a', openedAt: '2026-08-12T09:00:00.000Z', 'findings/f': finding,
    'events/e1': { ...event, type: 'opened', dueOn: null }, 'events/e2': { ...event, findingId: null, type: 'reply-requested', dueOn },
  });
  const items = today({ inspections: [inspection('a', locked)], cases: [asked('late', '2026-08-18'), asked('soon', '2026-08-25'), asked('later', '2026-09-30')] });
  expect(items.map(({ group, id }) => [group, id])).toEqual([['overdue', 'late'], ['due-soon', 'soon']]);
});

test('an opinion shows to whoever takes its next step', () => {
  const opinions = [record('opinion', 'o', { institutionName: '单位', nextStep: 'issue' }, colleague)];
  expect(today({ roles: ['leader'], opinions })).toEqual([{ group: 'opinion-step', id: 'o', note: 'issue', path: '/opinions/o' }]);
  expect(today({ roles: ['inspector'], opinions })).toEqual([]);
});

test('an opinion that came back, or was begun and not handed on, shows to who drafts it, though the server wrote it', () => {
  const server = 'the-server';
  const draftedByMe = { step: 'draft', decision: 'done', by: me, at: '2026-08-13T00:00:00.000Z', comment: '' };
  const opinions = [
    record('opinion', 'returned', { institutionName: '单位', nextStep: 'draft', inspectionId: 'b', 'acts/a1': draftedByMe }, server),
    record('opinion', 'begun', { institutionName: '单位', nextStep: 'draft', inspectionId: 'a' }, server),
    record('opinion', 'of-others', { institutionName: '单位', nextStep: 'draft', inspectionId: 'b', 'acts/a1': { ...draftedByMe, by: colleague } }, server),
  ];
  const inspections = [inspection('a', locked), inspection('b', { ...locked, ...notMine })];
  expect(today({ inspections, opinions }).filter(({ group }) => group === 'opinion-step').map(({ id }) => id)).toEqual(['returned', 'begun']);
});
