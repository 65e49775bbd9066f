import { blockCells, blockText, fillDownCells, pasteCells } from './grid-blocks.ts';
import type { GridRows, GridStore } from './grid-state.ts';
import type { CellText, GridColumn, GridModel } from './grid-types.ts';
import { blockOf, type Block } from './selection.ts';

/** What is done to the selected block as a whole; each writes one step that one undo takes back. */
export type BlockActs = {
  /** By position of rows (headings left out) and columns. */
  block(): Block | null;
  selectAll(): void;
  clear(): void;
  fillDown(): void;
  copy(): string | null;
  cut(): string | null;
  /** False while editing: then the text field pastes for itself. */
  paste(text: string): boolean;
};

export function createBlockActs<R>(store: GridStore, rows: () => GridRows, model: GridModel<R>, columns: readonly GridColumn<R>[]): BlockActs {
  const source = { columns, rowIds: () => rows().ids, row: model.row, reserve: model.reserveRows, readTable: model.readTable };
  const block = (): Block | null => {
    const { active, anchor } = store.get();
    const from = rows().place(active);
    return from ? blockOf(from, rows().place(anchor) ?? from) : null;
  };
  const write = (cells: (block: Block) => readonly CellText[]): void => {
    const selected = block();
    if (!selected || !model.writable()) return;
    const written = cells(selected);
    if (written.length > 0) model.setBlock(written);
  };
  const clear = (): void => write((selected) => blockCells(source, selected, () => ''));
  const copy = (): string | null => {
    const selected = block();
    return store.get().editing || !selected ? null : blockText(source, selected);
  };
  return {
    block,
    selectAll() {
      const last = { row: rows().ids.length - 1, column: columns.length - 1 };
      store.set({ anchor: rows().cellAt({ row: 0, column: 0 }), active: rows().cellAt(last) });
    },
    clear,
    fillDown: () => write((selected) => fillDownCells(source, selected)),
    copy,
    cut() {
      const text = copy();
      if (text !== null) clear();
      return text;
    },
    paste(text) {
      if (store.get().editing || !block()) return false;
      write((selected) => pasteCells(source, selected, text));
      return true;
    },
  };
}
