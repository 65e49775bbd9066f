export type SqlValue = string | number | null;
export type Row = Readonly<Record<string, SqlValue>>;

/**
 * Portable SQL behind an asynchronous interface: `?` parameters, TEXT and BIGINT only. Another engine is one more adapter
 * beside sqlite.ts.
 */
export type Sql = {
  all(text: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Returns how many rows changed. */
  run(text: string, values?: readonly SqlValue[]): Promise<number>;
};

export type Store = {
  /** Statements that only read. Each one sees all that is committed; several together are no snapshot. */
  readonly sql: Sql;
  /**
   * One transaction at a time. Commits durably before it resolves; rolls back when `work` throws, or when `keep` says no
   * to its result.
   */
  write<T>(work: (sql: Sql) => Promise<T>, keep?: (result: T) => boolean): Promise<T>;
  close(): Promise<void>;
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
