import type { CellText, GridColumn, GridModel } from './grid-types.ts';
import type { Block } from './selection.ts';
import { formatTsv, parseTsv } from './tsv.ts';

type Source<R> = {
  readonly columns: readonly GridColumn<R>[];
  rowIds(): readonly string[];
  row(id: string): R | undefined;
  /** Ids for rows that are to be added at the end. */
  reserve(count: number): readonly string[];
  readTable: GridModel<R>['readTable'];
};

/** The block as text for a spreadsheet, computed columns too. */
export function blockText<R>(source: Source<R>, block: Block): string {
  const lines = rowsIn(source, block).map((rowId) => columnsIn(source, block).map((column) => textOf(source, rowId, column)));
  return formatTsv(lines);
}

/** A text for every editable cell of the block. */
export function blockCells<R>(source: Source<R>, block: Block, text: (rowId: string, column: string) => string): readonly CellText[] {
  return rowsIn(source, block).flatMap((rowId) =>
    columnsIn(source, block)
      .filter((column) => column.editable)
      .map((column) => ({ rowId, column: column.key, text: text(rowId, column.key) })),
  );
}

/** The top row of the block into the rows below it; of a single row, the row above into it. */
export function fillDownCells<R>(source: Source<R>, block: Block): readonly CellText[] {
  const single = block.top === block.bottom;
  const from = source.rowIds()[single ? block.top - 1 : block.top];
  const rows = single ? block : { ...block, top: block.top + 1 };
  if (from === undefined) return [];
  const texts = new Map(columnsIn(source, block).map((column) => [column.key, textOf(source, from, column)]));
  return blockCells(source, rows, (_, column) => texts.get(column) ?? '');
}

/**
 * Clipboard text onto the block: from its top left corner, adding rows at the end where it is longer. One cell fills the
 * whole block; one row repeats down the block. Computed columns are passed over.
 */
export function pasteCells<R>(source: Source<R>, block: Block, text: string): readonly CellText[] {
  const table = parseTsv(text);
  const one = table.length === 1 && table[0]?.length === 1;
  if (one) return blockCells(source, block, () => table[0]?.[0] ?? '');
  const own = source.readTable(text, source.rowIds().slice(block.top), source.columns[block.left]?.key ?? '');
  if (own) return own;
  const height = table.length === 1 ? block.bottom - block.top + 1 : table.length;
  const ids = source.rowIds().slice(block.top, block.top + height);
  const rows = [...ids, ...source.reserve(height - ids.length)];
  return rows.flatMap((rowId, down) =>
    (table[table.length === 1 ? 0 : down] ?? []).flatMap((cell, right) => {
      const column = source.columns[block.left + right];
      return column?.editable ? [{ rowId, column: column.key, text: cell }] : [];
    }),
  );
}

function rowsIn<R>(source: Source<R>, block: Block): readonly string[] {
  return source.rowIds().slice(block.top, block.bottom + 1);
}

function columnsIn<R>(source: Source<R>, block: Block): readonly GridColumn<R>[] {
  return source.columns.slice(block.left, block.right + 1);
}

function textOf<R>(source: Source<R>, rowId: string, column: GridColumn<R>): string {
  const row = source.row(rowId);
  return row === undefined ? '' : column.text(row);
}
