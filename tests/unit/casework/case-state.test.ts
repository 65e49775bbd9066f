import { expect, test } from 'vitest';
import type { CaseEvent } from '#shared/domain/casework/case-record.ts';
import { caseStanding } from '#shared/domain/casework/case-state.ts';
import { emptyRecord, type RecordState } from '#shared/sync/record-state.ts';

const officer = '0190c5a0-0000-7000-8000-000000000002';

function caseWith(events: Record<string, Partial<CaseEvent>>): RecordState {
  const whole = (event: Partial<CaseEvent>): CaseEvent => ({
    type: 'note', findingId: 'f1', follows: null, by: officer, at: '2026-08-12T06:00:00.000Z', dueOn: null, complies: null, text: '', photos: [], documentId: null, ...event,
  });
  const finding = { roomCheckId: officer, room: '0302', use: '办公', mode: 'cooling', setTemperatureC: '24', limitC: '26', adjustedToC: null };
  return {
    ...emptyRecord({ recordId: officer, recordType: 'case', officeId: officer, officerId: officer }),
    fields: { 'findings/f1': finding, ...Object.fromEntries(Object.entries(events).map(([id, event]) => [`events/${id}`, whole(event)])) },
  };
}

const stateOf = (events: Record<string, Partial<CaseEvent>>) => caseStanding(caseWith(events)).findings[0];

test('a new finding waits for the unit’s reply', () => {
  expect(stateOf({ e1: { type: 'opened', findingId: null } })?.state).toBe('awaiting-reply');
});

test('reply, re-check and closing follow one another whatever the clocks say', () => {
  const standing = stateOf({
    e1: { type: 'replied', at: '2026-08-20T01:00:00.000Z' },
    e2: { type: 'rechecked', follows: 'e1', complies: true, at: '2019-01-01T00:00:00.000Z' },
    e3: { type: 'closed', follows: 'e2', at: '2026-08-21T01:00:00.000Z' },
  });
  expect(standing?.state).toBe('closed');
  expect(standing?.last?.id).toBe('e3');
});

test('a re-check that still finds the room too cold opens the finding again', () => {
  expect(stateOf({ e1: { type: 'replied' }, e2: { type: 'rechecked', follows: 'e1', complies: false } })?.state).toBe('awaiting-reply');
});

test('two officers who did not see each other leave a fork and the less advanced state', () => {
  const standing = stateOf({ e1: { type: 'replied' }, e2: { type: 'rechecked', follows: 'e1', complies: true }, e3: { type: 'rechecked', follows: 'e1', complies: false } });
  expect(standing).toMatchObject({ forked: true, state: 'awaiting-reply' });
});

test('a case is closed only when every finding is', () => {
  expect(caseStanding(caseWith({ e1: { type: 'corrected-on-spot' }, e2: { type: 'closed', follows: 'e1' } })).closed).toBe(true);
  expect(caseStanding(caseWith({ e1: { type: 'corrected-on-spot' } })).closed).toBe(false);
});

test('the last reply date asked for is the due date', () => {
  const standing = caseStanding(caseWith({ e1: { type: 'reply-requested', findingId: null, dueOn: '2026-08-30' }, e2: { type: 'reply-requested', findingId: null, follows: 'e1', dueOn: '2026-09-05' } }));
  expect(standing.dueOn).toBe('2026-09-05');
});
