import Database from 'libsql';
import pg from 'pg';
import { connectionTo, numberedText, prepareSession } from '../store/postgres-session.ts';
import type { Row, Sql, SqlValue } from '../store/sql.ts';

/** Where the records lie: the SQLite file of a data folder, or a PostgreSQL address. */
export type RecordsPlace = { readonly file: string } | { readonly url: string };

/**
 * Runs `work` on one consistent state of the records, over a connection of its own, while a server goes on writing. What is
 * committed after the first statement is not seen by any later one. `run` is refused: nothing is written here.
 */
export async function onSnapshot<T>(place: RecordsPlace, work: (sql: Sql) => Promise<T>): Promise<T> {
  return 'file' in place ? await inSqlite(place.file, work) : await inPostgres(place.url, work);
}

const run = (): Promise<number> => Promise.reject(new Error('a snapshot is only read'));

async function inSqlite<T>(file: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const database = new Database(file, { timeout: 5000, fileMustExist: true });
  try {
    // In WAL a reader keeps the state of its first read and holds up no writer.
    database.exec('BEGIN');
    return await work({ all: async (text, values: readonly SqlValue[] = []) => database.prepare(text).all([...values]) as Row[], run });
  } finally {
    database.close();
  }
}

async function inPostgres<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = new pg.Client(connectionTo(url));
  client.on('error', () => undefined);
  await client.connect();
  try {
    await prepareSession(client, { statementMs: 0, lockMs: 0, idleInTransactionMs: 0 });
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await work({ all: async (text, values: readonly SqlValue[] = []) => (await client.query(numberedText(text), [...values])).rows as Row[], run });
  } finally {
    await client.end();
  }
}
