import { describe, expect, test } from 'vitest';
import { migrate, migrations } from '../../../src-server/store/migrate.ts';
import { openPostgres } from '../../../src-server/store/postgres.ts';
import { count } from '../../../src-server/store/counters.ts';
import { databaseOf, emptyStore, openTestServer, tempDir, useDatabase } from '../../helpers/server.ts';
import { onDatabase, postgresCluster } from '../../helpers/postgres-cluster.ts';
import { databaseIn } from '../../helpers/postgres-database.ts';

async function ownDatabase(): Promise<string> {
  const address = await databaseOf(tempDir());
  if (address === null) throw new Error('these tests need PostgreSQL');
  return address;
}

/** A gate that a transaction waits at. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

describe('a commit waits for the disk', () => {
  test('also where role and database say otherwise, and whoever asks stands in UTC with limits', async () => {
    const address = await ownDatabase();
    const name = databaseIn(address);
    await onDatabase(address, `ALTER DATABASE ${name} SET synchronous_commit = off`, `ALTER DATABASE ${name} SET TimeZone = 'Asia/Shanghai'`, `ALTER DATABASE ${name} SET statement_timeout = 0`);
    const store = await openPostgres({ url: address });
    const asked = ['synchronous_commit', 'TimeZone', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
    const settings = await store.write((sql) => sql.all(`SELECT ${asked.map((each) => `current_setting('${each}') AS "${each}"`).join(', ')}`));
    expect(settings).toEqual([{ synchronous_commit: 'on', TimeZone: 'UTC', statement_timeout: '30s', lock_timeout: '10s', idle_in_transaction_session_timeout: '30s' }]);
    await store.close();
    await onDatabase(address, `ALTER DATABASE ${name} RESET ALL`);
  });

  test('a database with fsync=off is refused, unless somebody says that a trial may lose everything', async () => {
    const careless = await postgresCluster({ fsync: 'off' });
    try {
      await expect(openPostgres({ url: careless.url })).rejects.toThrow(/fsync=off/);
      await (await openPostgres({ url: careless.url, allowFsyncOff: true })).close();
      const dataDir = tempDir();
      useDatabase(dataDir, careless.url);
      await expect(openTestServer({ dataDir })).rejects.toThrow(/--allow-fsync-off/);
    } finally {
      await careless.remove();
    }
  });

  test('a COMMIT that the database answers with ROLLBACK is no commit', async () => {
    const store = await emptyStore();
    await store.write((sql) => sql.run('CREATE TABLE t (x BIGINT PRIMARY KEY)'));
    const swallowing = store.write(async (sql) => {
      await sql.run('INSERT INTO t VALUES (1)');
      await sql.run('INSERT INTO t VALUES (1)').catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow(/ROLLBACK/);
    expect(await store.sql.all('SELECT x FROM t')).toEqual([]);
  });
});

describe('a database that can not be right is named', () => {
  test.each([
    ['nobody listens there', 'postgres://x:secret@127.0.0.1:1/x', /can not be reached/],
    ['no such database', null, /does not exist/],
  ])('%s, and its password stays unsaid', async (_what, given, reason) => {
    const address = new URL(given ?? (await ownDatabase()));
    if (given === null) address.pathname = '/nowhere';
    const said = await openPostgres({ url: address.href }).then(() => '', (error: Error) => error.message);
    expect(said).toMatch(reason);
    expect(said).not.toContain(address.password);
  });

  test('one without Chinese', async () => {
    const address = await ownDatabase();
    const name = `${databaseIn(address)}_latin`;
    await onDatabase(address, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'LATIN1'`);
    const latin = new URL(address);
    latin.pathname = `/${name}`;
    await expect(openPostgres({ url: latin.href })).rejects.toThrow(/LATIN1/);
  });

  test("one whose servers write with another key than this folder's", async () => {
    const [first, second] = [tempDir(), tempDir()];
    const server = await openTestServer({ dataDir: first, demo: true });
    useDatabase(second, (await databaseOf(first)) ?? '');
    await expect(openTestServer({ dataDir: second, demo: true })).rejects.toThrow(/server-key\.pem/);
    expect((await fetch(`${server.url}/v1/health`)).status).toBe(200);
  });
});

describe('transactions', () => {
  test('a number beyond what a number can hold is an error, never another number', async () => {
    const store = await emptyStore();
    expect(await store.sql.all('SELECT 9007199254740991::bigint AS n')).toEqual([{ n: 9_007_199_254_740_991 }]);
    await expect(store.sql.all('SELECT 9007199254740993::bigint AS n')).rejects.toThrow(/2\^53/);
  });

  test('two that wait for each other both end: the one that was given up is run again', async () => {
    const store = await emptyStore();
    await store.write((sql) => sql.run('CREATE TABLE t (name TEXT PRIMARY KEY, n BIGINT NOT NULL)'));
    await store.write((sql) => sql.run("INSERT INTO t VALUES ('a', 0), ('b', 0)"));
    const both = [gate(), gate()];
    let runs = 0;
    const crossing = (mine: number, [first, second]: readonly [string, string]): Promise<void> =>
      store.write(async (sql) => {
        runs += 1;
        await sql.run('UPDATE t SET n = n + 1 WHERE name = ?', [first]);
        both[mine]?.open();
        await both[1 - mine]?.opened;
        await sql.run('UPDATE t SET n = n + 1 WHERE name = ?', [second]);
      });
    await Promise.all([crossing(0, ['a', 'b']), crossing(1, ['b', 'a'])]);
    expect(runs, 'one of the two was run again').toBeGreaterThan(2);
    expect(await store.sql.all('SELECT name, n FROM t ORDER BY name')).toEqual([{ name: 'a', n: 2 }, { name: 'b', n: 2 }]);
  });

  test('a statement that comes after the end of its transaction goes nowhere', async () => {
    const store = await emptyStore();
    await store.write((sql) => sql.run('CREATE TABLE t (x BIGINT)'));
    const escaped = await store.write(async (sql) => sql);
    await expect(escaped.run('INSERT INTO t VALUES (1)')).rejects.toThrow(/after the end/);
    expect(await store.sql.all('SELECT x FROM t')).toEqual([]);
  });

  test('who waits too long for a row, or asks too much, is told so and holds up nobody', async () => {
    const address = await ownDatabase();
    const store = await openPostgres({ url: address, limits: { statementMs: 300, lockMs: 150, idleInTransactionMs: 5000 } });
    const held = gate();
    const holding = store.write(async (sql) => {
      await count(sql, 'o', 'feed');
      await held.opened;
    });
    await expect.poll(() => onDatabase(address, "SELECT COUNT(*)::int AS n FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database()")).toEqual([{ n: 1 }]);
    await expect(store.write((sql) => count(sql, 'o', 'feed'))).rejects.toMatchObject({ code: '55P03' });
    await expect(store.sql.all('SELECT pg_sleep(5)')).rejects.toMatchObject({ code: '57014' });
    held.open();
    await holding;
    expect(await store.write((sql) => count(sql, 'o', 'feed'))).toBe(2);
    await store.close();
  });
});

test('two processes that migrate at the same moment do it once', async () => {
  const address = await ownDatabase();
  await onDatabase(address, 'DROP SCHEMA public CASCADE', 'CREATE SCHEMA public');
  const stores = await Promise.all([1, 2, 3].map(() => openPostgres({ url: address, connections: 2 })));
  await Promise.all(stores.map((store, n) => store.alone((desk) => migrate(desk, () => n))));
  expect(await stores[0]?.sql.all('SELECT version FROM migrations ORDER BY version')).toEqual(migrations.map(({ version }) => ({ version })));
  await Promise.all(stores.map((store) => store.close()));
});
