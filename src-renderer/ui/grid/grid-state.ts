import type { Problem } from '#shared/kit/problem.ts';
import type { GridChoice, GridModel } from './grid-types.ts';
import type { Position } from './selection.ts';

export type CellRef = { readonly rowId: string; readonly column: number };

export type Editing = {
  /** `over`: typed onto a selected cell, arrows leave it; `in`: opened by F2, arrows move the caret. */
  readonly mode: 'over' | 'in';
  /** Why the text would not be taken as it stands; null when it would, and while a word is being composed. */
  readonly reason: Problem | null;
  readonly choices: readonly GridChoice[] | null;
  /** Index in `choices` of the one that Enter takes; -1 while what is typed fits none or several. */
  readonly highlighted: number;
};

export type GridState = {
  readonly active: CellRef | null;
  /** The other corner of the selected block; equal to `active` for a single cell. */
  readonly anchor: CellRef | null;
  readonly editing: Editing | null;
};

/** What the controller needs of the screen: the one text field and the scrolled window. */
export type GridScreen = {
  readText(): string;
  writeText(text: string, caret: 'all' | 'end'): void;
  pageRows(): number;
  reveal(cell: CellRef): void;
  openDetails(rowId: string): void;
  openJump(): void;
  /** The focus goes to what lies beside the grid. */
  leave(): void;
};

/** The state of one grid and its listeners, with the screen it is shown on, if any. */
export type GridStore = {
  get(): GridState;
  set(next: Partial<GridState>): void;
  subscribe(listener: () => void): () => void;
  screen: GridScreen | null;
};

export function createGridStore(): GridStore {
  const listeners = new Set<() => void>();
  let state: GridState = { active: null, anchor: null, editing: null };
  return {
    get: () => state,
    set(next) {
      state = { ...state, ...next };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    screen: null,
  };
}

/** The lines that are rows, by position and by id; made anew when the lines change. */
export type GridRows = {
  readonly ids: readonly string[];
  place(cell: CellRef | null): Position | null;
  cellAt(position: Position): CellRef | null;
  has(rowId: string): boolean;
};

export function gridRows<R>(model: Pick<GridModel<R>, 'lines'>): GridRows {
  const ids = model.lines().filter((line) => line.kind !== 'group').map((line) => line.id);
  const index = new Map(ids.map((id, at) => [id, at]));
  return {
    ids,
    place(cell) {
      const row = cell ? index.get(cell.rowId) : undefined;
      return cell && row !== undefined ? { row, column: cell.column } : null;
    },
    cellAt(position) {
      const rowId = ids[position.row];
      return rowId === undefined ? null : { rowId, column: position.column };
    },
    has: (rowId) => index.has(rowId),
  };
}
