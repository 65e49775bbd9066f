import { expect, test } from 'vitest';
import { demoPeople } from '#shared/domain/demo/demo-people.ts';
import { demoInspections, demoRecords } from '#shared/domain/demo/demo-records.ts';
import { openTestServer } from '../../helpers/server.ts';
import { demoLaptop, expectDone, newChange } from '../../helpers/test-laptop.ts';

test('a newcomer looks at a filled-in inspection of more than 200 rooms, among people with their roles', async () => {
  const { url } = await openTestServer({ demo: true, demoRecords: true });
  const laptop = await demoLaptop(url, 'inspector');
  expect(laptop.entry).toMatchObject({ demo: true, officerName: demoPeople.inspector.name });
  await laptop.sync();
  const rooms = laptop.pulled.filter(({ recordType, patch }) => recordType === 'roomCheck' && patch['inspectionId']?.to === demoInspections.largest);
  expect(rooms.length).toBeGreaterThanOrEqual(200);
  expect(laptop.pulled.length).toBe(Object.keys(demoPeople).length + 2 + demoRecords().length);
  const people = laptop.pulled.filter(({ recordType }) => recordType === 'person').map(({ patch }) => patch['name']?.to);
  expect(people).toEqual(Object.values(demoPeople).map(({ name }) => name));
});

test('the demo can be gone on with: its lead fills in a room and locks the inspection', async () => {
  const { url } = await openTestServer({ demo: true, demoRecords: true });
  const laptop = await demoLaptop(url, 'inspector');
  const lock = { lockedAt: '2026-08-12T08:00:00.000Z', lockedBy: laptop.entry.officerId, seen: {}, covers: [] };
  laptop.write(newChange('inspection', demoInspections.largest, { unitOpinion: '无异议' }, 'edit'), newChange('inspection', demoInspections.largest, { lock }, 'lock'));
  await laptop.sync();
  expect(laptop.refused).toEqual([]);
});

test('the demo is made once, and found again at the next start', async () => {
  const server = await openTestServer({ demo: true, demoRecords: true });
  const laptop = await demoLaptop(server.url, 'sectionHead');
  const { next } = expectDone(await laptop.exchange({ pageLimit: 1000 }));
  await server.stop();
  const later = await openTestServer({ demo: true, dataDir: server.dataDir });
  laptop.moveTo(later.url);
  expect(expectDone(await laptop.exchange({ pageLimit: 1000 })).next).toBe(next);
});
