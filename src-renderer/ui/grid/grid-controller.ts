import { createBlockActs, type BlockActs } from './block-acts.ts';
import { createCellEditor } from './cell-editor.ts';
import { keyAct, type GridAct, type GridKey } from './grid-keys.ts';
import { createGridStore, gridRows, type CellRef, type Editing, type GridScreen, type GridState } from './grid-state.ts';
import type { GridColumn, GridModel } from './grid-types.ts';
import { nextEditable, stepFrom, type Size, type Step } from './selection.ts';

export type GridController = Pick<BlockActs, 'block' | 'copy' | 'cut' | 'paste'> & {
  state(): GridState;
  onState(listener: () => void): () => void;
  /** Brings the grid to life on a screen; the returned function commits what is typed and ends that. */
  attach(screen: GridScreen): () => void;
  /** True when the key was ours and the browser must not act on it. */
  key(key: GridKey): boolean;
  /** The text field changed. `composing`: an input method is still at work, nothing is judged yet. */
  input(composing: boolean): void;
  /** Selects a cell, after committing what is typed; `extend` keeps the other corner. */
  select(cell: CellRef, extend?: boolean): void;
  open(mode: Editing['mode']): void;
  pick(choice: number): void;
  commit(): void;
};

/** The behaviour of a grid without its looks: selection, keys, editing, clipboard. Knows no React and no DOM. */
export function createGridController<R>(model: GridModel<R>, columns: readonly GridColumn<R>[]): GridController {
  const store = createGridStore();
  const editor = createCellEditor(store, model, columns);
  const editable = columns.map((column) => column.editable);
  let rows = gridRows(model);
  const blocks = createBlockActs(store, () => rows, model, columns);

  const size = (): Size => ({ rows: rows.ids.length, columns: columns.length });
  const goTo = (cell: CellRef | null, extend: boolean): void => {
    if (!cell) return;
    store.set({ active: cell, anchor: extend ? (store.get().anchor ?? cell) : cell, editing: null });
    store.screen?.writeText('', 'end');
    store.screen?.reveal(cell);
  };
  const move = (step: Step, extend: boolean): void => {
    editor.commit();
    const from = rows.place(store.get().active);
    goTo(rows.cellAt(from ? stepFrom(from, step, size(), store.screen?.pageRows() ?? 20) : { row: 0, column: 0 }), extend);
  };
  const tab = (by: 1 | -1): void => {
    editor.commit();
    const from = rows.place(store.get().active);
    const to = from ? nextEditable(from, by, size(), editable) : { row: 0, column: 0 };
    goTo(to ? rows.cellAt(to) : null, false);
  };
  const stampNow = (): void => {
    editor.commit();
    const { active } = store.get();
    const column = active ? columns[active.column] : undefined;
    if (active && column && model.writable()) model.stampNow(active.rowId, column.key);
  };
  const show = (rowId: string | null): void => {
    if (rowId !== null && rows.has(rowId)) goTo({ rowId, column: store.get().active?.column ?? 0 }, false);
  };
  const details = (): void => {
    const { active } = store.get();
    if (active) store.screen?.openDetails(active.rowId);
  };

  const act = (doing: GridAct): void => {
    switch (doing.kind) {
      case 'move': return move(doing.step, doing.extend);
      case 'tab': return tab(doing.by);
      case 'highlight': return editor.highlight(doing.by);
      case 'open': return editor.open(doing.mode);
      case 'caret': return editor.caret();
      case 'commit': return editor.commit();
      case 'cancel': return editor.cancel();
      case 'collapse': return store.set({ anchor: store.get().active });
      case 'clear': return blocks.clear();
      case 'fill-down': return blocks.fillDown();
      case 'select-all': return blocks.selectAll();
      case 'now': return stampNow();
      case 'undo': return show(model.undo());
      case 'redo': return show(model.redo());
      case 'details': return details();
      case 'jump': return store.screen?.openJump();
      case 'leave': return store.screen?.leave();
      case 'nothing': return undefined;
    }
  };

  const followLines = (): void => {
    const { active, anchor } = store.get();
    const before = rows.place(active);
    rows = gridRows(model);
    if (active && !rows.has(active.rowId)) {
      const next = rows.cellAt({ row: Math.min(before?.row ?? 0, Math.max(0, rows.ids.length - 1)), column: active.column });
      store.set({ active: next, anchor: next, editing: null });
    } else if (anchor && !rows.has(anchor.rowId)) store.set({ anchor: active });
  };

  return {
    state: store.get,
    onState: store.subscribe,
    attach(screen) {
      store.screen = screen;
      followLines();
      const stopLines = model.onLines(followLines);
      return () => {
        editor.commit();
        stopLines();
        if (store.screen === screen) store.screen = null;
      };
    },
    key(key) {
      const { active, anchor, editing } = store.get();
      const column = active ? columns[active.column] : undefined;
      const doing = keyAct(key, {
        editing: editing?.mode ?? null,
        listOpen: (editing?.choices?.length ?? 0) > 1,
        typable: column?.editable === true && model.writable(),
        ranged: anchor !== active,
      });
      if (doing) act(doing);
      return doing !== null;
    },
    input: editor.input,
    select(cell, extend = false) {
      editor.commit();
      goTo(cell, extend);
    },
    open: editor.open,
    pick: editor.pick,
    commit: editor.commit,
    block: blocks.block,
    copy: blocks.copy,
    cut: blocks.cut,
    paste: blocks.paste,
  };
}
