import { GENESIS, type AppliedChange, type Patch } from '#shared/journal/change.ts';
import type { ChainedChange } from '#shared/journal/chain.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { PageItem, PushedChange, Refusal } from '#shared/sync/wire.ts';
import type { Chain, ChainKey } from './chains.ts';
import { insertRows } from './many-rows.ts';
import { firstRow, numberOf, textOf, type Row, type Sql, type SqlValue } from './sql.ts';

/** Where a stored change stands: in the feed, or kept aside with its reason and the mark of the rules it was judged by. */
export type Standing = { readonly cursor: number } | { readonly refused: Problem; readonly judgedBy: string };

/** A change with where it stands. */
export type PlacedChange = { readonly change: ChainedChange; readonly standing: Standing };

const columns = ['office_id', 'chain_id', 'seq', 'id', 'device_id', 'officer_id', 'record_type', 'record_id', 'kind', 'wall', 'mono', 'boot_id', 'salt', 'patch', 'received_at', 'cursor', 'refused', 'judged_by'] as const;

export async function insertChanges(sql: Sql, chain: Chain, placed: readonly PlacedChange[], at: number): Promise<void> {
  const rows = placed.map(({ change: { seq, id, body }, standing }): readonly SqlValue[] => [
    chain.officeId, chain.chainId, seq, id, chain.deviceId, chain.officerId, body.recordType, body.recordId, body.kind, body.wall, body.mono,
    body.bootId, body.salt, JSON.stringify(body.patch), at, ...standingColumns(standing),
  ]);
  await insertRows(sql, 'changes', columns, rows);
}

/** Moves a stored change to another standing. */
export async function moveChange(sql: Sql, { officeId, chainId }: ChainKey, seq: number, standing: Standing): Promise<void> {
  await sql.run('UPDATE changes SET cursor = ?, refused = ?, judged_by = ? WHERE office_id = ? AND chain_id = ? AND seq = ?', [...standingColumns(standing), officeId, chainId, seq]);
}

/** cursor, refused, judged_by. Only what waits for newer rules is ever judged again. */
function standingColumns(standing: Standing): readonly SqlValue[] {
  if ('cursor' in standing) return [standing.cursor, null, null];
  return [null, JSON.stringify(standing.refused), standing.refused.code === 'newer-version' ? standing.judgedBy : null];
}

export async function insertSignature(sql: Sql, { officeId, chainId }: ChainKey, seq: number, signature: string): Promise<void> {
  await sql.run('INSERT INTO signatures (office_id, chain_id, seq, signature) VALUES (?, ?, ?, ?) ON CONFLICT (office_id, chain_id, seq) DO NOTHING', [officeId, chainId, seq, signature]);
}

/** The id at `seq`, GENESIS at 0; null when the chain is not that long. */
export async function idAt(sql: Sql, { officeId, chainId }: ChainKey, seq: number): Promise<string | null> {
  if (seq === 0) return GENESIS;
  const row = await firstRow(sql, 'SELECT id FROM changes WHERE office_id = ? AND chain_id = ? AND seq = ?', [officeId, chainId, seq]);
  return row ? textOf(row, 'id') : null;
}

/** seq → id of what is held in [from, to]. */
export async function idsBetween(sql: Sql, { officeId, chainId }: ChainKey, from: number, to: number): Promise<ReadonlyMap<number, string>> {
  const rows = await sql.all('SELECT seq, id FROM changes WHERE office_id = ? AND chain_id = ? AND seq BETWEEN ? AND ?', [officeId, chainId, from, to]);
  return new Map(rows.map((row) => [numberOf(row, 'seq'), textOf(row, 'id')]));
}

/** Every change of a chain that is kept and not published, by seq. */
export async function refusalsOfChain(sql: Sql, { officeId, chainId }: ChainKey): Promise<readonly Refusal[]> {
  const rows = await sql.all('SELECT seq, id, refused FROM changes WHERE office_id = ? AND chain_id = ? AND refused IS NOT NULL ORDER BY seq', [officeId, chainId]);
  return rows.map((row) => ({ seq: numberOf(row, 'seq'), id: textOf(row, 'id'), problem: JSON.parse(textOf(row, 'refused')) as Problem }));
}

/** A change that waits for newer rules. Times in ms since 1970. */
export type Waiting = { readonly chainId: string; readonly seq: number; readonly receivedAt: number };

