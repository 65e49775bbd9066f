import type { RoomColumnId } from '#shared/domain/room-check/columns.ts';
import type { Instant } from '#shared/kit/values.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import type { Desk } from '../../store/desk.ts';
import type { GridModel } from '../../ui/grid/grid-types.ts';
import { blockStep } from './block-step.ts';
import { createCellTyping } from './cell-typing.ts';
import { roomKey } from './floor-of-room.ts';
import { watchInspection } from './inspection-watch.ts';
import { createRoomRecords, type Fields, type RoomValues } from './room-records.ts';
import type { RoomRow } from './room-row.ts';
import { createRoomSteps, rowsOf } from './room-steps.ts';
import { createRowBook, type RowBook } from './row-book.ts';
import { stampedNow } from './stamp-now.ts';
import { readClipboardRooms } from './clipboard-rooms.ts';

/** The rooms of one inspection as grid, walk and drawer use them. Lives as long as the desk: see `rooms-of-desk.ts`. */
export type RoomsModel = GridModel<RoomRow> & Pick<RowBook, 'counts' | 'onCounts' | 'onVerdict' | 'newRowId'> & {
  readonly inspectionId: string;
  /** Resolves when the rooms are read; later calls return the same promise. */
  load(): Promise<void>;
  isLoaded(): boolean;
  /** Rows in the order of the walk. */
  rooms(): readonly RoomRow[];
  state(id: string): RecordState | null;
  findRoom(number: string): RoomRow | null;
  /** All rooms by `roomKey` of their number, for looking many up. */
  roomIndex(): ReadonlyMap<string, RoomRow>;
  /** A new room of this number at the end of its floor, as one step. Returns its id. */
  addRoom(number: string): string;
  /** Writes fields of a room as one step; `join`: typing on in the same fields stays the same step. */
  editRoom(id: string, values: Fields, join?: boolean): void;
  /** Several rooms as one step and one batch; ids that are unknown become rooms. */
  editRooms(changes: readonly RoomValues[]): void;
  readonly newId: () => string;
  stop(): void;
};

export function createRoomsModel(desk: Desk, inspectionId: string, clock: () => Instant = () => new Date().toISOString()): RoomsModel {
  const records = createRoomRecords(desk, inspectionId);
  const book = createRowBook(records, desk.newId());
  const steps = createRoomSteps(records, book, inspectionId, desk.newId);
  const inspection = watchInspection(desk, inspectionId, book.setInstrumentError);
  const tools = () => ({ clock, today: inspection.day(clock()), newId: desk.newId });
  const typing = createCellTyping(records, book, steps, tools);
  const rooms = (): readonly RoomRow[] => rowsOf(book);
  const findRoom = (number: string): RoomRow | null => rooms().find((row) => roomKey(row.room.room) === roomKey(number)) ?? null;
  const roomIndex = (): ReadonlyMap<string, RoomRow> => new Map(rooms().map((row) => [roomKey(row.room.room), row]));
  let loading: Promise<void> | null = null;
  let loaded = false;

  const load = async (): Promise<void> => {
    await Promise.all([records.load(), inspection.load()]);
    loaded = true;
    book.refreshAll();
  };
  const editRooms = (changes: readonly RoomValues[]): void => {
    typing.cancel();
    steps.perform({ edits: changes.map(steps.editOf), refusals: [] }, true);
  };

  records.onArrived((ids) => book.refresh(ids));
  return {
    inspectionId,
    newId: desk.newId,
    load: () => (loading ??= load()),
    isLoaded: () => loaded,
    lines: book.lines,
    onLines: book.onLines,
    row: book.row,
    onRow: book.onRow,
    counts: book.counts,
    onCounts: book.onCounts,
    onVerdict: book.onVerdict,
    newRowId: book.newRowId,
    rooms,
    state: records.state,
    findRoom,
    roomIndex,
    writable: () => inspection.writable() && desk.session.readOnly === null,
    preview: (id, column, text) => typing.preview(id, column as RoomColumnId, text),
    cancel: typing.cancel,
    commit: (id, column, text) => typing.commit(id, column as RoomColumnId, text),
    setBlock(cells) {
      typing.cancel();
      steps.perform(blockStep(cells, { fields: records.fields, refused: book.refused, ...tools() }), true);
    },
    reserveRows: (count) => Array.from({ length: Math.max(0, count) }, () => desk.newId()),
    readTable: (text, rowIds, firstColumn) => readClipboardRooms(text, rowIds, firstColumn, { roomIndex, newId: desk.newId }),
    stampNow(id, column) {
      const values = stampedNow(column, book.row(id)?.room ?? null, clock());
      if (values) editRooms([{ id, values }]);
      return values !== null;
    },
    undo() {
      typing.cancel();
      return steps.undo();
    },
    redo() {
      typing.cancel();
      return steps.redo();
    },
    addRoom(number) {
      const id = desk.newId();
      editRooms([{ id, values: { room: number.trim() } }]);
      return id;
    },
    editRoom(id, values, join = false) {
      typing.cancel();
      if (join) steps.performJoined(id, values);
      else steps.perform({ edits: [steps.editOf({ id, values })], refusals: [] }, false);
    },
    editRooms,
    stop() {
      typing.cancel();
      records.stop();
      inspection.stop();
    },
  };
}
