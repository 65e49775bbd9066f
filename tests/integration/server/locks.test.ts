import { expect, test } from 'vitest';
import type { JsonValue } from '#shared/kit/values.ts';
import { openTestServer } from '../../helpers/server.ts';
import { demoLaptop, newChange, newId, sha256, type TestLaptop } from '../../helpers/test-laptop.ts';

const lockOf = (lead: TestLaptop, covers: readonly string[], seen: Readonly<Record<string, number>> = {}): Readonly<Record<string, JsonValue>> => ({
  lock: { lockedAt: '2026-08-12T08:00:00.000Z', lockedBy: lead.entry.officerId, seen: { [lead.chainId]: lead.journal.length, ...seen }, covers: covers.map((recordId) => ({ recordId, contentHash: sha256(recordId) })) },
});

const codes = (laptop: TestLaptop): readonly (readonly [number, string])[] => laptop.refused.map(({ seq, problem }) => [seq, problem.code] as const);

async function inspectionOf(lead: TestLaptop): Promise<{ readonly id: string; readonly room: string }> {
  const [id, room] = [newId(), newId()];
  lead.write(
    newChange('inspection', id, { institutionName: '样例单位', season: 'cooling', leadOfficerId: lead.entry.officerId, officerIds: [lead.entry.officerId] }),
    newChange('roomCheck', room, { inspectionId: id, room: '3-0214', order: 1, setTemperatureC: '24' }),
  );
  await lead.sync();
  return { id, room };
}

test('only the lead officer locks an inspection', async () => {
  const { url } = await openTestServer({ demo: true });
  const [lead, second, assistant] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'secondInspector'), await demoLaptop(url, 'assistant')];
  const { id, room } = await inspectionOf(lead);
  for (const other of [second, assistant]) {
    other.write(newChange('inspection', id, lockOf(other, [id, room]), 'lock'));
    await other.sync();
    expect(codes(other)).toEqual([[1, 'not-allowed']]);
  }
  second.write(newChange('inspection', id, { leadOfficerId: second.entry.officerId }, 'edit'));
  await second.sync();
  expect(codes(second).at(-1), 'helping himself to the lead').toEqual([2, 'not-allowed']);
  lead.write(newChange('inspection', id, lockOf(lead, [id, room]), 'lock'));
  await lead.sync();
  expect(codes(lead)).toEqual([]);
});

test('what is locked stays: an inspection refuses every later change to itself, a late room is published for a person to decide', async () => {
  const { url } = await openTestServer({ demo: true });
  const [lead, second] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'secondInspector')];
  const { id, room } = await inspectionOf(lead);
  lead.write(newChange('inspection', id, lockOf(lead, [id, room]), 'lock'));
  await lead.sync();
  second.write(
    newChange('inspection', id, { unitOpinion: '无' }, 'edit'),
    newChange('roomCheck', newId(), { inspectionId: id, room: '3-0299', order: 2 }),
    newChange('roomCheck', room, { setTemperatureC: '26' }, 'edit'),
    newChange('amendment', newId(), { inspectionId: id, targetRecordId: id, decision: 'corrected', reason: '笔误', text: '', at: '2026-08-12T09:00:00.000Z' }),
    newChange('document', newId(), { inspectionId: id, kind: 'record-of-inspection', fieldNumber: 'A02-20260812-1' }),
  );
  await second.sync();
  expect(codes(second)).toEqual([[1, 'locked']]);
  lead.write(newChange('inspection', id, lockOf(lead, [id]), 'lock'));
  await lead.sync();
  expect(codes(lead), 'locked once').toEqual([[4, 'locked']]);
  await lead.sync();
  expect(lead.pulled.filter(({ deviceId }) => deviceId === second.deviceId).map(({ seq }) => seq)).toEqual([2, 3, 4, 5]);
});

test('a change that reached the server before the lock, unseen by the lead, is late there too', async () => {
  const { url } = await openTestServer({ demo: true });
  const [lead, second] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'secondInspector')];
  const { id, room } = await inspectionOf(lead);
  second.write(newChange('inspection', id, { leadOfficerId: lead.entry.officerId, unitOpinion: '在锁定前写下' }, 'edit'));
  await second.sync();
  // The lead concludes without having pulled it: `seen` does not name the second chain.
  lead.write(newChange('inspection', id, lockOf(lead, [id, room]), 'lock'));
  await lead.sync();
  expect([...codes(lead), ...codes(second)]).toEqual([]);
  second.write(newChange('inspection', id, { title: '锁定后' }, 'edit'));
  await second.sync();
  expect(codes(second)).toEqual([[2, 'locked']]);
});

test('a lock covers nothing of another inspection', async () => {
  const { url } = await openTestServer({ demo: true });
  const [lead, second] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'secondInspector')];
  const mine = await inspectionOf(lead);
  const theirs = await inspectionOf(second);
  lead.write(newChange('inspection', mine.id, lockOf(lead, [mine.id, theirs.room]), 'lock'));
  await lead.sync();
  expect(lead.refused.map(({ problem }) => problem)).toEqual([{ code: 'not-allowed', detail: { field: 'lock', recordId: theirs.room } }]);
});

test('the lead edits and locks in one push, and what he wrote before the lock counts', async () => {
  const { url } = await openTestServer({ demo: true });
  const lead = await demoLaptop(url, 'inspector');
  const { id, room } = await inspectionOf(lead);
  lead.write(newChange('inspection', id, { unitOpinion: '无异议' }, 'edit'));
  lead.write(newChange('inspection', id, lockOf(lead, [id, room]), 'lock'), newChange('inspection', id, { title: '锁定后' }, 'edit'));
  await lead.sync();
  expect(codes(lead)).toEqual([[5, 'locked']]);
});

test('a section head approves what others inspected, not what he led himself', async () => {
  const { url } = await openTestServer({ demo: true });
  const [lead, head] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'sectionHead')];
  const theirs = await inspectionOf(lead);
  const own = await inspectionOf(head);
  const review = (inspectionId: string) => newChange('review', newId(), { inspectionId, verdict: 'approved', comment: '', at: '2026-08-12T09:00:00.000Z' });
  head.write(review(theirs.id), review(own.id));
  await head.sync();
  expect(codes(head)).toEqual([[4, 'same-person']]);
});

test('a review names the conclusion that it judged: one the server holds, or none before there is one', async () => {
  const { url } = await openTestServer({ demo: true });
  const [lead, head] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'sectionHead')];
  const { id, room } = await inspectionOf(lead);
  const review = (lockId: string | null, verdict: 'approved' | 'sent-back') => newChange('review', newId(), { inspectionId: id, verdict, comment: '请核对', at: '2026-08-12T09:00:00.000Z', lockId, follows: [] });
  head.write(review(null, 'sent-back'), review(null, 'approved'), review('e'.repeat(64), 'approved'));
  await head.sync();
  lead.write(newChange('inspection', id, lockOf(lead, [id, room]), 'lock'));
  await lead.sync();
  const lockId = lead.journal.at(-1)?.id ?? '';
  head.write(review(lockId, 'approved'), review('e'.repeat(64), 'sent-back'));
  await head.sync();
  expect(head.refused.map(({ seq, problem }) => [seq, problem.code, problem.detail?.['reason'] ?? problem.detail?.['field']])).toEqual([
    [2, 'incomplete', 'lock'], [3, 'wrong-step', 'unknown-lock'], [5, 'wrong-step', 'unknown-lock'],
  ]);
});
