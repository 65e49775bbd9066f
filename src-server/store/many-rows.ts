import type { Row, Sql, SqlValue } from './sql.ts';

/** Rows a statement. Few sizes, so that few texts have to be prepared; each turn to the database costs more than a row. */
const SIZES = [100, 10, 1] as const;

/** Inserts rows in their order with as few statements as that takes; `conflict` as SQL has it. */
export async function insertRows(sql: Sql, table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[], conflict = ''): Promise<void> {
  const places = `(${columns.map(() => '?').join(', ')})`;
  for (const piece of inPieces(rows)) {
    await sql.run(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${piece.map(() => places).join(', ')} ${conflict}`.trimEnd(), piece.flat());
  }
}

/** Rows of one office whose `column` has one of these values, in no order. */
export async function rowsWith(sql: Sql, table: string, officeId: string, column: string, values: readonly string[]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const piece of inPieces(values)) {
    rows.push(...(await sql.all(`SELECT * FROM ${table} WHERE office_id = ? AND ${column} IN (${piece.map(() => '?').join(', ')})`, [officeId, ...piece])));
  }
  return rows;
}

function inPieces<T>(all: readonly T[]): readonly (readonly T[])[] {
  const pieces: (readonly T[])[] = [];
  let from = 0;
  for (const size of SIZES) {
    for (; all.length - from >= size; from += size) pieces.push(all.slice(from, from + size));
  }
  return pieces;
}
