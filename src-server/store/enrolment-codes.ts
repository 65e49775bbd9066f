import { numberOf, numberOrNull, textOf, textOrNull, type Row, type Sql } from './sql.ts';

/** A one-time code, kept as a hash. first-account: whoever has it makes an office and becomes its first person. */
export type EnrolmentCode = {
  readonly codeHash: string;
  readonly purpose: 'first-account' | 'person';
  readonly officeId: string | null;
  readonly officerId: string | null;
  readonly createdAt: number;
  /** Null: until it is used. */
  readonly expiresAt: number | null;
  readonly usedAt: number | null;
  /** The chain that it made. */
  readonly usedBy: string | null;
};

export async function insertCode(sql: Sql, code: Omit<EnrolmentCode, 'usedAt' | 'usedBy'>): Promise<void> {
  await sql.run('INSERT INTO enrolment_codes (code_hash, purpose, office_id, officer_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)', [
    code.codeHash, code.purpose, code.officeId, code.officerId, code.createdAt, code.expiresAt,
  ]);
}

/** At most one row, found by its hash. */
export async function codesWithHash(sql: Sql, codeHash: string): Promise<readonly EnrolmentCode[]> {
  return (await sql.all('SELECT * FROM enrolment_codes WHERE code_hash = ?', [codeHash])).map(codeIn);
}

/** Keeps everybody else from this code until the transaction ends. */
export async function holdCode(sql: Sql, codeHash: string): Promise<void> {
  await sql.run('UPDATE enrolment_codes SET code_hash = code_hash WHERE code_hash = ?', [codeHash]);
}

export async function spendCode(sql: Sql, codeHash: string, usedBy: string, at: number): Promise<void> {
  await sql.run('UPDATE enrolment_codes SET used_at = ?, used_by = ? WHERE code_hash = ?', [at, usedBy, codeHash]);
}

/** A new code makes the earlier unused ones of the same person (or of the console) worthless. */
export async function dropUnusedCodes(sql: Sql, purpose: EnrolmentCode['purpose'], officerId: string | null): Promise<void> {
  if (officerId === null) await sql.run('DELETE FROM enrolment_codes WHERE purpose = ? AND officer_id IS NULL AND used_at IS NULL', [purpose]);
  else await sql.run('DELETE FROM enrolment_codes WHERE purpose = ? AND officer_id = ? AND used_at IS NULL', [purpose, officerId]);
}

function codeIn(row: Row): EnrolmentCode {
  const purpose = textOf(row, 'purpose');
  if (purpose !== 'first-account' && purpose !== 'person') throw new Error(`unknown purpose of a code: ${purpose}`);
  return {
    codeHash: textOf(row, 'code_hash'), purpose, officeId: textOrNull(row, 'office_id'), officerId: textOrNull(row, 'officer_id'),
    createdAt: numberOf(row, 'created_at'), expiresAt: numberOrNull(row, 'expires_at'), usedAt: numberOrNull(row, 'used_at'), usedBy: textOrNull(row, 'used_by'),
  };
}
