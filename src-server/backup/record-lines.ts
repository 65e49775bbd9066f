import { firstRow, numberOf, type Row, type Sql, type SqlValue } from '../store/sql.ts';

/**
 * Every table that a backup holds, with the columns of its key. Sessions, spent challenges, wrong guesses and upload locks
 * are not among them: they mean nothing to a server that was put back.
 */
export const keptTables: Readonly<Record<string, readonly string[]>> = {
  offices: ['office_id'],
  server_identity: ['one'],
  counters: ['office_id', 'name'],
  chains: ['office_id', 'chain_id'],
  changes: ['office_id', 'chain_id', 'seq'],
  signatures: ['office_id', 'chain_id', 'seq'],
  forks: ['office_id', 'chain_id', 'seq', 'id'],
  records: ['office_id', 'record_id'],
  enrolment_codes: ['code_hash'],
  evidence: ['office_id', 'sha256'],
  official_numbers: ['office_id', 'prefix', 'year', 'n'],
  office_acts: ['office_id', 'act_id'],
};

const PAGE = 1000;

/** The rows of one table as JSON lines in the order of its key, a page at a time, so that no table has to fit in memory. */
export async function* tableLines(sql: Sql, table: string): AsyncGenerator<string, void, void> {
  const key = keptTables[table];
  if (!key) throw new Error(`${table} is not in a backup`);
  const columns = key.join(', ');
  const marks = key.map(() => '?').join(', ');
  let after: readonly SqlValue[] | null = null;
  for (;;) {
    const rows: readonly Row[] = await sql.all(`SELECT * FROM ${table}${after ? ` WHERE (${columns}) > (${marks})` : ''} ORDER BY ${columns} LIMIT ${PAGE}`, after ?? []);
    for (const row of rows) yield JSON.stringify(Object.fromEntries(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1))));
    const end = rows.at(-1);
    if (!end || rows.length < PAGE) return;
    after = key.map((column) => end[column] ?? null);
  }
}

/** The number of the newest migration that these records went through. */
export async function schemaOf(sql: Sql): Promise<number> {
  const row = await firstRow(sql, 'SELECT COALESCE(MAX(version), 0) AS version FROM migrations');
  return row ? numberOf(row, 'version') : 0;
}
