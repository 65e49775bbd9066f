import { createGridController, type GridController } from '../../../src-renderer/ui/grid/grid-controller.ts';
import type { GridColumn, GridLine, GridModel } from '../../../src-renderer/ui/grid/grid-types.ts';
import type { Problem } from '#shared/kit/problem.ts';

export type PlainRow = Readonly<Record<string, string>>;

const column = (key: string, more: Partial<GridColumn<PlainRow>> = {}): GridColumn<PlainRow> => ({
  key, title: key, hint: '', widthPx: 80, grow: 0, align: 'start', clip: true, pin: null, editable: true, choices: null, text: (row) => row[key] ?? '', rejection: () => null, ...more,
});

/** A table of texts in memory: the behaviour of the grid without any inspection behind it. `a` takes no letters x. */
export function plainGrid(rows: readonly PlainRow[]) {
  const columns = [column('a'), column('b'), column('mode', { choices: [{ value: 'c', label: '制冷', shown: '制冷', initials: 'zl' }, { value: 'h', label: '制热', shown: '制热', initials: 'zr' }] }), column('sum', { editable: false, text: (row) => `${row['a'] ?? ''}+${row['b'] ?? ''}` })];
  const table = new Map<string, PlainRow>(rows.map((row, at) => [`r${at}`, row]));
  const lineListeners = new Set<() => void>();
  const previews: string[] = [];
  let writable = true;
  let lines: readonly GridLine[] = [];
  const place = (): void => {
    lines = [{ kind: 'group', id: 'g' }, ...[...table.keys()].map((id) => ({ kind: 'row', id }) as const), { kind: 'new', id: 'new' }];
    for (const listener of lineListeners) listener();
  };
  place();
  const refuse = (key: string, text: string): Problem | null => (key === 'a' && text.includes('x') ? { code: 'not-a-number' } : null);
  const write = (id: string, key: string, text: string): void => {
    if (refuse(key, text)) return;
    const known = table.has(id);
    table.set(id, { ...table.get(id), [key]: text });
    if (!known) place();
  };
  const model: GridModel<PlainRow> = {
    lines: () => lines,
    onLines(listener) {
      lineListeners.add(listener);
      return () => lineListeners.delete(listener);
    },
    row: (id) => table.get(id),
    onRow: () => () => undefined,
    writable: () => writable,
    preview(id, key, text) {
      previews.push(`${id}.${key}=${text}`);
      return refuse(key, text);
    },
    cancel: () => void previews.push('cancel'),
    commit: write,
    setBlock: (cells) => cells.forEach((cell) => write(cell.rowId, cell.column, cell.text)),
    readTable: () => null,
    reserveRows: (count) => Array.from({ length: Math.max(0, count) }, (_, at) => `added${at}`),
    stampNow: (id, key) => {
      write(id, key, '14:05');
      return true;
    },
    undo: () => null,
    redo: () => null,
  };
  const controller = createGridController(model, columns);
  const field = { text: '' };
  const shown: string[] = [];
  controller.attach({
    readText: () => field.text,
    writeText: (text) => void (field.text = text),
    pageRows: () => 5,
    reveal: (cell) => void shown.push(cell.rowId),
    openDetails: (id) => void shown.push(`details ${id}`),
    openJump: () => void shown.push('jump'),
    leave: () => void shown.push('leave'),
  });
  return {
    controller, previews, shown,
    /** Ctrl+V with this on the clipboard. */
    paste: (text: string) => controller.paste(text),
    at: (id: string, columnIndex: number) => controller.select({ rowId: id, column: columnIndex }),
    /** Signs as the text field gets them, one by one. */
    type(text: string) {
      for (const sign of text) {
        if (press(controller, sign)) continue;
        field.text += sign;
        controller.input(false);
      }
    },
    /** An input method at work: letters first, then the words. */
    compose(letters: string, words: string) {
      for (let end = 1; end <= letters.length; end += 1) {
        field.text = letters.slice(0, end);
        controller.input(true);
      }
      field.text = words;
      controller.input(false);
    },
    press: (key: string, held: { ctrl?: boolean; shift?: boolean; alt?: boolean } = {}) => press(controller, key, held),
    cells: () => [...table].map(([id, row]) => [id, row['a'] ?? '', row['b'] ?? '', row['mode'] ?? '']),
    field,
    lock: () => void (writable = false),
    remove(id: string) {
      table.delete(id);
      place();
    },
  };
}

function press(controller: GridController, key: string, held: { ctrl?: boolean; shift?: boolean; alt?: boolean } = {}): boolean {
  return controller.key({ key, ctrl: false, shift: false, alt: false, ...held });
}
