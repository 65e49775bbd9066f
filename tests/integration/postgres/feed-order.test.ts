import { expect, test } from 'vitest';
import { count } from '../../../src-server/store/counters.ts';
import { numberOf, type Sql, type Store } from '../../../src-server/store/sql.ts';
import { emptyStore, spawnTestServer, tempDir } from '../../helpers/server.ts';
import { demoLaptop, expectDone, newChange, newId, type TestLaptop } from '../../helpers/test-laptop.ts';

/** A transaction that has taken its position and waits to be let go. */
function writer(store: Store, name: string, position: (sql: Sql) => Promise<number>) {
  let letGo: () => void = () => undefined;
  const wait = new Promise<void>((resolve) => (letGo = resolve));
  let taken = false;
  const done = store.write(async (sql) => {
    await sql.run('INSERT INTO entries (name, position) VALUES (?, ?)', [name, await position(sql)]);
    taken = true;
    await wait;
  });
  return { done, letGo, hasPosition: () => taken };
}

async function readAfter(store: Store, cursor: number): Promise<readonly { readonly name: string; readonly cursor: number }[]> {
  return (await store.sql.all('SELECT name, position FROM entries WHERE position > ? ORDER BY position', [cursor])).map((row) => ({ name: String(row['name']), cursor: numberOf(row, 'position') }));
}

async function readersView(positionOf: (sql: Sql) => Promise<number>): Promise<readonly string[]> {
  const store = await emptyStore();
  await store.write((sql) => sql.run('CREATE TABLE counters (office_id TEXT, name TEXT, value BIGINT, PRIMARY KEY (office_id, name))'));
  await store.write((sql) => sql.run('CREATE TABLE entries (name TEXT, position BIGINT)'));
  await store.write((sql) => sql.run('CREATE SEQUENCE plain'));
  const slow = writer(store, 'slow', positionOf);
  await expect.poll(slow.hasPosition).toBe(true);
  const quick = writer(store, 'quick', positionOf);
  quick.letGo();
  // With one counter the quick one waits for the slow one; with a plain sequence it is committed at once.
  let isThrough = false;
  void quick.done.then(() => (isThrough = true));
  await expect.poll(async () => isThrough || (await store.sql.all("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")).length === 1).toBe(true);
  const seen = [...(await readAfter(store, 0))];
  slow.letGo();
  await Promise.all([slow.done, quick.done]);
  seen.push(...(await readAfter(store, seen.at(-1)?.cursor ?? 0)));
  return seen.map(({ name }) => name);
}

test('a reader between two commits skips nobody: positions become visible in their order', async () => {
  expect(await readersView((sql) => count(sql, 'o', 'feed'))).toEqual(['slow', 'quick']);
});

test('the check notices a plain sequence: there the slower writer is skipped for ever', async () => {
  expect(await readersView(async (sql) => numberOf((await sql.all("SELECT nextval('plain') AS n"))[0] ?? {}, 'n'))).toEqual(['quick']);
});

test('two processes, eight laptops, many pushes at once: a reader that asks one and then the other misses nothing and gets nothing twice', async () => {
  const dataDir = tempDir();
  const servers = [await spawnTestServer({ dataDir, args: ['--demo'] }), await spawnTestServer({ dataDir, args: ['--demo'] })];
  const at = (n: number): string => servers[n % 2]?.url ?? '';
  const people = ['inspector', 'secondInspector', 'sectionHead', 'assistant'] as const;
  const laptops = await Promise.all(Array.from({ length: 8 }, (_, n) => demoLaptop(at(n), people[n % 4] ?? 'inspector')));
  const reader = await demoLaptop(at(0), 'leader');
  await reader.sync();
  const start = reader.pulled.length;
  let writing = true;
  const write = async (laptop: TestLaptop, n: number): Promise<void> => {
    for (let round = 0; round < 25; round += 1) {
      laptop.write(...Array.from({ length: 1 + ((n + round) % 4) }, (_, i) => newChange('roomCheck', newId(), { remarks: `房间${n}-${round}-${i}` })));
      const from = laptop.receipted() + 1;
      await Promise.all([laptop.sync(), ...(round % 5 === 0 ? [again(laptop, at(n + 1), from)] : [])]);
    }
  };
  const read = async (): Promise<void> => {
    for (let n = 0; writing; n += 1) {
      reader.moveTo(at(n));
      await reader.sync();
    }
    await reader.sync();
  };
  const reading = read();
  await Promise.all(laptops.map(write));
  writing = false;
  await reading;
  const seen = reader.pulled.slice(start);
  expect(seen.map(({ cursor }) => cursor)).toEqual(Array.from({ length: seen.length }, (_, n) => (seen[0]?.cursor ?? 0) + n));
  const own = (laptop: TestLaptop): readonly string[] => seen.filter(({ deviceId }) => deviceId === laptop.deviceId).map(({ id }) => id);
  for (const laptop of laptops) expect(own(laptop), 'everything, once, in the order of its chain').toEqual(laptop.journal.map(({ id }) => id));
  expect(laptops.flatMap(({ refused }) => refused)).toEqual([]);
  expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0]);
}, 120_000);

/** The same push at the same time through the other process, as after a reply that got lost. */
async function again(laptop: TestLaptop, url: string, from: number): Promise<void> {
  const body = JSON.stringify({ v: 1, cursor: 0, pageLimit: 0, push: laptop.push(from) });
  const reply = await fetch(`${url}/v1/exchange`, { method: 'POST', headers: { authorization: `Bearer ${await laptop.token()}`, 'content-type': 'application/json' }, body });
  const said = (await reply.json()) as { receipt?: { seq: number } };
  expectDone(reply.ok ? { ok: true, value: said } : { ok: false, problem: { code: 'server-error', detail: { said: JSON.stringify(said) } } });
}
