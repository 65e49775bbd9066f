import { createUndoStack } from '../../ui/grid/undo-stack.ts';
import { floorOfRoom } from './floor-of-room.ts';
import type { Fields, RoomRecords, RoomValues } from './room-records.ts';
import { emptyValue, type RoomRow } from './room-row.ts';
import { isEmptyStep, type RoomEdit, type RoomStep } from './room-undo.ts';
import type { RowBook } from './row-book.ts';

/** Writing in steps: each can be taken back whole, added rows and refused texts included. */
export type RoomSteps = {
  /** `now`: commit at once as one batch, else after the desk's rest. */
  perform(step: RoomStep, now: boolean): void;
  /** Fields of one room; typing on in the same fields stays one step. */
  performJoined(id: string, values: Fields): void;
  /** The id of a row that changed, to show it; null when there was nothing to take back. */
  undo(): string | null;
  redo(): string | null;
  editOf(change: RoomValues): RoomEdit;
};

export function createRoomSteps(records: RoomRecords, book: RowBook, inspectionId: string, newId: () => string): RoomSteps {
  const stack = createUndoStack<RoomStep>();

  const write = (changes: readonly RoomValues[], now: boolean): void => {
    const usesNewRow = changes.some(({ id, values }) => id === book.newRowId() && Object.keys(values).length > 0);
    records.write(changes.filter(({ values }) => Object.keys(values).length > 0), now);
    if (usesNewRow) book.useNewRow(newId());
    book.refresh(changes.map(({ id }) => id));
  };

  const refuse = (step: RoomStep, direction: 'before' | 'after'): void => {
    for (const refusal of step.refusals) book.refuse(refusal.id, refusal.column, refusal[direction]);
    if (step.refusals.length > 0) book.refresh(step.refusals.map(({ id }) => id));
  };

  const perform = (step: RoomStep, now: boolean): void => {
    const rows = rowsOf(book);
    let order = rows.reduce((most, row) => Math.max(most, row.room.order), 0);
    const edits = step.edits.map((edit): RoomEdit => {
      if (records.fields(edit.id) || Object.keys(edit.after).length === 0) return edit;
      order += 1;
      const room = edit.after['room'];
      const floor = floorFor(rows, typeof room === 'string' ? room : '');
      return { id: edit.id, before: { removed: true }, after: { inspectionId, order, room: '', floor, ...edit.after, removed: false } };
    });
    write(edits.map(({ id, after }) => ({ id, values: after })), now);
    refuse(step, 'after');
    if (!isEmptyStep(step)) stack.push({ ...step, edits });
  };

  const run = (step: RoomStep | null, direction: 'before' | 'after'): string | null => {
    if (!step) return null;
    write(step.edits.map((edit) => ({ id: edit.id, values: edit[direction] })), true);
    refuse(step, direction);
    return step.edits[0]?.id ?? step.refusals[0]?.id ?? null;
  };

  const editOf = ({ id, values }: RoomValues): RoomEdit => {
    const fields = records.fields(id);
    const before = fields ? Object.fromEntries(Object.keys(values).map((path) => [path, fields[path] ?? emptyValue(path)])) : { removed: true };
    return { id, before, after: values };
  };

  return {
    perform,
    performJoined(id, values) {
      const edit = editOf({ id, values });
      if (stack.join((last) => joined(last, edit))) write([{ id, values }], false);
      else perform({ edits: [edit], refusals: [] }, false);
    },
    undo: () => run(stack.undo(), 'before'),
    redo: () => run(stack.redo(), 'after'),
    editOf,
  };
}

/** The rows in the order of the walk. */
export function rowsOf(book: Pick<RowBook, 'lines' | 'row'>): readonly RoomRow[] {
  return book.lines().flatMap((line) => (line.kind === 'row' ? (book.row(line.id) ?? []) : []));
}

function joined(last: RoomStep, edit: RoomEdit): RoomStep | null {
  const [old] = last.edits;
  if (!old || last.edits.length !== 1 || last.refusals.length > 0 || old.id !== edit.id) return null;
  const same = Object.keys(old.after).join() === Object.keys(edit.after).join();
  return same ? { edits: [{ id: old.id, before: old.before, after: edit.after }], refusals: [] } : null;
}

/** The floor as this inspection writes it: 3层 where its other rooms of the third floor say 3层. */
function floorFor(rows: readonly RoomRow[], room: string): string {
  if (room === '') return rows.at(-1)?.room.floor ?? '';
  const guess = floorOfRoom(room);
  if (guess === '') return '';
  return rows.find((row) => floorOfRoom(row.room.room) === guess && row.room.floor !== '')?.room.floor ?? guess;
}
