import type { RoomColumnId } from '#shared/domain/room-check/columns.ts';
import type { RoomCheck } from '#shared/domain/room-check/room-check.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { DateText, Instant, JsonValue } from '#shared/kit/values.ts';
import { entryOfCell, keepTimes, stableIds, type Entry } from './cell-entry.ts';
import type { Fields } from './room-records.ts';

export type Typed = {
  /** What the row shows: the text's values, or the cell empty while the text can not be taken. */
  readonly shown: Fields;
  /** What goes on its way to the journal: accepted values, and what stood there before for those no longer accepted. */
  readonly toStore: Fields;
  readonly accepted: Fields;
  readonly problem: Problem | null;
};

/**
 * The typing of one cell from its first key to Enter or Esc. Every text is judged against the room as it was at the
 * first key: `26` on the way to `260` must not stay behind when `260` is refused.
 */
export type TypingSession = {
  readonly id: string;
  readonly column: RoomColumnId;
  type(text: string): Typed;
  /** What stood in the fields before the first key. */
  before(paths: readonly string[]): Fields;
  /** Every field that any text of this session wrote. */
  touched(): readonly string[];
};

/** The world a session needs: time of day and ids come from outside. */
export type TypingTools = { readonly clock: () => Instant; readonly today: DateText; readonly newId: () => string };

export type TypedCell = {
  readonly id: string;
  readonly column: RoomColumnId;
  /** The room before the first key, and its stored or drafted values. */
  readonly room: RoomCheck;
  readonly valueOf: (path: string) => JsonValue;
};

export function typingSession({ id, column, room, valueOf }: TypedCell, tools: TypingTools): TypingSession {
  const ids = stableIds(tools.newId);
  const originals = new Map<string, JsonValue>();
  let last: Fields = {};
  const entry = (text: string): Entry => {
    ids.restart();
    const now = tools.clock();
    return entryOfCell(column, text, room, { readAt: now, now, today: tools.today, newId: ids.next });
  };
  const before = (paths: readonly string[]): Fields => Object.fromEntries(paths.map((path) => [path, originals.get(path) ?? null]));
  return {
    id,
    column,
    type(text) {
      const { values, problem } = entry(text);
      const accepted = problem ? {} : keepTimes(values, last);
      last = accepted;
      for (const path of Object.keys(accepted)) if (!originals.has(path)) originals.set(path, valueOf(path));
      const toStore = { ...before([...originals.keys()]), ...accepted };
      return { shown: problem ? { ...toStore, ...entry('').values } : toStore, toStore, accepted, problem };
    },
    before,
    touched: () => [...originals.keys()],
  };
}
