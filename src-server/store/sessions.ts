import { firstRow, textOf, type Sql } from './sql.ts';

/** One session of a chain. Tokens are kept as hashes only: whoever reads the database signs in as nobody. Times in ms since 1970. */
export type SessionRow = { readonly officeId: string; readonly tokenHash: string; readonly chainId: string; readonly createdAt: number; readonly expiresAt: number };

export async function insertSession(sql: Sql, { officeId, tokenHash, chainId, createdAt, expiresAt }: SessionRow): Promise<void> {
  await sql.run('DELETE FROM sessions WHERE office_id = ? AND expires_at <= ?', [officeId, createdAt]);
  await sql.run('INSERT INTO sessions (office_id, token_hash, chain_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?)', [officeId, tokenHash, chainId, createdAt, expiresAt]);
}

/** The chain whose session it is; null when there is none, or not any more. */
export async function chainOfSession(sql: Sql, officeId: string, tokenHash: string, at: number): Promise<string | null> {
  const row = await firstRow(sql, 'SELECT chain_id FROM sessions WHERE office_id = ? AND token_hash = ? AND expires_at > ?', [officeId, tokenHash, at]);
  return row ? textOf(row, 'chain_id') : null;
}

/** False when this challenge was spent before, in whichever process. Expired ones are forgotten: nobody takes them any more. */
export async function spendChallenge(sql: Sql, officeId: string, mark: string, expiresAt: number, at: number): Promise<boolean> {
  await sql.run('DELETE FROM spent_challenges WHERE office_id = ? AND expires_at <= ?', [officeId, at]);
  return (await sql.run('INSERT INTO spent_challenges (office_id, mark, expires_at) VALUES (?, ?, ?) ON CONFLICT (office_id, mark) DO NOTHING', [officeId, mark, expiresAt])) > 0;
}
