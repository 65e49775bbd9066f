import { firstRow, textOf, type Sql } from './sql.ts';

/** Tokens are kept as hashes only: whoever reads the database signs in as nobody. Times in ms since 1970. */
export async function insertSession(sql: Sql, tokenHash: string, chainId: string, at: number, expiresAt: number): Promise<void> {
  await sql.run('DELETE FROM sessions WHERE expires_at <= ?', [at]);
  await sql.run('INSERT INTO sessions (token_hash, chain_id, created_at, expires_at) VALUES (?, ?, ?, ?)', [tokenHash, chainId, at, expiresAt]);
}

/** The chain whose session it is; null when there is none, or not any more. */
export async function chainOfSession(sql: Sql, tokenHash: string, at: number): Promise<string | null> {
  const row = await firstRow(sql, 'SELECT chain_id FROM sessions WHERE token_hash = ? AND expires_at > ?', [tokenHash, at]);
  return row ? textOf(row, 'chain_id') : null;
}
