import { describe, expect, test } from 'vitest';
import { chainBodies, chainStart } from '#shared/journal/chain.ts';
import type { PushedChange } from '#shared/sync/wire.ts';
import { numberOf, textOf } from '../../../src-server/store/sql.ts';
import { isSignedBy } from '../../../src-server/keys.ts';
import { lostChanges } from '../../helpers/lost-changes.ts';
import { copyOfServer, inRecords, openTestServer, spawnTestServer, tempDir, type ChildServer } from '../../helpers/server.ts';
import { demoLaptop, expectDone, newChange, newId, problemIn, sha256, type TestLaptop } from '../../helpers/test-laptop.ts';

const institution = (name: string) => newChange('institution', newId(), { name });

/** Writes and pushes until the server is gone. */
async function pushUntilGone(laptop: TestLaptop, onPushed: () => void): Promise<void> {
  for (let n = 0; ; n += 1) {
    laptop.write(...Array.from({ length: 1 + (n % 20) }, (_, i) => institution(`单位${n}-${i}`)));
    try {
      await laptop.sync();
    } catch (error) {
      if (error instanceof TypeError || error instanceof SyntaxError) return;
      throw error;
    }
    onPushed();
  }
}

describe('twenty times kill -9 in the middle of pushes', () => {
  test('nothing that had a receipt is lost or altered, and every laptop goes on', async () => {
    const dataDir = tempDir();
    const laptops: TestLaptop[] = [];
    let server: ChildServer = await spawnTestServer({ dataDir, args: ['--demo'] });
    for (const who of ['inspector', 'secondInspector', 'sectionHead'] as const) laptops.push(await demoLaptop(server.url, who));
    for (let kill = 1; kill <= 20; kill += 1) {
      const running = server;
      let pushed = 0;
      // Dies a different number of acknowledged pushes into the round, while others are under way.
      const onPushed = (): void => {
        pushed += 1;
        if (pushed === 1 + (kill % 7)) void running.kill();
      };
      await Promise.all(laptops.map((laptop) => pushUntilGone(laptop, onPushed)));
      server = await spawnTestServer({ dataDir, args: ['--demo'] });
      expect(await lostChanges(laptops, server.url)).toEqual([]);
    }
    for (const laptop of laptops) await laptop.sync();
    expect(await lostChanges(laptops, server.url)).toEqual([]);
    expect(laptops.map((laptop) => laptop.receipted())).toEqual(laptops.map(({ journal }) => journal.length));
    expect(await server.stop()).toBe(0);
  }, 120_000);

  test('the check itself notices one change that is gone from the database', async () => {
    const server = await openTestServer({ demo: true });
    const laptop = await demoLaptop(server.url, 'inspector');
    laptop.write(institution('甲单位'), institution('乙单位'));
    await laptop.sync();
    expect(await lostChanges([laptop], server.url)).toEqual([]);
    await server.stop();
    await inRecords(server.dataDir, (sql) => sql.run('DELETE FROM changes WHERE chain_id = ? AND seq = 2', [laptop.chainId]));
    const later = await openTestServer({ demo: true, dataDir: server.dataDir });
    expect(await lostChanges([laptop], later.url)).toEqual([`${laptop.entry.chainCode} 2`]);
  });
});

describe('an older backup put back', () => {
  test('is noticed by laptops that know more, and after a start with --restored they bring their work back by themselves', async () => {
    const server = await openTestServer({ demo: true });
    const [laptop, reader] = [await demoLaptop(server.url, 'inspector'), await demoLaptop(server.url, 'leader')];
    laptop.write(institution('备份前'));
    await laptop.sync();
    await server.stop();
    const backup = await copyOfServer(server.dataDir);

    const later = await openTestServer({ demo: true, dataDir: server.dataDir });
    [laptop, reader].forEach((each) => each.moveTo(later.url));
    laptop.write(institution('备份后一'), institution('备份后二'));
    await laptop.sync();
    await reader.sync();
    const admin = await demoLaptop(later.url, 'administrator');
    expectDone(await admin.office('organ.save', { organId: null, name: '备份后的机构', kind: 'bureau', level: 'district' }));
    await reader.sync();
    await later.stop();

    const unaware = await openTestServer({ demo: true, dataDir: backup });
    laptop.moveTo(unaware.url);
    expect(problemIn(await laptop.exchange({}))?.code).toBe('cursor-invalid');
    await unaware.stop();

    const restored = await openTestServer({ demo: true, dataDir: backup, restored: true });
    [laptop, reader].forEach((each) => each.moveTo(restored.url));
    // As the real laptop does: the receipt names less than it once had, so it goes on from there.
    const reply = expectDone(await laptop.exchange({}));
    expect(reply.receipt?.seq).toBe(1);
    expectDone(await laptop.exchange({ push: laptop.push(2) }));
    const seen = reader.pulled.length;
    await reader.sync();
    const again = reader.pulled.slice(seen);
    expect(again.map(({ id }) => id)).toEqual(laptop.journal.slice(1).map(({ id }) => id));
    // What the server writes now collides with nothing that anybody has seen of it.
    const secondAdmin = await demoLaptop(restored.url, 'administrator');
    expectDone(await secondAdmin.office('organ.save', { organId: null, name: '恢复后的机构', kind: 'bureau', level: 'district' }));
    await reader.sync();
    const places = reader.pulled.map(({ deviceId, seq, id }) => `${deviceId} ${seq} ${id}`);
    const byPlace = new Map(places.map((place) => [place.split(' ').slice(0, 2).join(' '), place]));
    expect(new Set(places).size).toBe(byPlace.size);
  });
});

test('what the server keeps proves itself: ids, chain and signature from the database alone', async () => {
  const server = await openTestServer({ demo: true });
  const laptop = await demoLaptop(server.url, 'inspector');
  laptop.write(institution('甲单位'), institution('乙单位'));
  await laptop.sync();
  await server.stop();
  await inRecords(server.dataDir, async (sql) => {
    for (const chain of await sql.all('SELECT * FROM chains WHERE seq > 0')) {
      const chainId = textOf(chain, 'chain_id');
      const rows = await sql.all('SELECT * FROM changes WHERE chain_id = ? ORDER BY seq', [chainId]);
      const bodies = rows.map((row): PushedChange => ({
        recordType: textOf(row, 'record_type'), recordId: textOf(row, 'record_id'), kind: textOf(row, 'kind'), wall: textOf(row, 'wall'), mono: numberOf(row, 'mono'),
        bootId: textOf(row, 'boot_id'), salt: textOf(row, 'salt'), patch: JSON.parse(textOf(row, 'patch')) as PushedChange['patch'],
      }));
      const owner = { officeId: textOf(chain, 'office_id'), deviceId: textOf(chain, 'device_id'), officerId: textOf(chain, 'officer_id') };
      expect(chainBodies(bodies, owner, chainStart, sha256).map(({ id }) => id)).toEqual(rows.map((row) => textOf(row, 'id')));
      const [signed] = await sql.all('SELECT signature FROM signatures WHERE chain_id = ? ORDER BY seq DESC LIMIT 1', [chainId]);
      expect(isSignedBy(textOf(chain, 'public_key'), Buffer.from(textOf(chain, 'head_id'), 'hex'), textOf(signed ?? {}, 'signature'))).toBe(true);
    }
  });
});
