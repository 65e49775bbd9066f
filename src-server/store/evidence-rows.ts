import { firstRow, numberOf, numberOrNull, textOf, type Sql } from './sql.ts';

/** What the server holds of one original. Bytes beyond `receivedBytes` in the file are not counted: they may not be on the disk. */
export type EvidenceRow = {
  readonly officeId: string;
  readonly sha256: string;
  readonly mediaType: string;
  readonly byteLength: number;
  readonly receivedBytes: number;
  readonly completedAt: number | null;
};

export async function evidenceRow(sql: Sql, officeId: string, sha256: string): Promise<EvidenceRow | null> {
  const row = await firstRow(sql, 'SELECT * FROM evidence WHERE office_id = ? AND sha256 = ?', [officeId, sha256]);
  if (!row) return null;
  return {
    officeId, sha256, mediaType: textOf(row, 'media_type'), byteLength: numberOf(row, 'byte_length'),
    receivedBytes: numberOf(row, 'received_bytes'), completedAt: numberOrNull(row, 'completed_at'),
  };
}

export async function insertEvidence(sql: Sql, row: EvidenceRow, chainId: string, at: number): Promise<void> {
  await sql.run('INSERT INTO evidence (office_id, sha256, media_type, byte_length, received_bytes, chain_id, started_at) VALUES (?, ?, ?, ?, ?, ?, ?)', [
    row.officeId, row.sha256, row.mediaType, row.byteLength, row.receivedBytes, chainId, at,
  ]);
}

export async function noteReceived(sql: Sql, officeId: string, sha256: string, receivedBytes: number, completedAt: number | null): Promise<void> {
  await sql.run('UPDATE evidence SET received_bytes = ?, completed_at = ? WHERE office_id = ? AND sha256 = ?', [receivedBytes, completedAt, officeId, sha256]);
}

/** Forgets an upload whose bytes were wrong: it starts anew. */
export async function dropEvidence(sql: Sql, officeId: string, sha256: string): Promise<void> {
  await sql.run('DELETE FROM evidence WHERE office_id = ? AND sha256 = ? AND completed_at IS NULL', [officeId, sha256]);
}
