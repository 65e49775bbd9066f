import Database from 'libsql';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { chainBodies, chainStart } from '#shared/journal/chain.ts';
import type { PushedChange } from '#shared/sync/wire.ts';
import { openSqlite } from '../../../src-server/store/sqlite.ts';
import type { Sql } from '../../../src-server/store/sql.ts';
import { isSignedBy } from '../../../src-server/keys.ts';
import { openTestServer, spawnTestServer, tempDir, type ChildServer } from '../../helpers/server.ts';
import { demoLaptop, expectDone, newChange, newId, problemIn, sha256, type TestLaptop } from '../../helpers/test-laptop.ts';

const institution = (name: string) => newChange('institution', newId(), { name });

/** Changes with a receipt that the server at `url` does not have, or not as they were. Empty is the promise. */
async function lostChanges(laptops: readonly TestLaptop[], url: string): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const laptop of laptops) {
    laptop.moveTo(url);
    const held: string[] = [];
    for (let cursor = 0, more = true; more;) {
      const reply = expectDone(await laptop.exchange({ cursor, pageLimit: 2000 }));
      if ((reply.receipt?.seq ?? 0) < laptop.receipted()) lost.push(`receipt of ${laptop.entry.chainCode}: ${reply.receipt?.seq ?? 0} < ${laptop.receipted()}`);
      held.push(...reply.page.filter(({ deviceId }) => deviceId === laptop.deviceId).map(({ id }) => id));
      ({ next: cursor, more } = reply);
    }
    const ids = new Set(held);
    for (const { seq, id } of laptop.journal.slice(0, laptop.receipted())) if (!ids.has(id)) lost.push(`${laptop.entry.chainCode} ${seq}`);
  }
  return lost;
}

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
    const database = new Database(path.join(server.dataDir, 'office.db'));
    database.prepare('DELETE FROM changes WHERE chain_id = ? AND seq = 2').run(laptop.chainId);
    database.close();
    const later = await openTestServer({ demo: true, dataDir: server.dataDir });
    expect(await lostChanges([laptop], later.url)).toEqual([`${laptop.entry.chainCode} 2`]);
  });
});

test('a commit waits for the disk: the log is fsynced at every commit, not now and then', async () => {
  const store = openSqlite(path.join(tempDir(), 'a.db'));
  const asked = (sql: Sql) => Promise.all(['PRAGMA journal_mode', 'PRAGMA synchronous'].map((text) => sql.all(text)));
  // 2 is FULL; 1, the usual choice with a write-ahead log, would lose the last commits with the power.
  expect(await store.write(asked)).toEqual([[{ journal_mode: 'wal' }], [{ synchronous: 2 }]]);
  await store.close();
});

test('a full disk: the push is refused without a receipt, the server stays up, and what had a receipt is there', async () => {
  const dataDir = tempDir();
  const server = await spawnTestServer({ dataDir, args: ['--demo'], through: 'trap "" XFSZ; ulimit -f 3000' });
  const laptop = await demoLaptop(server.url, 'inspector');
  let problem = null;
  for (let n = 0; n < 400 && !problem; n += 1) {
    laptop.write(newChange('roomCheck', newId(), { remarks: '满'.repeat(2000) }), newChange('roomCheck', newId(), { remarks: '满'.repeat(2000) }));
    const fromSeq = laptop.receipted() + 1;
    const outcome = await laptop.exchange({ push: laptop.push(fromSeq), pageLimit: 0 });
    problem = problemIn(outcome);
    if (!problem) await laptop.sync();
  }
  expect(problem).toEqual({ code: 'server-error', detail: { reason: 'storage' } });
  expect((await fetch(`${server.url}/v1/health`)).status).toBe(200);
  expect(laptop.receipted()).toBeGreaterThan(10);
  await server.kill();
  const roomy = await spawnTestServer({ dataDir, args: ['--demo'] });
  expect(await lostChanges([laptop], roomy.url)).toEqual([]);
  await laptop.sync();
  expect(laptop.receipted()).toBe(laptop.journal.length);
});

describe('an older backup put back', () => {
  test('is noticed by laptops that know more, and after a start with --restored they bring their work back by themselves', async () => {
    const server = await openTestServer({ demo: true });
    const [laptop, reader] = [await demoLaptop(server.url, 'inspector'), await demoLaptop(server.url, 'leader')];
    laptop.write(institution('备份前'));
    await laptop.sync();
    await server.stop();
    const backup = tempDir();
    cpSync(server.dataDir, backup, { recursive: true });

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
  const database = new Database(path.join(server.dataDir, 'office.db'));
  for (const chain of database.prepare('SELECT * FROM chains WHERE seq > 0').all() as Record<string, string>[]) {
    const rows = database.prepare('SELECT * FROM changes WHERE chain_id = ? ORDER BY seq').all(chain['chain_id']) as Record<string, string>[];
    const bodies = rows.map((row) => ({
      recordType: row['record_type'], recordId: row['record_id'], kind: row['kind'], wall: row['wall'], mono: Number(row['mono']), bootId: row['boot_id'], salt: row['salt'], patch: JSON.parse(row['patch'] ?? '') as unknown,
    }) as PushedChange);
    const owner = { officeId: chain['office_id'] ?? '', deviceId: chain['device_id'] ?? '', officerId: chain['officer_id'] ?? '' };
    expect(chainBodies(bodies, owner, chainStart, sha256).map(({ id }) => id)).toEqual(rows.map((row) => row['id']));
    const signature = database.prepare('SELECT signature FROM signatures WHERE chain_id = ? ORDER BY seq DESC').get(chain['chain_id']) as { signature: string };
    expect(isSignedBy(chain['public_key'] ?? '', Buffer.from(chain['head_id'] ?? '', 'hex'), signature.signature)).toBe(true);
  }
  database.close();
});
