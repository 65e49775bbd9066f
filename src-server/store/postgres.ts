import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Client, ClientBase, Pool, PoolClient } from 'pg';
import { UnusableData } from '../start/unusable-data.ts';
import { assertSafeDatabase, connectionTo, errorCode, numberedText, prepareSession, usualLimits, type Limits } from './postgres-session.ts';
import { postgresWire } from './postgres-wire.ts';
import type { Desk, Row, Sql, SqlValue, Store } from './sql.ts';

export type PostgresOptions = {
  /** postgres://… */
  readonly url: string;
  /** Connections of this process for statements, half of them for transactions; two more listen and start. */
  readonly connections?: number;
  readonly allowFsyncOff?: boolean;
  readonly limits?: Limits;
  /** Gets what went wrong beside any request, such as an idle connection that broke. */
  readonly onTrouble?: (error: unknown) => void;
};

/** Deadlock and failed serialisation: the engine gave one of two up, and asks to be asked again. */
const repeatable: ReadonlySet<string | null> = new Set(['40P01', '40001']);
const MOST_TRIES = 5;
/** What does not end is cut off with the process; the database rolls it back. */
const CLOSE_PATIENCE_MS = 5_000;
/** "xuncha" on a telephone; the second number is what is locked. */
const ALONE = [982_242, 1] as const;

/**
 * PostgreSQL through pg. Readers and transactions have connections of their own, so that a queue for one office's row
 * keeps nobody from reading. Read committed on purpose: after `holdOffice` each statement sees the last commit.
 * Throws UnusableData when the database can not be reached or would not keep what it is told.
 */
export async function openPostgres({ url, connections = 10, allowFsyncOff = false, limits = usualLimits, onTrouble = () => undefined }: PostgresOptions): Promise<Store> {
  await tryOut(url, allowFsyncOff);
  const pool = (max: number): Pool => {
    const made = new pg.Pool({ ...connectionTo(url), max, onConnect: (client) => prepareSession(client, limits) });
    made.on('error', onTrouble);
    return made;
  };
  const writers = pool(Math.max(1, Math.floor(connections / 2)));
  const readers = pool(Math.max(1, connections - Math.floor(connections / 2)));
  const wire = postgresWire(url, async (text, values) => void (await readers.query(text, values)), onTrouble);
  return {
    engine: 'postgres',
    sql: sqlBy((text, values) => readers.query(text, values)),
    write: (work, keep = () => true) => repeated(async () => await inPool(writers, work, keep)),
    alone: (work) => alone(url, work),
    wire,
    async close() {
      await wire.close();
      await Promise.race([Promise.all([writers.end(), readers.end()]), wait(CLOSE_PATIENCE_MS, null, { ref: false })]);
    },
  };
}

async function tryOut(url: string, allowFsyncOff: boolean): Promise<void> {
  const client = new pg.Client(connectionTo(url));
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new UnusableData(`the database can not be reached: ${error instanceof Error ? error.message || errorCode(error) : String(error)}`);
  }
  try {
    await assertSafeDatabase(client, allowFsyncOff);
  } finally {
    await client.end();
  }
}

type Query = (text: string, values: SqlValue[]) => Promise<{ readonly rows: unknown[]; readonly rowCount: number | null }>;

function sqlBy(query: Query): Sql {
  return {
    all: async (text, values: readonly SqlValue[] = []) => (await query(numberedText(text), [...values])).rows as Row[],
    run: async (text, values: readonly SqlValue[] = []) => (await query(numberedText(text), [...values])).rowCount ?? 0,
  };
}

async function repeated<T>(once: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await once();
    } catch (error) {
      if (tries === MOST_TRIES || !repeatable.has(errorCode(error))) throw error;
    }
  }
}

async function inPool<T>(writers: Pool, work: (sql: Sql) => Promise<T>, keep: (result: T) => boolean): Promise<T> {
  const client = await writers.connect();
  // A connection that broke in the middle is not given to the next one.
  let sound = false;
  const noted = (): void => void (sound = false);
  client.on('error', noted);
  try {
    const result = await transaction(client, work, keep, () => void (sound = true));
    return result;
  } finally {
    client.off('error', noted);
    client.release(!sound);
  }
}

async function transaction<T>(client: ClientBase, work: (sql: Sql) => Promise<T>, keep: (result: T) => boolean, onClean: () => void): Promise<T> {
  await client.query('BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE');
  const inside = oneAfterAnother(client);
  try {
    const result = await work(inside.sql);
    await inside.end();
    await finish(client, keep(result));
    onClean();
    return result;
  } catch (error) {
    await inside.end();
    await client.query('ROLLBACK').then(onClean, () => undefined);
    throw error;
  }
}

/** COMMIT of a transaction that had failed answers ROLLBACK without an error: nothing of it may be called saved. */
async function finish(client: ClientBase, isKept: boolean): Promise<void> {
  const { command } = await client.query(isKept ? 'COMMIT' : 'ROLLBACK');
  if (isKept && command !== 'COMMIT') throw new Error(`the database answered ${command} to COMMIT`);
}

/** Statements of one transaction, in the order they were asked for; none after its end. */
function oneAfterAnother(client: ClientBase): { readonly sql: Sql; end(): Promise<void> } {
  let last: Promise<unknown> = Promise.resolve();
  let ended = false;
  const sql = sqlBy((text, values) => {
    if (ended) return Promise.reject(new Error('a statement after the end of its transaction'));
    const mine = last.then(() => client.query(text, values));
    last = mine.catch(() => undefined);
    return mine;
  });
  return {
    sql,
    async end() {
      ended = true;
      await last;
    },
  };
}

/** A connection of its own without time limits: a migration of many rows takes what it takes. */
async function alone<T>(url: string, work: (desk: Desk) => Promise<T>): Promise<T> {
  const client: Client | PoolClient = new pg.Client(connectionTo(url));
  client.on('error', () => undefined);
  await client.connect();
  try {
    await prepareSession(client, { statementMs: 0, lockMs: 0, idleInTransactionMs: 0 });
    // Ends with the connection, however that ends: no lock is ever stale.
    await client.query('SELECT pg_advisory_lock($1, $2)', [...ALONE]);
    const { sql } = oneAfterAnother(client);
    return await work({ engine: 'postgres', sql, write: (inner, keep = () => true) => transaction(client, inner, keep, () => undefined) });
  } finally {
    await client.end();
  }
}
