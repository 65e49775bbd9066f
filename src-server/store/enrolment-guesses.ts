import { firstRow, numberOf, type Sql } from './sql.ts';

/** Notes a wrong enrolment code from an address (ms since 1970) and forgets what is older than `forgetBefore`. */
export async function noteGuess(sql: Sql, guessId: string, address: string, at: number, forgetBefore: number): Promise<void> {
  await sql.run('DELETE FROM enrolment_guesses WHERE at < ?', [forgetBefore]);
  await sql.run('INSERT INTO enrolment_guesses (guess_id, address, at) VALUES (?, ?, ?)', [guessId, address, at]);
}

/** When the `nth` latest wrong code since `since` came, from one address or (null) from all; null when there were fewer. */
export async function nthLatestGuess(sql: Sql, address: string | null, since: number, nth: number): Promise<number | null> {
  const row = address === null
    ? await firstRow(sql, 'SELECT at FROM enrolment_guesses WHERE at > ? ORDER BY at DESC LIMIT 1 OFFSET ?', [since, nth - 1])
    : await firstRow(sql, 'SELECT at FROM enrolment_guesses WHERE address = ? AND at > ? ORDER BY at DESC LIMIT 1 OFFSET ?', [address, since, nth - 1]);
  return row ? numberOf(row, 'at') : null;
}
