import { describe, expect, test } from 'vitest';
import { migrate, migrations } from '../../../src-server/store/migrate.ts';
import type { Row, Sql, SqlValue, Store } from '../../../src-server/store/sql.ts';
import { emptyStore } from '../../helpers/server.ts';

/** One row or more of every table of the first shape, as an office in its second week has them. */
const firstRows: Readonly<Record<string, readonly Readonly<Record<string, SqlValue>>[]>> = {
  offices: [{ office_id: 'o1', name: '甲局', demo: 0, server_device_id: 'd0', created_at: 1 }, { office_id: 'o2', name: '乙局', demo: 0, server_device_id: 'd9', created_at: 2 }],
  counters: [{ office_id: 'o1', name: 'feed', value: 2 }],
  chains: [
    { chain_id: 'd1.p1', office_id: 'o1', device_id: 'd1', officer_id: 'p1', chain_code: 'A01', device_name: '笔记本', public_key: 'k', enrolled_at: 3, last_contact_at: 4, revoked_at: null, revoked_reason: null, seq: 3, head_id: 'c3', head_received_at: 5 },
    { chain_id: 'd2.p2', office_id: 'o2', device_id: 'd2', officer_id: 'p2', chain_code: 'A01', device_name: '丢失的', public_key: 'k2', enrolled_at: 3, last_contact_at: null, revoked_at: 9, revoked_reason: '遗失', seq: 1, head_id: 'e1', head_received_at: 5 },
  ],
  changes: [change('d1.p1', 1, 'c1', 'o1', 1, null), change('d1.p1', 2, 'c2', 'o1', 2, null), change('d1.p1', 3, 'c3', 'o1', null, '{"code":"newer-version","detail":{"field":"x"}}'), change('d2.p2', 1, 'e1', 'o2', null, '{"code":"locked"}')],
  signatures: [{ chain_id: 'd1.p1', seq: 3, signature: 's3' }, { chain_id: 'd2.p2', seq: 1, signature: 's1' }],
  forks: [{ chain_id: 'd1.p1', seq: 2, id: 'f2', office_id: 'o1', body: '{}', signature: 's', received_at: 6 }],
  records: [{ office_id: 'o1', record_id: 'r1', record_type: 'person', parent_id: null, state: '{}' }],
  enrolment_codes: [{ code_hash: 'h1', purpose: 'first-account', office_id: null, officer_id: null, created_at: 1, expires_at: null, used_at: 2, used_by: 'd1.p1' }],
  sessions: [{ token_hash: 't1', chain_id: 'd1.p1', created_at: 7, expires_at: 8 }],
  evidence: [{ office_id: 'o1', sha256: 'a', media_type: 'image/jpeg', byte_length: 9, received_bytes: 9, chain_id: 'd1.p1', started_at: 1, completed_at: 2 }],
  official_numbers: [{ office_id: 'o1', prefix: '机事整', year: 2026, n: 1, text: '机事整〔2026〕1号', opinion_id: 'p', given_by: 'p1', given_at: 3 }],
  office_acts: [{ act_id: 'x1', office_id: 'o1', chain_id: 'd1.p1', officer_id: 'p1', name: 'organ.save', outcome: 'done', at: 4 }],
};

/** Tables that a later shape began, with a row. */
const laterRows: Readonly<Record<number, Readonly<Record<string, readonly Readonly<Record<string, SqlValue>>[]>>>> = {
  3: { upload_locks: [{ office_id: 'o1', sha256: 'b', holder: 'h', chain_id: 'd1.p1', held_until: 5, wanted: 0 }] },
};

