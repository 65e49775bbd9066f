import { expect, test } from 'vitest';
import { recordTypes, type RecordRegistry } from '#shared/domain/records.ts';
import type { PageItem } from '#shared/sync/wire.ts';
import { foldRecord } from '#shared/sync/record-state.ts';
import { rulesOf } from '../../../src-server/sync/rules.ts';
import { inRecords, openTestServer, type TestServer } from '../../helpers/server.ts';
import { demoLaptop, newChange, newId, sha256, type TestLaptop } from '../../helpers/test-laptop.ts';

/** A server of last year: it has never heard of cases, nor of a room's remarks, nor of what accompanies an inspection. */
const { case: _case, ...known } = recordTypes;
const { remarks: _remarks, ...roomFields } = recordTypes.roomCheck.fields;
const { unitOpinion: _unitOpinion, ...inspectionFields } = recordTypes.inspection.fields;
const older: RecordRegistry = {
  ...known,
  roomCheck: { ...recordTypes.roomCheck, fields: roomFields },
  inspection: { ...recordTypes.inspection, fields: inspectionFields },
};

const codes = (laptop: TestLaptop): readonly (readonly [number, string])[] => laptop.refused.map(({ seq, problem }) => [seq, problem.code] as const);
const room = (inspectionId: string, values: Readonly<Record<string, string>> = {}, id = newId()) => newChange('roomCheck', id, { inspectionId, room: '3-0214', ...values });

async function olderServer(): Promise<TestServer> {
  return await openTestServer({ demo: true, rules: rulesOf(older) });
}

/** Stops the server and starts it again as the program of today. */
async function updated(server: TestServer, laptops: readonly TestLaptop[]): Promise<TestServer> {
  await server.stop();
  const next = await openTestServer({ demo: true, dataDir: server.dataDir });
  for (const laptop of laptops) laptop.moveTo(next.url);
  return next;
}

/** The record as a desk that pulled all of it shows it. */
function shown(pulled: readonly PageItem[], recordId: string) {
  const changes = pulled.filter((item) => item.recordId === recordId).map((item) => ({ ...item, chainId: `${item.deviceId}.${item.officerId}`, officeId: newId() }));
  return foldRecord(changes, null)?.fields ?? null;
}

test('a record from a newer version is parked and replayed after the update of the server, in the order of arrival, and the laptop hears of it', async () => {
  const server = await olderServer();
  const [first, second, reader] = [await demoLaptop(server.url, 'inspector'), await demoLaptop(server.url, 'secondInspector'), await demoLaptop(server.url, 'leader')];
  const [inspectionId, roomId, caseId] = [newId(), newId(), newId()];
  first.write(
    newChange('inspection', inspectionId, { institutionName: '样例单位', leadOfficerId: first.entry.officerId }),
    room(inspectionId, { remarks: '窗户开着' }, roomId),
    newChange('roomCheck', roomId, { setTemperatureC: '24' }, 'edit'),
  );
  await first.sync();
  second.write(newChange('case', caseId, { inspectionId, institutionId: newId() }));
  await second.sync();
  first.write(room(inspectionId, { remarks: 'x'.repeat(2001) }));
  await first.sync();
  await reader.sync();
  expect([codes(first), codes(second)]).toEqual([[[2, 'newer-version'], [4, 'newer-version']], [[1, 'newer-version']]]);
  expect(shown(reader.pulled, roomId)).toEqual({ setTemperatureC: '24' });
  const before = reader.cursor();

  const today = await updated(server, [first, second, reader]);
  for (const laptop of [first, second, reader]) await laptop.sync();
  expect(reader.pulled.filter(({ cursor }) => cursor > before).map(({ recordId, seq, cursor }) => [recordId, seq, cursor - before])).toEqual([[roomId, 2, 1], [caseId, 1, 2]]);
  expect(shown(reader.pulled, roomId)).toMatchObject({ inspectionId, remarks: '窗户开着', setTemperatureC: '24' });
  expect([codes(first), codes(second)], 'what stays refused has its reason of today').toEqual([[[4, 'field-too-long']], []]);
  expect(today.log()).toContain('judged again');

  const again = await updated(today, [reader]);
  await reader.sync();
  expect(reader.cursor()).toBe(before + 2);
  expect(again.log()).not.toContain('judged again');
});

