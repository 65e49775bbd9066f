import { timingSafeEqual } from 'node:crypto';
import { demoPeople } from '#shared/domain/demo/demo-people.ts';
import { codeText, newCode, sha256 } from '../ids.ts';
import { codesWithHash, dropUnusedCodes, insertCode, type EnrolmentCode } from '../store/enrolment-codes.ts';
import type { Sql } from '../store/sql.ts';

const VALID_MS = 24 * 60 * 60 * 1000;

/** Issues the code for a new office and its first person; an earlier unused one is worth nothing any more. */
export async function issueFirstAccountCode(sql: Sql, at: number): Promise<string> {
  const code = newCode();
  await dropUnusedCodes(sql, 'first-account', null);
  await insertCode(sql, { codeHash: hashOf(code), purpose: 'first-account', officeId: null, officerId: null, createdAt: at, expiresAt: null });
  return code;
}

/** Issues a person's code, valid once within 24 hours; an earlier unused one is worth nothing any more. */
export async function issuePersonCode(sql: Sql, officeId: string, officerId: string, at: number): Promise<{ readonly code: string; readonly expiresAt: number }> {
  const code = newCode();
  const expiresAt = at + VALID_MS;
  await dropUnusedCodes(sql, 'person', officerId);
  await insertCode(sql, { codeHash: hashOf(code), purpose: 'person', officeId, officerId, createdAt: at, expiresAt });
  return { code, expiresAt };
}

/** The code as stored, used or not, expired or not; null when nobody issued it. */
export async function findCode(sql: Sql, typed: string): Promise<EnrolmentCode | null> {
  const wanted = Buffer.from(hashOf(typed), 'hex');
  const found = await codesWithHash(sql, wanted.toString('hex'));
  return found.find(({ codeHash }) => timingSafeEqual(Buffer.from(codeHash, 'hex'), wanted)) ?? null;
}

/** The demo person whose well-known code it is. */
export function demoOfficerOf(typed: string): string | null {
  const text = codeText(typed);
  return Object.values(demoPeople).find(({ code }) => codeText(code) === text)?.officerId ?? null;
}

function hashOf(code: string): string {
  return sha256(codeText(code));
}
