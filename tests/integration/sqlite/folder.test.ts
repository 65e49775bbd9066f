import Database from 'libsql';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openTestServer, spawnTestServer, tempDir } from '../../helpers/server.ts';

test('a folder belongs to one server at a time; a killed one leaves nothing behind that stops the next', async () => {
  const dataDir = tempDir();
  const first = await spawnTestServer({ dataDir });
  await expect(openTestServer({ dataDir })).rejects.toThrow(/open in another server/);
  await first.kill();
  const second = await openTestServer({ dataDir });
  await expect(openTestServer({ dataDir })).rejects.toThrow(/open in another server/);
  await second.stop();
  await (await openTestServer({ dataDir })).stop();
});

test('the file of a newer program stays as it is, to the byte', async () => {
  const server = await openTestServer();
  await server.stop();
  const file = path.join(server.dataDir, 'office.db');
  const database = new Database(file);
  database.exec("INSERT INTO migrations (version, name, applied_at) VALUES (99, 'of the future', 0)");
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  const before = readFileSync(file);
  await expect(openTestServer({ dataDir: server.dataDir })).rejects.toThrow(/shape 99/);
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('a folder whose records are in PostgreSQL does not begin an empty office of its own when the database is not named', async () => {
  const dataDir = tempDir();
  writeFileSync(path.join(dataDir, 'engine'), 'postgres\n');
  await expect(openTestServer({ dataDir })).rejects.toThrow(/DATABASE_URL/);
});
