export type SqlValue = string | number | null;
export type Row = Readonly<Record<string, SqlValue>>;

/**
 * Portable SQL behind an asynchronous interface: `?` parameters, TEXT and BIGINT only. One adapter an engine: sqlite.ts,
 * postgres.ts.
 */
export type Sql = {
  all(text: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Returns how many rows changed. */
  run(text: string, values?: readonly SqlValue[]): Promise<number>;
};

export type Engine = 'sqlite' | 'postgres';

/** What reads and writes; all that a migration needs. */
export type Desk = {
  readonly engine: Engine;
  /** Statements that only read. Each one sees all that is committed; several together are no snapshot. */
  readonly sql: Sql;
  /**
   * One transaction. Commits durably before it resolves; rolls back when `work` throws, or when `keep` says no to its
   * result. On SQLite one runs at a time; on PostgreSQL many do, in other processes too: whoever decides by what he read
   * first holds the office (`holdOffice`). `work` is run again from its start when the engine gave it up for another one's
   * sake (deadlock), so it touches nothing but `sql`.
   */
  write<T>(work: (sql: Sql) => Promise<T>, keep?: (result: T) => boolean): Promise<T>;
};

export type Store = Desk & {
  /** Runs `work` while nobody else on this database is alone, in any process; its statements have no time limit. */
  alone<T>(work: (desk: Desk) => Promise<T>): Promise<T>;
  /** How several processes on one database call to each other; null where there can be only one. */
  readonly wire: Wire | null;
  close(): Promise<void>;
};

/** Short texts from one process to all others on the same database. What is sent while a listener is cut off is lost to it. */
export type Wire = {
  send(text: string): Promise<void>;
  /** Resolves once it hears; returns how to leave. `onGap`: it was cut off and hears again. */
  listen(onText: (text: string) => void, onGap: () => void): Promise<() => void>;
};

/** The first row or null. */
export async function firstRow(sql: Sql, text: string, values: readonly SqlValue[] = []): Promise<Row | null> {
  return (await sql.all(text, values))[0] ?? null;
}

export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`column ${column} is not text`);
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : textOf(row, column);
}

export function numberOf(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new Error(`column ${column} is not a number`);
  return value;
}

export function numberOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : numberOf(row, column);
}
