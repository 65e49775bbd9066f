import Database from 'libsql';
import type { Desk, Row, Sql, SqlValue, Store } from './sql.ts';

/**
 * SQLite through libsql, in one file. WAL, so that readers see the last commit while somebody writes; synchronous FULL,
 * so that a commit is on the disk before a receipt for it goes out (docs/decisions/0009-sqlite-driver.md).
 */
export function openSqlite(file: string): Store {
  const writer = connect(file);
  const reader = connect(file);
  const sql = sqlOn(reader);
  const inTransaction = sqlOn(writer);
  let last: Promise<unknown> = Promise.resolve();

  const transaction = async <T>(work: (sql: Sql) => Promise<T>, keep: (result: T) => boolean): Promise<T> => {
    writer.exec('BEGIN IMMEDIATE');
    try {
      const result = await work(inTransaction);
      writer.exec(keep(result) ? 'COMMIT' : 'ROLLBACK');
      return result;
    } catch (error) {
      // A full disk may have rolled back by itself.
      if (writer.inTransaction) writer.exec('ROLLBACK');
      throw error;
    }
  };
  const desk: Desk = {
    engine: 'sqlite',
    sql,
    write(work, keep = () => true) {
      const mine = last.then(() => transaction(work, keep));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
  return {
    ...desk,
    // The folder's lock has seen to it: no other process is here.
    alone: (work) => work(desk),
    wire: null,
    async close() {
      await last;
      // All into the one file, so that a stopped server's folder can simply be copied.
      writer.pragma('wal_checkpoint(TRUNCATE)');
      reader.close();
      writer.close();
    },
  };
}

function connect(file: string): Database.Database {
  const database = new Database(file, { timeout: 5000 });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  return database;
}

/** The driver is synchronous; the promises are the interface's, so that an engine over a network fits behind it too. */
function sqlOn(database: Database.Database): Sql {
  const prepared = new Map<string, Database.Statement<unknown[]>>();
  const statement = (text: string): Database.Statement<unknown[]> => {
    const known = prepared.get(text);
    if (known) return known;
    const made = database.prepare(text);
    prepared.set(text, made);
    return made;
  };
  return {
    all: async (text, values: readonly SqlValue[] = []) => statement(text).all([...values]) as Row[],
    run: async (text, values: readonly SqlValue[] = []) => statement(text).run([...values]).changes,
  };
}
