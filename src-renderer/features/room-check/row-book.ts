import type { RoomColumnId } from '#shared/domain/room-check/columns.ts';
import type { GridLine } from '../../ui/grid/grid-types.ts';
import { countRooms, type RoomCounts } from './room-counts.ts';
import { groupId, roomLines } from './room-lines.ts';
import type { Fields, RoomRecords } from './room-records.ts';
import { nothingRefused, roomRow, type Refused, type RefusedCells, type RoomRow } from './room-row.ts';

/** Counts follow the last change after this rest: they are not what a person looks at while typing. */
const COUNT_REST_MS = 80;

/** The rows as they look now, with one subscription a row, for the lines and for the counts. */
export type RowBook = {
  row(id: string): RoomRow | undefined;
  onRow(id: string, listener: () => void): () => void;
  lines(): readonly GridLine[];
  onLines(listener: () => void): () => void;
  counts(): RoomCounts;
  onCounts(listener: () => void): () => void;
  /** Called when a verdict of a row became another through what is being typed or arrived. */
  onVerdict(listener: (row: RoomRow) => void): () => void;
  newRowId(): string;
  /** The empty row becomes a row; another takes its place. */
  useNewRow(nextId: string): void;
  refused(id: string, column: RoomColumnId): Refused | null;
  refuse(id: string, column: RoomColumnId, refused: Refused | null): void;
  /** Values in the open cell, over everything else; while there are any, no row changes its place. */
  setLive(id: string, values: Fields | null): void;
  setInstrumentError(errorC: string | null): void;
  refresh(ids: Iterable<string>): void;
  refreshAll(): void;
};

export function createRowBook(records: RoomRecords, firstNewId: string): RowBook {
  const rows = new Map<string, RoomRow>();
  const refused = new Map<string, RefusedCells>();
  const rowListeners = new Map<string, Set<() => void>>();
  const lineListeners = listenerSet<[]>();
  const countListeners = listenerSet<[]>();
  const verdictListeners = listenerSet<[RoomRow]>();
  let newRowId = firstNewId;
  let live: { readonly id: string; readonly values: Fields } | null = null;
  let instrumentErrorC: string | null = null;
  let lines: readonly GridLine[] = [{ kind: 'new', id: newRowId }];
  let linesStale = false;
  let counts = countRooms([]);
  let countTimer: ReturnType<typeof setTimeout> | null = null;

  const build = (id: string): RoomRow | null => {
    const isNew = id === newRowId;
    const fields = isNew ? {} : records.fields(id);
    if (!fields || fields['removed'] === true) return null;
    const over = live?.id === id ? { ...fields, ...live.values } : fields;
    return roomRow({ id, isNew, state: records.state(id), fields: over, refused: refused.get(id) ?? nothingRefused, instrumentErrorC });
  };

  const rebuild = (id: string): void => {
    const before = rows.get(id);
    const after = build(id);
    if (after) rows.set(id, after);
    else rows.delete(id);
    linesStale ||= !before !== !after || before?.room.floor !== after?.room.floor || before?.room.order !== after?.room.order;
    for (const listener of rowListeners.get(id) ?? []) listener();
    const turned = before && after && (before.setting.kind !== after.setting.kind || before.measured.kind !== after.measured.kind);
    if (turned) verdictListeners.tell(after);
  };

  const placeRows = (): void => {
    if (!linesStale || live) return;
    linesStale = false;
    const next = roomLines([...rows.values()].filter((row) => !row.isNew), newRowId);
    const same = next.length === lines.length && next.every((line, at) => line.id === lines[at]?.id);
    if (same) return;
    lines = next;
    lineListeners.tell();
  };

  const count = (): void => {
    countTimer = null;
    counts = countRooms([...rows.values()].filter((row) => !row.isNew));
    countListeners.tell();
  };

  const settle = (): void => {
    placeRows();
    countTimer ??= setTimeout(count, COUNT_REST_MS);
  };

  return {
    row: (id) => rows.get(id),
    onRow(id, listener) {
      const set = rowListeners.get(id) ?? new Set();
      rowListeners.set(id, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0 && rowListeners.get(id) === set) rowListeners.delete(id);
      };
    },
    lines: () => lines,
    onLines: lineListeners.add,
    counts: () => counts,
    onCounts: countListeners.add,
    onVerdict: verdictListeners.add,
    newRowId: () => newRowId,
    useNewRow(nextId) {
      const used = newRowId;
      newRowId = nextId;
      linesStale = true;
      rebuild(nextId);
      rebuild(used);
      settle();
    },
    refused: (id, column) => refused.get(id)?.[column] ?? null,
    refuse(id, column, what) {
      const { [column]: _, ...others } = refused.get(id) ?? nothingRefused;
      refused.set(id, what ? { ...others, [column]: what } : others);
    },
    setLive(id, values) {
      live = values ? { id, values } : null;
      rebuild(id);
      settle();
    },
    setInstrumentError(errorC) {
      if (errorC === instrumentErrorC) return;
      instrumentErrorC = errorC;
      for (const id of rows.keys()) rebuild(id);
      settle();
    },
    refresh(ids) {
      for (const id of ids) rebuild(id);
      settle();
    },
    refreshAll() {
      for (const id of [newRowId, ...records.ids()]) rebuild(id);
      linesStale = true;
      placeRows();
      count();
    },
  };
}

/** Counts of one floor, or none yet. */
export function floorCounts(counts: RoomCounts, floor: string): RoomCounts['floors'][string] | null {
  return counts.floors[groupId(floor)] ?? null;
}

type ListenerSet<A extends readonly unknown[]> = { add(listener: (...args: A) => void): () => void; tell(...args: A): void };

function listenerSet<A extends readonly unknown[]>(): ListenerSet<A> {
  const listeners = new Set<(...args: A) => void>();
  return {
    add(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(...args) {
      for (const listener of listeners) listener(...args);
    },
  };
}
