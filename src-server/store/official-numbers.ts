import { officialNumberText } from '#shared/domain/casework/official-number.ts';
import { count } from './counters.ts';
import { firstRow, type Sql } from './sql.ts';

/** Gives the next number of `prefix` and `year`: without gaps, since a transaction that fails takes its count back. */
export async function giveOfficialNumber(sql: Sql, given: { readonly officeId: string; readonly prefix: string; readonly year: number; readonly opinionId: string; readonly by: string; readonly at: number }): Promise<string> {
  const { officeId, prefix, year } = given;
  const n = await count(sql, officeId, `number/${prefix}/${year}`);
  const text = officialNumberText(prefix, year, n);
  await sql.run('INSERT INTO official_numbers (office_id, prefix, year, n, text, opinion_id, given_by, given_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
    officeId, prefix, year, n, text, given.opinionId, given.by, given.at,
  ]);
  return text;
}

export async function isOfficialNumber(sql: Sql, officeId: string, text: string): Promise<boolean> {
  return (await firstRow(sql, 'SELECT n FROM official_numbers WHERE office_id = ? AND text = ?', [officeId, text])) !== null;
}
