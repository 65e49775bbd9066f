import { expect, test } from 'vitest';
import { openTestServer } from '../../helpers/server.ts';
import { demoLaptop, expectDone, newChange, newId, type TestLaptop } from '../../helpers/test-laptop.ts';

const at = '2026-08-12T09:00:00.000Z';
const refusals = (laptop: TestLaptop): readonly (readonly [number, string])[] => laptop.refused.map(({ seq, problem }) => [seq, problem.code] as const);
const inspection = (id: string, leadOfficerId: string) => newChange('inspection', id, { institutionName: '样例单位', season: 'cooling', leadOfficerId, officerIds: [leadOfficerId] });

test('a refusal whose reply got lost is told with the next receipt, though less is sent then', async () => {
  const { url } = await openTestServer({ demo: true });
  const laptop = await demoLaptop(url, 'inspector');
  const id = newId();
  laptop.write(
    inspection(id, laptop.entry.officerId),
    newChange('roomCheck', newId(), { inspectionId: id, room: '3-0214', order: 1 }),
    newChange('person', laptop.entry.officerId, { roles: ['leader'] }, 'edit'),
    newChange('roomCheck', newId(), { inspectionId: id, room: '3-0215', order: 2 }),
  );
  // The first reply never arrives. On a bad line the laptop then sends smaller pieces, but the receipt covers all of it.
  expectDone(await laptop.exchange({ push: laptop.push(1) }));
  const reply = expectDone(await laptop.exchange({ push: laptop.push(1, 2) }));
  expect(reply.receipt?.seq).toBe(4);
  expect(reply.refused?.map(({ seq }) => seq)).toEqual([3]);
});

test('a paper takes a number of its own laptop only', async () => {
  const { url } = await openTestServer({ demo: true });
  const laptop = await demoLaptop(url, 'inspector');
  const id = newId();
  const paper = (fieldNumber: string) => newChange('document', newId(), { inspectionId: id, kind: 'record-of-inspection', fieldNumber });
  laptop.write(inspection(id, laptop.entry.officerId), paper(`${laptop.entry.chainCode}-20260812-1`), paper('B77-20260812-1'));
  await laptop.sync();
  expect(laptop.refused.map(({ seq, problem }) => [seq, problem])).toEqual([[3, { code: 'not-allowed', detail: { field: 'fieldNumber' } }]]);
});

test('what belongs to one inspection is never moved to another', async () => {
  const { url } = await openTestServer({ demo: true });
  const [lead, head] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'sectionHead')];
  const [theirs, own, room, review] = [newId(), newId(), newId(), newId()];
  lead.write(inspection(theirs, lead.entry.officerId), newChange('roomCheck', room, { inspectionId: theirs, room: '3-0214', order: 1 }));
  await lead.sync();
  head.write(
    inspection(own, head.entry.officerId),
    newChange('review', review, { inspectionId: theirs, verdict: 'approved', comment: '', at }),
    newChange('review', review, { inspectionId: own }, 'edit'),
    newChange('roomCheck', room, { inspectionId: own }, 'edit'),
    newChange('roomCheck', room, { inspectionId: theirs, remarks: '靠窗' }, 'edit'),
  );
  await head.sync();
  expect(refusals(head), 'nobody approves his own inspection by moving an approval to it').toEqual([[3, 'not-allowed'], [4, 'not-allowed']]);
});

test('a decision is a record of its own and is not rewritten', async () => {
  const { url } = await openTestServer({ demo: true });
  const [lead, head] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'sectionHead')];
  const [id, review, amendment] = [newId(), newId(), newId()];
  lead.write(inspection(id, lead.entry.officerId), newChange('amendment', amendment, { inspectionId: id, targetRecordId: id, lateChangeIds: [], decision: 'corrected', reason: '笔误', text: '', at }));
  await lead.sync();
  head.write(
    newChange('review', review, { inspectionId: id, verdict: 'sent-back', comment: '补照片', at }),
    newChange('review', review, { verdict: 'approved' }, 'edit'),
    newChange('amendment', amendment, { reason: '无' }, 'edit'),
  );
  await head.sync();
  expect(refusals(head)).toEqual([[2, 'locked'], [3, 'locked']]);
});
