import { firstRow, numberOf, textOf, type Sql } from './sql.ts';

/** One sender of one original. Times are ms since 1970 by the clock of the process that writes them. */
export type UploadLock = { readonly officeId: string; readonly sha256: string; readonly holder: string; readonly chainId: string };

/** Takes the lock unless somebody holds it: then null when it is taken now, else whose it is. */
export async function takeUploadLock(sql: Sql, lock: UploadLock, now: number, heldUntil: number): Promise<{ readonly chainId: string } | null> {
  const { officeId, sha256, holder, chainId } = lock;
  await sql.run('DELETE FROM upload_locks WHERE office_id = ? AND sha256 = ? AND held_until < ?', [officeId, sha256, now]);
  const taken = await sql.run(
    'INSERT INTO upload_locks (office_id, sha256, holder, chain_id, held_until, wanted) VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT (office_id, sha256) DO NOTHING',
    [officeId, sha256, holder, chainId, heldUntil],
  );
  if (taken > 0) return null;
  // The laptop that holds it asks on another line: the former one is dead and only this side does not know.
  await sql.run('UPDATE upload_locks SET wanted = 1 WHERE office_id = ? AND sha256 = ? AND chain_id = ?', [officeId, sha256, chainId]);
  const row = await firstRow(sql, 'SELECT chain_id FROM upload_locks WHERE office_id = ? AND sha256 = ?', [officeId, sha256]);
  return { chainId: row ? textOf(row, 'chain_id') : '' };
}

/** Holds on for longer. `lost`: somebody else has it; `wanted`: the laptop itself asks for it elsewhere. */
export async function keepUploadLock(sql: Sql, { officeId, sha256, holder }: UploadLock, heldUntil: number): Promise<'held' | 'wanted' | 'lost'> {
  const row = await firstRow(sql, 'SELECT wanted FROM upload_locks WHERE office_id = ? AND sha256 = ? AND holder = ?', [officeId, sha256, holder]);
  if (!row) return 'lost';
  await sql.run('UPDATE upload_locks SET held_until = ? WHERE office_id = ? AND sha256 = ? AND holder = ?', [heldUntil, officeId, sha256, holder]);
  return numberOf(row, 'wanted') === 1 ? 'wanted' : 'held';
}

export async function dropUploadLock(sql: Sql, { officeId, sha256, holder }: UploadLock): Promise<void> {
  await sql.run('DELETE FROM upload_locks WHERE office_id = ? AND sha256 = ? AND holder = ?', [officeId, sha256, holder]);
}

export async function dropAllUploadLocks(sql: Sql): Promise<void> {
  await sql.run('DELETE FROM upload_locks');
}
