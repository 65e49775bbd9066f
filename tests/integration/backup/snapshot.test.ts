import { expect, test } from 'vitest';
import path from 'node:path';
import { keptTables, schemaOf, tableLines } from '../../../src-server/backup/record-lines.ts';
import { onSnapshot } from '../../../src-server/backup/snapshot.ts';
import { migrate, migrations } from '../../../src-server/store/migrate.ts';
import { openSqlite } from '../../../src-server/store/sqlite.ts';
import type { Sql, Store } from '../../../src-server/store/sql.ts';
import { openPostgres } from '../../../src-server/store/postgres.ts';
import { databaseOf, tempDir } from '../../helpers/server.ts';

const forgotten = ['migrations', 'sessions', 'spent_challenges', 'enrolment_guesses', 'upload_locks'];

async function lines(sql: Sql, table: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const line of tableLines(sql, table)) found.push(line);
  return found;
}

async function addActs(store: Store, from: number, to: number): Promise<void> {
  await store.write(async (sql) => {
    for (let n = from; n < to; n += 1) await sql.run('INSERT INTO office_acts (act_id, office_id, chain_id, officer_id, name, outcome, at) VALUES (?, ?, ?, ?, ?, ?, ?)', [`x${String(n).padStart(5, '0')}`, 'o1', 'c', 'p', '登记机关', 'done', n]);
  });
}

async function places() {
  const file = path.join(tempDir(), 'office.db');
  const url = await databaseOf(tempDir());
  return [{ place: { file }, store: openSqlite(file) }, ...(url === null ? [] : [{ place: { url }, store: await openPostgres({ url }) }])];
}

test('a backup taken while the server writes holds the state of one moment, every row once', async () => {
  const seen: (readonly string[])[] = [];
  for (const { place, store } of await places()) {
    await store.alone((desk) => migrate(desk, () => 1));
    await addActs(store, 0, 2500);
    await onSnapshot(place, async (sql) => {
      expect(await schemaOf(sql)).toBe(migrations.at(-1)?.version);
      await addActs(store, 2500, 2600);
      const acts = await lines(sql, 'office_acts');
      expect(acts.length).toBe(2500);
      expect(new Set(acts).size).toBe(2500);
      seen.push(acts);
    });
    expect((await onSnapshot(place, (sql) => lines(sql, 'office_acts'))).length, 'the next one has what came since').toBe(2600);
    await store.close();
  }
  for (const acts of seen) expect(acts, 'both engines say the same lines').toEqual(seen[0]);
});

test('no table of the newest shape is forgotten', async () => {
  const file = path.join(tempDir(), 'office.db');
  const store = openSqlite(file);
  await store.alone((desk) => migrate(desk, () => 1));
  const tables = await store.sql.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  expect(tables.map(({ name }) => String(name)).toSorted()).toEqual([...Object.keys(keptTables), ...forgotten].toSorted());
  await store.close();
});
