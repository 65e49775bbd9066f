import type { RoomColumnId } from '#shared/domain/room-check/columns.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { RoomRecords } from './room-records.ts';
import { emptyValue, roomOf } from './room-row.ts';
import type { RoomSteps } from './room-steps.ts';
import type { RowBook } from './row-book.ts';
import { typingSession, type TypingSession, type TypingTools } from './typing-session.ts';

/** Typing in one cell: each accepted text is on its way to the journal at once, and taken back when it is no longer meant. */
export type CellTyping = {
  preview(id: string, column: RoomColumnId, text: string): Problem | null;
  cancel(): void;
  commit(id: string, column: RoomColumnId, text: string): void;
};

export function createCellTyping(records: RoomRecords, book: RowBook, steps: RoomSteps, tools: () => TypingTools): CellTyping {
  let session: TypingSession | null = null;

  const takeBack = (open: TypingSession, paths: readonly string[]): void => {
    if (paths.length > 0 && records.fields(open.id)) records.write([{ id: open.id, values: open.before(paths) }], false);
  };

  const cancel = (): void => {
    const open = session;
    if (!open) return;
    session = null;
    takeBack(open, open.touched());
    records.typingIn(null);
    book.setLive(open.id, null);
  };

  const sessionOf = (id: string, column: RoomColumnId): TypingSession => {
    if (session?.id === id && session.column === column) return session;
    cancel();
    // The cell shows what is typed in it, whatever arrives meanwhile.
    records.typingIn(id);
    const room = book.row(id)?.room ?? roomOf(id, {});
    session = typingSession({ id, column, room, valueOf: (path) => records.fields(id)?.[path] ?? emptyValue(path) }, tools());
    return session;
  };

  return {
    preview(id, column, text) {
      const typed = sessionOf(id, column).type(text);
      // The empty row becomes a record when something is entered in it, not while it is being typed.
      if (records.fields(id) && Object.keys(typed.toStore).length > 0) records.write([{ id, values: typed.toStore }], false);
      book.setLive(id, typed.shown);
      return typed.problem;
    },
    cancel,
    commit(id, column, text) {
      const open = sessionOf(id, column);
      const { accepted, problem } = open.type(text);
      session = null;
      takeBack(open, open.touched().filter((path) => !(path in accepted)));
      const before = book.refused(id, column);
      const after = problem ? { text, problem } : null;
      const paths = Object.keys(accepted);
      book.setLive(id, null);
      steps.perform(
        {
          edits: paths.length > 0 ? [{ id, before: open.before(paths), after: accepted }] : [],
          refusals: before || after ? [{ id, column, before, after }] : [],
        },
        false,
      );
      records.typingIn(null);
    },
  };
}
