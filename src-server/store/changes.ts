import { GENESIS, type AppliedChange, type Patch } from '#shared/journal/change.ts';
import type { ChainedChange } from '#shared/journal/chain.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { PageItem, Refusal } from '#shared/sync/wire.ts';
import type { Chain } from './chains.ts';
import { firstRow, numberOf, textOf, type Row, type Sql } from './sql.ts';

/** Where a stored change stands: in the feed, or kept aside with its reason. */
export type Standing = { readonly cursor: number } | { readonly refused: Problem };

export async function insertChange(sql: Sql, chain: Chain, change: ChainedChange, at: number, standing: Standing): Promise<void> {
  const { body } = change;
  await sql.run(
    'INSERT INTO changes (chain_id, seq, id, office_id, device_id, officer_id, record_type, record_id, kind, wall, mono, boot_id, salt, patch, received_at, cursor, refused) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    [
      chain.chainId, change.seq, change.id, chain.officeId, chain.deviceId, chain.officerId, body.recordType, body.recordId, body.kind, body.wall, body.mono,
      body.bootId, body.salt, JSON.stringify(body.patch), at, 'cursor' in standing ? standing.cursor : null, 'refused' in standing ? JSON.stringify(standing.refused) : null,
    ],
  );
}

export async function insertSignature(sql: Sql, chainId: string, seq: number, signature: string): Promise<void> {
  await sql.run('INSERT INTO signatures (chain_id, seq, signature) VALUES (?, ?, ?) ON CONFLICT (chain_id, seq) DO NOTHING', [chainId, seq, signature]);
}

/** The id at `seq`, GENESIS at 0; null when the chain is not that long. */
export async function idAt(sql: Sql, chainId: string, seq: number): Promise<string | null> {
  if (seq === 0) return GENESIS;
  const row = await firstRow(sql, 'SELECT id FROM changes WHERE chain_id = ? AND seq = ?', [chainId, seq]);
  return row ? textOf(row, 'id') : null;
}

/** seq → id of what is held in [from, to]. */
export async function idsBetween(sql: Sql, chainId: string, from: number, to: number): Promise<ReadonlyMap<number, string>> {
  const rows = await sql.all('SELECT seq, id FROM changes WHERE chain_id = ? AND seq BETWEEN ? AND ?', [chainId, from, to]);
  return new Map(rows.map((row) => [numberOf(row, 'seq'), textOf(row, 'id')]));
}

export async function refusalsBetween(sql: Sql, chainId: string, from: number, to: number): Promise<readonly Refusal[]> {
  const rows = await sql.all('SELECT seq, id, refused FROM changes WHERE chain_id = ? AND seq BETWEEN ? AND ? AND refused IS NOT NULL ORDER BY seq', [chainId, from, to]);
  return rows.map((row) => ({ seq: numberOf(row, 'seq'), id: textOf(row, 'id'), problem: JSON.parse(textOf(row, 'refused')) as Problem }));
}

/** Published changes after `cursor`, in the order of their commit. */
export async function feedAfter(sql: Sql, officeId: string, cursor: number, limit: number): Promise<readonly PageItem[]> {
  return (await sql.all('SELECT * FROM changes WHERE office_id = ? AND cursor > ? ORDER BY cursor LIMIT ?', [officeId, cursor, limit])).map(pageItemIn);
}

/** Every published change of one record, in the order of the feed. */
export async function changesOfRecord(sql: Sql, officeId: string, recordId: string): Promise<readonly AppliedChange[]> {
  const rows = await sql.all('SELECT * FROM changes WHERE office_id = ? AND record_id = ? AND cursor IS NOT NULL ORDER BY cursor', [officeId, recordId]);
  return rows.map((row) => ({ ...pageItemIn(row), chainId: textOf(row, 'chain_id'), officeId }));
}

function pageItemIn(row: Row): PageItem {
  return {
    cursor: numberOf(row, 'cursor'), id: textOf(row, 'id'), deviceId: textOf(row, 'device_id'), officerId: textOf(row, 'officer_id'), seq: numberOf(row, 'seq'),
    recordType: textOf(row, 'record_type'), recordId: textOf(row, 'record_id'), kind: textOf(row, 'kind'), wall: textOf(row, 'wall'), mono: numberOf(row, 'mono'),
    bootId: textOf(row, 'boot_id'), salt: textOf(row, 'salt'), patch: JSON.parse(textOf(row, 'patch')) as Patch, receivedAt: new Date(numberOf(row, 'received_at')).toISOString(),
  };
}
