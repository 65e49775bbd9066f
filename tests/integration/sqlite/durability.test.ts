import path from 'node:path';
import { expect, test } from 'vitest';
import { openSqlite } from '../../../src-server/store/sqlite.ts';
import type { Sql } from '../../../src-server/store/sql.ts';
import { lostChanges } from '../../helpers/lost-changes.ts';
import { spawnTestServer, tempDir } from '../../helpers/server.ts';
import { demoLaptop, newChange, newId, problemIn } from '../../helpers/test-laptop.ts';

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
