import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { caseEvent, caseIdOf, caseOpening } from '#shared/domain/casework/case-opening.ts';
import type { Finding } from '#shared/domain/casework/case-record.ts';
import { caseStanding } from '#shared/domain/casework/case-state.ts';
import { ledgerRows } from '#shared/domain/casework/ledger.ts';
import { derivedId } from '#shared/journal/derived-id.ts';
import type { AppliedChange } from '#shared/journal/change.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { Uuid } from '#shared/kit/values.ts';
import { conflictsToSettle, emptyRecord, foldRecord, patchOver, type RecordState } from '#shared/sync/record-state.ts';

const hashText = (text: string): string => createHash('sha256').update(text).digest('hex');
const id = (n: number): string => `0190c5a0-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [lin, zhou, inspectionId] = [id(1), id(2), id(9)];
const finding = (room: number, part: Partial<Finding> = {}): Finding => ({ roomCheckId: id(100 + room), room: `0${room}`, use: '办公', mode: 'cooling', setTemperatureC: '24', limitC: '26', adjustedToC: null, ...part });
const findings = [finding(301), finding(302, { adjustedToC: '26' })];
const inspection: RecordState = { ...emptyRecord({ recordId: inspectionId, recordType: 'inspection', officeId: id(6), officerId: lin }), fields: { institutionId: id(5), institutionName: '示例市档案局', replyBy: '2026-09-15' } };

let made = 0;
/** One officer's laptop that opens the case without having seen anybody else's. */
function laptop(by: string, at: string, seen: readonly Finding[] = findings) {
  let state: RecordState | null = null;
  const changes: AppliedChange[] = [];
  const newId = (): string => id(1000 + (made += 1));
  const write = (values: Readonly<Record<string, JsonValue>>, kind: string): void => {
    const seq = changes.length + 1;
    changes.push({ id: hashText(`${by} ${seq}`), chainId: `laptop.${by}`, seq, officeId: id(6), officerId: by, recordType: 'case', recordId: opening.recordId, kind, patch: patchOver(state, values), wall: at, receivedAt: null });
    state = foldRecord(changes, null);
  };
  const opening = caseOpening(inspection, seen, { by, at, newId, hashText });
  write(opening.values, 'create');
  const step = (type: 'replied' | 'closed' | 'rechecked', room: string, part: object = {}): void => {
    const standing = caseStanding(state ?? emptyRecord({ recordId: opening.recordId, recordType: 'case', officeId: id(6), officerId: by }));
    const at301 = standing.findings.find((each) => each.finding.room === room);
    write({ [`events/${newId()}`]: caseEvent({ type, findingId: at301?.id ?? '', follows: at301?.last?.id ?? null, by, at, ...part }) }, 'event');
  };
  return { changes, step, recordId: opening.recordId };
}

/** What every desk shows once both have synchronised, in whichever order the changes came. */
function merged(...laptops: readonly { readonly changes: readonly AppliedChange[] }[]): RecordState {
  const [one, other] = [laptops.flatMap(({ changes }) => changes), laptops.toReversed().flatMap(({ changes }) => changes)].map((changes) => foldRecord(changes, null));
  expect(one).toEqual(other);
  return one!;
}

describe('two officers who open the case of one inspection without a network', () => {
  test('make one case, with the work of both and nothing to settle', () => {
    const [here, there] = [laptop(lin, '2026-08-13T01:00:00.000Z'), laptop(zhou, '2026-08-12T09:00:00.000Z')];
    expect(there.recordId).toBe(here.recordId);
    const record = merged(here, there);
    expect(conflictsToSettle(record)).toEqual([]);
    const standing = caseStanding(record);
    expect(standing.findings.map((each) => [each.finding.room, each.state, each.forked])).toEqual([['0301', 'awaiting-reply', false], ['0302', 'corrected-on-spot', false]]);
    expect(standing.events.filter(({ type }) => type === 'opened').map(({ by }) => by).sort()).toEqual([lin, zhou]);
    expect(standing.dueOn).toBe('2026-09-15');
    expect(ledgerRows([record], '2026-08-20').map((row) => [row.room, row.openedOn])).toEqual([['0301', '2026-08-12'], ['0302', '2026-08-12']]);
  });

  test('each go on where they stand; what one did before the other saw it counts', () => {
    const [here, there] = [laptop(lin, '2026-08-12T09:00:00.000Z'), laptop(zhou, '2026-08-12T09:30:00.000Z')];
    here.step('replied', '0301', { text: '已调至 26℃' });
    there.step('closed', '0302', { text: '当场已改，现场可见' });
    const standing = caseStanding(merged(here, there));
    expect(standing.findings.map((each) => [each.finding.room, each.state, each.forked])).toEqual([['0301', 'replied', false], ['0302', 'closed', false]]);
  });

  test('who both take a step on one finding are still told so', () => {
    const [here, there] = [laptop(lin, '2026-08-12T09:00:00.000Z'), laptop(zhou, '2026-08-12T09:30:00.000Z')];
    here.step('closed', '0302');
    there.step('rechecked', '0302', { complies: false });
    expect(caseStanding(merged(here, there)).findings.find((each) => each.finding.room === '0302')).toMatchObject({ forked: true, state: 'awaiting-reply' });
  });

  test('of whom one had an accepted late room already: it is in the case, once', () => {
    const record = merged(laptop(lin, '2026-08-12T09:00:00.000Z'), laptop(zhou, '2026-08-12T09:30:00.000Z', [...findings, finding(303)]));
    expect(caseStanding(record).findings.map((each) => each.finding.room)).toEqual(['0301', '0302', '0303']);
  });

  test('who saw one room differently leave both findings, and neither is refused for it', () => {
    const record = merged(laptop(lin, '2026-08-12T09:00:00.000Z'), laptop(zhou, '2026-08-12T09:30:00.000Z', [finding(301, { setTemperatureC: '22' })]));
    expect(caseStanding(record).findings.map((each) => `${each.finding.room} ${each.finding.setTemperatureC}`).sort()).toEqual(['0301 22', '0301 24', '0302 24']);
  });
});

describe('a derived id', () => {
  test('is a version 7 id, the same each time, another for another name or another record', () => {
    const ids = Array.from({ length: 500 }, (_, n) => caseIdOf(id(n), hashText));
    for (const each of ids) expect(Uuid.safeParse(each).success).toBe(true);
    expect(ids.every((each) => each.charAt(14) === '7' && '89ab'.includes(each.charAt(19)))).toBe(true);
    expect(new Set(ids).size).toBe(500);
    expect(caseIdOf(inspectionId, hashText)).toBe(caseIdOf(inspectionId, hashText));
    expect(derivedId(inspectionId, 'case', hashText)).not.toBe(derivedId(inspectionId, 'letter', hashText));
  });

  test('stays what it is for ever: cases on record bear it', () => {
    expect(caseIdOf('0190c5a0-0000-7000-8000-000000000009', hashText)).toBe('0190c5a0-0000-7799-9b78-0eeed2369cc2');
  });
});

test('a case of an earlier version, with its own time of opening, reads as before', () => {
  const record = { ...emptyRecord({ recordId: id(4), recordType: 'case', officeId: id(6), officerId: lin }), fields: { openedAt: '2026-08-01T00:00:00.000Z', 'events/e': caseEvent({ type: 'opened', by: lin, at: '2026-08-02T00:00:00.000Z' }) } };
  expect(caseStanding(record).openedAt).toBe('2026-08-01T00:00:00.000Z');
});
