/** A cell by position: `row` counts the lines that are rows (headings left out), `column` all columns. */
export type Position = { readonly row: number; readonly column: number };
/** A rectangle, both ends included. */
export type Block = { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };
export type Size = { readonly rows: number; readonly columns: number };

export type Step =
  | 'up' | 'down' | 'left' | 'right' | 'page-up' | 'page-down'
  | 'row-start' | 'row-end' | 'grid-start' | 'grid-end' | 'column-start' | 'column-end';

/** Where a step leads; stays inside the grid. `pageRows`: rows that fit the screen. */
export function stepFrom(from: Position, step: Step, size: Size, pageRows: number): Position {
  const lastRow = Math.max(0, size.rows - 1);
  const lastColumn = Math.max(0, size.columns - 1);
  const page = Math.max(1, pageRows - 1);
  const at = (row: number, column: number): Position => ({ row: clamp(row, lastRow), column: clamp(column, lastColumn) });
  const { row, column } = from;
  switch (step) {
    case 'up': return at(row - 1, column);
    case 'down': return at(row + 1, column);
    case 'left': return at(row, column - 1);
    case 'right': return at(row, column + 1);
    case 'page-up': return at(row - page, column);
    case 'page-down': return at(row + page, column);
    case 'row-start': return at(row, 0);
    case 'row-end': return at(row, lastColumn);
    case 'grid-start': return at(0, 0);
    case 'grid-end': return at(lastRow, lastColumn);
    case 'column-start': return at(0, column);
    case 'column-end': return at(lastRow, column);
  }
}

/** The next editable cell for Tab (`by` 1) or Shift+Tab (-1): along the row, then on to the next row. Null at the end. */
export function nextEditable(from: Position, by: 1 | -1, size: Size, editable: readonly boolean[]): Position | null {
  let { row, column } = from;
  for (let tried = 0; tried <= size.columns * 2; tried += 1) {
    column += by;
    if (column >= size.columns) {
      column = 0;
      row += 1;
    } else if (column < 0) {
      column = size.columns - 1;
      row -= 1;
    }
    if (row < 0 || row >= size.rows) return null;
    if (editable[column]) return { row, column };
  }
  return null;
}

export function blockOf(a: Position, b: Position): Block {
  return {
    top: Math.min(a.row, b.row), bottom: Math.max(a.row, b.row),
    left: Math.min(a.column, b.column), right: Math.max(a.column, b.column),
  };
}

export function isSingle(block: Block): boolean {
  return block.top === block.bottom && block.left === block.right;
}

/** The scroll offset that brings [start, start + size) into a window of `view` px whose first `covered` px are hidden. */
export function offsetToShow(start: number, size: number, offset: number, view: number, covered: number, coveredEnd = 0): number {
  if (start - covered < offset) return Math.max(0, start - covered);
  if (start + size > offset + view - coveredEnd) return start + size - view + coveredEnd;
  return offset;
}

function clamp(value: number, last: number): number {
  return Math.min(Math.max(0, value), last);
}
