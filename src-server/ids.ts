import { createHash, randomBytes } from 'node:crypto';
import type { HashText } from '#shared/journal/change-id.ts';

/** A new UUIDv7 of our own; nobody reads its time part. */
export function newUuid(now: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return uuidOf(bytes.toString('hex'));
}

function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const sha256: HashText = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

const OFFICE_LETTERS = 22;

/** A session's token: its office, so that no lookup crosses offices, then 256 random bits. 65 characters. */
export function newToken(officeId: string): string {
  return Buffer.from(officeId.replaceAll('-', ''), 'hex').toString('base64url') + randomBytes(32).toString('base64url');
}

/** The office that a token names; anything at all for what is no token of ours. */
export function officeOfToken(token: string): string {
  return uuidOf(Buffer.from(token.slice(0, OFFICE_LETTERS), 'base64url').toString('hex'));
}

/** Letters and digits that nobody mistakes for one another. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An enrolment code of 78 random bits, `ABCD-EFGH-JKMN-PQRS`, to be read out and typed. */
export function newCode(): string {
  const letters = Array.from({ length: 16 }, () => alphabet.charAt(randomBelow(alphabet.length)));
  return [0, 4, 8, 12].map((from) => letters.slice(from, from + 4).join('')).join('-');
}

/** What is hashed of a code: case, spaces and dashes do not matter. */
export function codeText(typed: string): string {
  return typed.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '');
}

function randomBelow(limit: number): number {
  const most = 256 - (256 % limit);
  for (;;) {
    const byte = randomBytes(1).readUInt8();
    if (byte < most) return byte % limit;
  }
}

/** The n-th short code of a chain, printed in field numbers: A01 … Z99, then AA01 …; without I and O. */
export function chainCode(n: number): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
  const block = Math.floor((n - 1) / 99);
  const last = letters.charAt(block % letters.length);
  const before = block < letters.length ? '' : letters.charAt((Math.floor(block / letters.length) - 1) % letters.length);
  return `${before}${last}${String(((n - 1) % 99) + 1).padStart(2, '0')}`;
}
