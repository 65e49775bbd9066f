import { expect, test } from 'vitest';
import { caseEvent, caseOpening } from '#shared/domain/casework/case-opening.ts';
import type { CaseEvent, Finding } from '#shared/domain/casework/case-record.ts';
import { caseStanding } from '#shared/domain/casework/case-state.ts';
import type { demoPeople } from '#shared/domain/demo/demo-people.ts';
import { conflictsToSettle, emptyRecord, foldRecord, type RecordState } from '#shared/sync/record-state.ts';
import { openTestServer } from '../../helpers/server.ts';
import { demoLaptop, newChange, newId, sha256, type TestLaptop } from '../../helpers/test-laptop.ts';

type Who = keyof typeof demoPeople;

/** A concluded inspection that several officers have on their laptops. */
async function inspected(...who: readonly Who[]) {
  const server = await openTestServer({ demo: true });
  const [inspectionId, institutionId, roomCheckId] = [newId(), newId(), newId()];
  const [first, ...others] = await Promise.all(who.map((each) => demoLaptop(server.url, each)));
  if (!first) throw new Error('nobody there');
  first.write(newChange('inspection', inspectionId, { institutionId, institutionName: '示例市样例局', leadOfficerId: first.entry.officerId, replyBy: '2026-09-30' }));
  for (const laptop of [first, ...others]) await laptop.sync();
  const inspection: RecordState = { ...emptyRecord({ recordId: inspectionId, recordType: 'inspection', officeId: first.entry.officeId, officerId: first.entry.officerId }), fields: { institutionId, institutionName: '示例市样例局', replyBy: '2026-09-30' } };
  const finding: Finding = { roomCheckId, room: '0301', use: '办公', mode: 'cooling', setTemperatureC: '24', limitC: '26', adjustedToC: '26' };
  /** As the desk opens a case; written to the laptop's journal, sent later. */
  const open = (laptop: TestLaptop): string => {
    const { recordId, values } = caseOpening(inspection, [finding], { by: laptop.entry.officerId, at: '2026-08-12T09:00:00.000Z', newId, hashText: sha256 });
    laptop.write(newChange('case', recordId, values));
    return recordId;
  };
  const cases = async (laptop: TestLaptop): Promise<readonly RecordState[]> => {
    await laptop.sync();
    const changes = laptop.pulled.filter(({ recordType }) => recordType === 'case').map((item) => ({ ...item, chainId: `${item.deviceId}.${item.officerId}`, officeId: laptop.entry.officeId }));
    return [...new Set(changes.map(({ recordId }) => recordId))].flatMap((recordId) => foldRecord(changes.filter((change) => change.recordId === recordId), null) ?? []);
  };
  const step = (laptop: TestLaptop, record: RecordState, type: CaseEvent['type']): void => {
    const found = caseStanding(record).findings[0];
    laptop.write(newChange('case', record.recordId, { [`events/${newId()}`]: caseEvent({ type, findingId: found?.id ?? '', follows: found?.last?.id ?? null, by: laptop.entry.officerId, at: '2026-08-13T01:00:00.000Z' }) }, 'event'));
  };
  return { first, others, open, cases, step };
}

test('two officers who each open the case of one inspection offline have one case once both are online', async () => {
  const { first, others: [second, head], open, cases, step } = await inspected('inspector', 'secondInspector', 'sectionHead');
  if (!second || !head) throw new Error('somebody is missing');
  const here = open(first);
  const there = open(second);
  expect(there).toBe(here);
  await first.sync();
  await second.sync();
  expect([first.refused, second.refused]).toEqual([[], []]);

  for (const laptop of [first, second, head]) {
    const shown = await cases(laptop);
    expect(shown).toHaveLength(1);
    const record = shown[0]!;
    expect(conflictsToSettle(record)).toEqual([]);
    const standing = caseStanding(record);
    expect(standing.findings).toMatchObject([{ state: 'corrected-on-spot', forked: false }]);
    expect(standing.events.filter(({ type }) => type === 'opened').map(({ by }) => by).sort()).toEqual([first.entry.officerId, second.entry.officerId].sort());
  }
  step(second, (await cases(second))[0]!, 'closed');
  expect(caseStanding((await cases(second))[0]!).closed).toBe(true);
  expect(caseStanding((await cases(first))[0]!).closed).toBe(true);
});

test('an assistant records the unit’s reply, and neither 复查 nor 销号 nor a case', async () => {
  const { first, others: [assistant], open, cases, step } = await inspected('inspector', 'assistant');
  if (!assistant) throw new Error('nobody assists');
  open(first);
  await first.sync();
  const record = (await cases(assistant))[0]!;
  const seqs = (['replied', 'rechecked', 'closed'] as const).map((type) => (step(assistant, record, type), assistant.journal.length));
  open(assistant);
  await assistant.sync();
  const refusals = assistant.refused.map(({ seq, problem }) => [seq, problem.code]);
  expect(refusals).toEqual([[seqs[1], 'not-allowed'], [seqs[2], 'not-allowed'], [assistant.journal.length, 'not-allowed']]);
  expect(caseStanding((await cases(first))[0]!).events.map(({ type }) => type).sort()).toEqual(['corrected-on-spot', 'opened', 'replied', 'reply-requested']);
});
