import { firstRow, numberOf, type Sql } from './sql.ts';

/**
 * Adds `by` to an office's counter and returns the new value. The row stays locked until the transaction ends, so that
 * whoever counts next commits next: no number becomes visible before a lower one.
 */
export async function count(sql: Sql, officeId: string, name: string, by = 1): Promise<number> {
  const row = await firstRow(
    sql,
    'INSERT INTO counters (office_id, name, value) VALUES (?, ?, ?) ON CONFLICT (office_id, name) DO UPDATE SET value = counters.value + excluded.value RETURNING value',
    [officeId, name, by],
  );
  if (!row) throw new Error('the counter gave no value');
  return numberOf(row, 'value');
}

/**
 * Takes an office for the rest of the transaction: until its commit nobody else, in whichever process, decides or counts
 * anything of this office, and every later statement of this one sees what was committed before. Taken first, before codes.
 */
export async function holdOffice(sql: Sql, officeId: string): Promise<void> {
  await count(sql, officeId, feed, 0);
}

/** The value that was reached; 0 before the first count. */
export async function counted(sql: Sql, officeId: string, name: string): Promise<number> {
  const row = await firstRow(sql, 'SELECT value FROM counters WHERE office_id = ? AND name = ?', [officeId, name]);
  return row ? numberOf(row, 'value') : 0;
}

export const feed = 'feed';