test('a server that still knows too little leaves them waiting for the next update', async () => {
  const server = await olderServer();
  const laptop = await demoLaptop(server.url, 'inspector');
  const inspectionId = newId();
  laptop.write(newChange('inspection', inspectionId, { leadOfficerId: laptop.entry.officerId }), room(inspectionId, { remarks: '窗户开着' }), newChange('case', newId(), { inspectionId }));
  await laptop.sync();
  await server.stop();
  const between = await openTestServer({ demo: true, dataDir: server.dataDir, rules: rulesOf({ ...older, case: recordTypes.case }) });
  laptop.moveTo(between.url);
  await laptop.sync();
  expect(codes(laptop)).toEqual([[2, 'newer-version']]);
  await updated(between, [laptop]);
  await laptop.sync();
  expect(codes(laptop)).toEqual([]);
});

test('one that was refused before servers noted by which rules is judged again as well', async () => {
  const server = await olderServer();
  const laptop = await demoLaptop(server.url, 'inspector');
  laptop.write(room(newId(), { remarks: '窗户开着' }));
  await laptop.sync();
  await server.stop();
  // As the migration leaves what was refused before the mark was kept.
  await inRecords(server.dataDir, (sql) => sql.run("UPDATE changes SET judged_by = '' WHERE judged_by IS NOT NULL"));
  await updated(server, [laptop]);
  await laptop.sync();
  expect(codes(laptop)).toEqual([]);
});

test('of a judged field that somebody else has changed meanwhile both values stand', async () => {
  const server = await olderServer();
  const [first, second] = [await demoLaptop(server.url, 'inspector'), await demoLaptop(server.url, 'secondInspector')];
  const [inspectionId, roomId] = [newId(), newId()];
  first.write(room(inspectionId, {}, roomId));
  const [edit] = first.write(newChange('roomCheck', roomId, { remarks: '窗户开着' }, 'edit'));
  await first.sync();
  const today = await updated(server, [first, second]);
  second.write(newChange('roomCheck', roomId, { remarks: '窗户关着' }, 'edit'));
  await second.sync();
  await first.sync();
  expect(today.log()).toContain('judged again');
  const changes = first.pulled.filter((item) => item.recordId === roomId).map((item) => ({ ...item, chainId: `${item.deviceId}.${item.officerId}`, officeId: newId() }));
  expect(foldRecord(changes, null)?.conflicts['remarks']?.map(({ value }) => value).sort()).toEqual(['窗户关着', '窗户开着']);
  expect(changes.map(({ id }) => id)).toContain(edit?.id);
});

test('it does not slip into an inspection that its lead locked without having seen it', async () => {
  const server = await olderServer();
  const [lead, second] = [await demoLaptop(server.url, 'inspector'), await demoLaptop(server.url, 'secondInspector')];
  const [inspectionId, roomId, ownRoom] = [newId(), newId(), newId()];
  lead.write(newChange('inspection', inspectionId, { leadOfficerId: lead.entry.officerId }), room(inspectionId, { remarks: '主办自己的' }, ownRoom));
  await lead.sync();
  second.write(room(inspectionId, {}, roomId), newChange('roomCheck', roomId, { remarks: '主办没有见过' }, 'edit'), newChange('roomCheck', roomId, { setTemperatureC: '24' }, 'edit'));
  second.write(newChange('inspection', inspectionId, { unitOpinion: '主办没有见过' }, 'edit'));
  await second.sync();
  await lead.sync();
  const lock = { lockedAt: '2026-08-12T08:00:00.000Z', lockedBy: lead.entry.officerId, seen: { [second.chainId]: 4 }, covers: [inspectionId, roomId, ownRoom].map((recordId) => ({ recordId, contentHash: sha256(recordId) })) };
  lead.write(newChange('inspection', inspectionId, { lock }, 'lock'));
  second.write(newChange('roomCheck', roomId, { remarks: '锁定之后' }, 'edit'));
  await lead.sync();
  await second.sync();
  expect([codes(lead), codes(second)]).toEqual([[[2, 'newer-version']], [[2, 'newer-version'], [4, 'newer-version'], [5, 'newer-version']]]);
  await updated(server, [lead, second]);
  await lead.sync();
  await second.sync();
  expect(codes(second), 'the one beyond the lock is published and late').toEqual([[2, 'locked'], [4, 'locked']]);
  expect(codes(lead), 'his own he saw').toEqual([]);
});
