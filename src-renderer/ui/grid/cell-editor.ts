import { matchChoices } from './choice-match.ts';
import type { Editing, GridStore } from './grid-state.ts';
import type { GridChoice, GridColumn, GridModel } from './grid-types.ts';

/** Editing of the active cell through the one text field: type over, open, judge as typed, choose, commit, cancel. */
export type CellEditor = {
  input(composing: boolean): void;
  open(mode: Editing['mode']): void;
  /** From now on arrows move the caret. */
  caret(): void;
  highlight(by: 1 | -1): void;
  pick(choice: number): void;
  commit(): void;
  cancel(): void;
};

export function createCellEditor<R>(store: GridStore, model: GridModel<R>, columns: readonly GridColumn<R>[]): CellEditor {
  const activeColumn = (): { readonly rowId: string; readonly column: GridColumn<R> } | null => {
    const cell = store.get().active;
    const column = cell ? columns[cell.column] : undefined;
    return cell && column ? { rowId: cell.rowId, column } : null;
  };
  const clearField = (): void => store.screen?.writeText('', 'end');

  const judge = (text: string, mode: Editing['mode']): void => {
    const at = activeColumn();
    if (!at) return;
    const choices = at.column.choices ? matchChoices(at.column.choices, text) : null;
    const highlighted = choices?.length === 1 && text.trim() !== '' ? 0 : -1;
    const reason = model.preview(at.rowId, at.column.key, meantText(choices, highlighted, text));
    store.set({ editing: { mode, reason, choices, highlighted } });
  };

  const show = (editing: Editing, highlighted: number): void => {
    const at = activeColumn();
    const choice = editing.choices?.[highlighted];
    if (at && choice) store.set({ editing: { ...editing, highlighted, reason: model.preview(at.rowId, at.column.key, choice.label) } });
  };

  const commit = (): void => {
    const { editing } = store.get();
    const at = activeColumn();
    if (!at || !editing) return;
    const typed = store.screen?.readText() ?? '';
    store.set({ editing: null });
    clearField();
    model.commit(at.rowId, at.column.key, meantText(editing.choices, editing.highlighted, typed));
  };

  return {
    input(composing) {
      const { editing, active } = store.get();
      const text = store.screen?.readText() ?? '';
      if (composing) {
        if (!editing) store.set({ anchor: active, editing: { mode: 'over', reason: null, choices: null, highlighted: -1 } });
        return;
      }
      if (!editing && text === '') return;
      if (!editing) store.set({ anchor: active });
      judge(text, editing?.mode ?? 'over');
    },
    open(mode) {
      const at = activeColumn();
      if (!at?.column.editable || !model.writable() || store.get().editing) return;
      const { column, rowId } = at;
      const row = model.row(rowId);
      const text = row === undefined ? '' : column.text(row);
      store.screen?.writeText(text, mode === 'over' ? 'all' : 'end');
      const highlighted = column.choices?.findIndex((choice) => choice.label === text) ?? -1;
      const reason = row === undefined ? null : column.rejection(row);
      store.set({ anchor: store.get().active, editing: { mode, reason, choices: column.choices, highlighted } });
    },
    caret() {
      const { editing } = store.get();
      if (editing) store.set({ editing: { ...editing, mode: 'in' } });
    },
    highlight(by) {
      const { editing } = store.get();
      const count = editing?.choices?.length ?? 0;
      if (!editing || count === 0) return;
      const from = editing.highlighted < 0 && by < 0 ? 0 : editing.highlighted;
      show(editing, (from + by + count) % count);
    },
    pick(choice) {
      const { editing } = store.get();
      if (!editing) return;
      show(editing, choice);
      commit();
    },
    commit,
    cancel() {
      model.cancel();
      store.set({ editing: null });
      clearField();
    },
  };
}

/** What is meant: the highlighted choice where there is one, else the text as typed. */
function meantText(choices: readonly GridChoice[] | null, highlighted: number, typed: string): string {
  return choices?.[highlighted]?.label ?? typed;
}
