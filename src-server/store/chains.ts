import type { ChainPosition } from '#shared/journal/chain.ts';
import { firstRow, numberOf, numberOrNull, textOf, type Row, type Sql } from './sql.ts';

/** One officer on one laptop, or the server itself. Times in ms since 1970. */
export type Chain = {
  readonly chainId: string;
  readonly officeId: string;
  readonly deviceId: string;
  readonly officerId: string;
  readonly chainCode: string;
  readonly deviceName: string;
  /** Ed25519, 32 bytes, base64. */
  readonly publicKey: string;
  readonly enrolledAt: number;
  readonly lastContactAt: number | null;
  readonly revokedAt: number | null;
  /** The last change held, and when it came. */
  readonly head: ChainPosition;
  readonly headReceivedAt: number;
};

/** By which a chain is found. The office comes first in every key: rows of one office lie together, and a shard is some offices. */
export type ChainKey = Pick<Chain, 'officeId' | 'chainId'>;

export async function insertChain(sql: Sql, chain: Chain): Promise<void> {
  await sql.run(
    'INSERT INTO chains (chain_id, office_id, device_id, officer_id, chain_code, device_name, public_key, enrolled_at, seq, head_id, head_received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    [chain.chainId, chain.officeId, chain.deviceId, chain.officerId, chain.chainCode, chain.deviceName, chain.publicKey, chain.enrolledAt, chain.head.seq, chain.head.id, chain.headReceivedAt],
  );
}

export async function chainById(sql: Sql, officeId: string, chainId: string): Promise<Chain | null> {
  const row = await firstRow(sql, 'SELECT * FROM chains WHERE office_id = ? AND chain_id = ?', [officeId, chainId]);
  return row ? chainIn(row) : null;
}

/** The chain in whichever office it is: only for who signs in and has not said his office yet. */
export async function chainAnywhere(sql: Sql, chainId: string): Promise<Chain | null> {
  const row = await firstRow(sql, 'SELECT * FROM chains WHERE chain_id = ?', [chainId]);
  return row ? chainIn(row) : null;
}

export async function chainsOfOffice(sql: Sql, officeId: string): Promise<readonly Chain[]> {
  return (await sql.all('SELECT * FROM chains WHERE office_id = ? ORDER BY enrolled_at, chain_id', [officeId])).map(chainIn);
}

/** Notes the new head, and that the laptop was heard of. */
export async function moveHead(sql: Sql, { officeId, chainId }: ChainKey, head: ChainPosition, at: number): Promise<void> {
  await sql.run('UPDATE chains SET seq = ?, head_id = ?, head_received_at = ?, last_contact_at = ? WHERE office_id = ? AND chain_id = ?', [head.seq, head.id, at, at, officeId, chainId]);
}

export async function noteContact(sql: Sql, { officeId, chainId }: ChainKey, at: number): Promise<void> {
  await sql.run('UPDATE chains SET last_contact_at = ? WHERE office_id = ? AND chain_id = ?', [at, officeId, chainId]);
}

export async function revokeChain(sql: Sql, { officeId, chainId }: ChainKey, reason: string, at: number): Promise<void> {
  await sql.run('UPDATE chains SET revoked_at = ?, revoked_reason = ? WHERE office_id = ? AND chain_id = ?', [at, reason, officeId, chainId]);
}

function chainIn(row: Row): Chain {
  return {
    chainId: textOf(row, 'chain_id'), officeId: textOf(row, 'office_id'), deviceId: textOf(row, 'device_id'), officerId: textOf(row, 'officer_id'),
    chainCode: textOf(row, 'chain_code'), deviceName: textOf(row, 'device_name'), publicKey: textOf(row, 'public_key'),
    enrolledAt: numberOf(row, 'enrolled_at'), lastContactAt: numberOrNull(row, 'last_contact_at'), revokedAt: numberOrNull(row, 'revoked_at'),
    head: { seq: numberOf(row, 'seq'), id: textOf(row, 'head_id') }, headReceivedAt: numberOf(row, 'head_received_at'),
  };
}