/** Changes of an office that other rules than those of `mark` refused as newer, each chain's in its own order. */
export async function waitingForOtherRules(sql: Sql, officeId: string, mark: string): Promise<readonly Waiting[]> {
  const rows = await sql.all('SELECT chain_id, seq, received_at FROM changes WHERE office_id = ? AND judged_by IS NOT NULL AND judged_by <> ? ORDER BY chain_id, seq', [officeId, mark]);
  return rows.map((row) => ({ chainId: textOf(row, 'chain_id'), seq: numberOf(row, 'seq'), receivedAt: numberOf(row, 'received_at') }));
}

/** The change at this place while it waits for newer rules, with the moment of its arrival; null: it does not, or not any more. */
export async function waitingChange(sql: Sql, chain: ChainKey, seq: number): Promise<{ readonly change: ChainedChange; readonly receivedAt: number } | null> {
  const row = await firstRow(sql, 'SELECT * FROM changes WHERE office_id = ? AND chain_id = ? AND seq = ? AND judged_by IS NOT NULL', [chain.officeId, chain.chainId, seq]);
  const prev = await idAt(sql, chain, seq - 1);
  if (!row || prev === null) return null;
  return { change: { seq, id: textOf(row, 'id'), prev, body: bodyIn(row) }, receivedAt: numberOf(row, 'received_at') };
}

/** The id of the change at this place of the feed; null when there is none. */
export async function idAtCursor(sql: Sql, officeId: string, cursor: number): Promise<string | null> {
  const row = await firstRow(sql, 'SELECT id FROM changes WHERE office_id = ? AND cursor = ?', [officeId, cursor]);
  return row ? textOf(row, 'id') : null;
}

/** A published change as the text of a PageItem: most are only passed on. */
export type FeedRow = { readonly cursor: number; readonly id: string; readonly text: string };

/** Published changes after `cursor`, in the order of their commit; those of one chain left out when it is named. */
export async function feedAfter(sql: Sql, officeId: string, cursor: number, limit: number, except: string | null = null): Promise<readonly FeedRow[]> {
  const rows = except === null
    ? await sql.all('SELECT * FROM changes WHERE office_id = ? AND cursor > ? ORDER BY cursor LIMIT ?', [officeId, cursor, limit])
    : await sql.all('SELECT * FROM changes WHERE office_id = ? AND cursor > ? AND chain_id <> ? ORDER BY cursor LIMIT ?', [officeId, cursor, except, limit]);
  return rows.map((row) => ({ cursor: numberOf(row, 'cursor'), id: textOf(row, 'id'), text: pageItemText(row) }));
}

/** Every published change of one record, in the order of the feed. */
export async function changesOfRecord(sql: Sql, officeId: string, recordId: string): Promise<readonly AppliedChange[]> {
  const rows = await sql.all('SELECT * FROM changes WHERE office_id = ? AND record_id = ? AND cursor IS NOT NULL ORDER BY cursor', [officeId, recordId]);
  return rows.map((row) => ({ ...pageItemIn(row), chainId: textOf(row, 'chain_id'), officeId }));
}

/** The patch is JSON text already, written by this program. */
function pageItemText(row: Row): string {
  return `${JSON.stringify({ ...originOf(row), ...bodyHeadIn(row) }).slice(0, -1)},"patch":${textOf(row, 'patch')}}`;
}

function pageItemIn(row: Row): PageItem {
  return { ...originOf(row), ...bodyIn(row) };
}

function originOf(row: Row): Omit<PageItem, keyof PushedChange> {
  return {
    cursor: numberOf(row, 'cursor'), id: textOf(row, 'id'), deviceId: textOf(row, 'device_id'), officerId: textOf(row, 'officer_id'), seq: numberOf(row, 'seq'),
    receivedAt: new Date(numberOf(row, 'received_at')).toISOString(),
  };
}

function bodyIn(row: Row): PushedChange {
  return { ...bodyHeadIn(row), patch: JSON.parse(textOf(row, 'patch')) as Patch };
}

function bodyHeadIn(row: Row): Omit<PushedChange, 'patch'> {
  return {
    recordType: textOf(row, 'record_type'), recordId: textOf(row, 'record_id'), kind: textOf(row, 'kind'), wall: textOf(row, 'wall'), mono: numberOf(row, 'mono'),
    bootId: textOf(row, 'boot_id'), salt: textOf(row, 'salt'),
  };
}