/** What a step changes of rows that were there; whatever is not named here stays as it is. */
const steps: Readonly<Record<number, (store: Store) => Promise<void>>> = {
  2: async ({ sql }) => expect(await sql.all('SELECT record_id, fold FROM records')).toEqual([{ record_id: 'r1', fold: null }]),
  3: async ({ sql }) => expect(await sql.all('SELECT * FROM upload_locks')).toEqual([]),
  4: async ({ sql }) => expect(await sql.all('SELECT id, judged_by FROM changes ORDER BY id')).toEqual([{ id: 'c1', judged_by: null }, { id: 'c2', judged_by: null }, { id: 'c3', judged_by: '' }, { id: 'e1', judged_by: null }]),
  5: async (store) => {
    expect(await store.sql.all('SELECT office_id, signature FROM signatures ORDER BY signature'), 'every signature finds its office').toEqual([{ office_id: 'o2', signature: 's1' }, { office_id: 'o1', signature: 's3' }]);
    expect(await store.sql.all('SELECT * FROM sessions'), 'people sign in again').toEqual([]);
    await expect(insert(store, 'changes', [change('d1.p1', 1, 'other', 'o1', 7, null)]), 'one place holds one change').rejects.toThrow(/unique/i);
    await expect(insert(store, 'changes', [change('d1.p1', 9, 'c9', 'o1', 2, null)]), 'one position is given once').rejects.toThrow(/unique/i);
  },
};

/** Tables whose rows a step drops on purpose. */
const dropped: Readonly<Record<number, readonly string[]>> = { 5: ['sessions'] };

function change(chainId: string, seq: number, id: string, officeId: string, cursor: number | null, refused: string | null): Readonly<Record<string, SqlValue>> {
  return {
    chain_id: chainId, seq, id, office_id: officeId, device_id: 'd', officer_id: 'p', record_type: 'institution', record_id: 'r', kind: 'create', wall: '2026-08-12T08:00:00.000Z', mono: 5,
    boot_id: 'b', salt: 's', patch: '{"name":{"was":null,"to":"𠮷田单位"}}', received_at: 1_790_000_000_000, cursor, refused,
  };
}

async function insert(store: Store, table: string, rows: readonly Readonly<Record<string, SqlValue>>[]): Promise<void> {
  await store.write(async (sql) => {
    for (const row of rows) {
      const columns = Object.keys(row);
      await sql.run(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`, Object.values(row));
    }
  });
}

async function rowsOf(sql: Sql, table: string, columns: readonly string[]): Promise<readonly Row[]> {
  return await sql.all(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${columns.map((_, n) => n + 1).join(', ')}`);
}

/** A database at the shape before `version`, with rows that each shape put there. */
async function storeBefore(version: number): Promise<Store> {
  const store = await emptyStore();
  for (const step of migrations.filter((each) => each.version < version)) {
    await migrate(store, () => step.version, migrations.filter((each) => each.version <= step.version));
    for (const [table, rows] of Object.entries(step.version === 1 ? firstRows : (laterRows[step.version] ?? {}))) await insert(store, table, rows);
  }
  return store;
}

async function contents(sql: Sql, version: number): Promise<Readonly<Record<string, readonly Row[]>>> {
  const known = Object.entries({ ...firstRows, ...Object.fromEntries(Object.entries(laterRows).filter(([since]) => Number(since) < version).flatMap(([, tables]) => Object.entries(tables))) });
  const kept = known.filter(([table]) => !dropped[version]?.includes(table));
  return Object.fromEntries(await Promise.all(kept.map(async ([table, [first]]) => [table, await rowsOf(sql, table, Object.keys(first ?? {}))] as const)));
}

describe('each step from the shape before it, with rows in it', () => {
  test('every step after the first is tried here', () => {
    expect(Object.keys(steps).map(Number)).toEqual(migrations.slice(1).map(({ version }) => version));
  });

  test.each(migrations.slice(1).map(({ version, name }) => [version, name] as const))('%i %s keeps what was there', async (version) => {
    const store = await storeBefore(version);
    const before = await contents(store.sql, version);
    expect(Object.values(before).every((rows) => rows.length > 0)).toBe(true);
    await migrate(store, () => 100, migrations.filter((each) => each.version <= version));
    expect(await contents(store.sql, version)).toEqual(before);
    await steps[version]?.(store);
  });
});
