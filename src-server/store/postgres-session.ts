import pg from 'pg';
import type { ClientBase, CustomTypesConfig, PoolConfig } from 'pg';
import { UnusableData } from '../start/unusable-data.ts';

/** How long a statement, a wait for a row and an idle transaction may last, in ms: one bad request holds up nobody for ever. */
export const usualLimits = { statementMs: 30_000, lockMs: 10_000, idleInTransactionMs: 30_000 } as const;
export type Limits = { readonly statementMs: number; readonly lockMs: number; readonly idleInTransactionMs: number };

const CONNECT_MS = 10_000;
const INT8 = 20;

/** What every connection has in common. The session's own settings follow in `prepareSession`, which nothing in the address can override. */
export function connectionTo(url: string): PoolConfig {
  return { connectionString: url, keepAlive: true, keepAliveInitialDelayMillis: 30_000, connectionTimeoutMillis: CONNECT_MS, fallback_application_name: 'xuncha', types: safeTypes };
}

/** BIGINT as a number, or an error: a rounded position would be a wrong one. */
const safeTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => (oid === INT8 ? safeNumber : pg.types.getTypeParser(oid, format ?? 'text'))) as CustomTypesConfig['getTypeParser'],
};

function safeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`BIGINT beyond 2^53: ${text}`);
  return value;
}

/** UTC, commits that wait for the disk whatever the database's or the role's default is, and the limits (0: none). */
export async function prepareSession(client: ClientBase, { statementMs, lockMs, idleInTransactionMs }: Limits): Promise<void> {
  await client.query(
    `SET TIME ZONE 'UTC'; SET synchronous_commit = on; SET statement_timeout = ${statementMs}; SET lock_timeout = ${lockMs}; SET idle_in_transaction_session_timeout = ${idleInTransactionMs}`,
  );
}

/**
 * Throws UnusableData for a database that would not keep what it was told: fsync switched off (unless `allowFsyncOff`), a
 * standby, an encoding that has no Chinese, a release too old.
 */
export async function assertSafeDatabase(client: ClientBase, allowFsyncOff: boolean): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string; fsync: string | null; standby: boolean }>(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding, current_setting('fsync', true) AS fsync, pg_is_in_recovery() AS standby`,
  );
  const [state] = rows;
  if (!state) throw new Error('the database says nothing about itself');
  if (state.version < 130_000) throw new UnusableData('the database: PostgreSQL 13 or newer is needed');
  if (state.encoding !== 'UTF8') throw new UnusableData(`the database has the encoding ${state.encoding}: make it with ENCODING 'UTF8'`);
  if (state.standby) throw new UnusableData('the database is a standby: name the primary');
  if (state.fsync === 'off' && !allowFsyncOff) throw new UnusableData('the database runs with fsync=off and would lose receipts with the power: switch it on (for a trial that may lose everything: --allow-fsync-off)');
}

const numbered = new Map<string, string>();

/** `?` becomes $1, $2 …; once a text. Our texts have no `?` in quotes. */
export function numberedText(text: string): string {
  const known = numbered.get(text);
  if (known !== undefined) return known;
  let n = 0;
  const made = text.replaceAll('?', () => `$${(n += 1)}`);
  numbered.set(text, made);
  return made;
}

/** SQLSTATE, or the code of a network error; null for anything else. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
