import { MAX_READINGS } from '#shared/domain/room-check/cell-input.ts';
import { columnOfHeaderText } from '#shared/domain/room-check/parse-paste.ts';
import type { RoomCheck } from '#shared/domain/room-check/room-check.ts';
import { readTemperatureInput } from '#shared/domain/room-check/temperature-input.ts';
import { parseDelimited, type DelimitedRow } from '#shared/kit/delimited-text.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { roomKey } from './floor-of-room.ts';
import type { RoomValues } from './room-records.ts';
import { impliedOutcome } from './room-values.ts';

/** A table of readings as pasted or read from a file, with a guess which columns matter. */
export type ReadingsTable = {
  readonly header: readonly string[];
  readonly lines: readonly DelimitedRow[];
  readonly roomColumn: number;
  readonly readingColumns: readonly number[];
};

export type ImportLine = {
  /** Line of the text, from 1. */
  readonly line: number;
  readonly room: string;
  readonly values: readonly string[];
  /** `gap`: no reading in this line, as in NA; `bad`: something that is no temperature. */
  readonly kind: 'new' | 'known' | 'gap' | 'bad';
  readonly problem: Problem | null;
};

export type ReadingsPlan = { readonly lines: readonly ImportLine[]; readonly made: number; readonly matched: number; readonly gaps: number; readonly bad: number; readonly readings: number };

export const MAX_TABLE_LINES = 5000;

/** Reads CSV or a block from a spreadsheet; the first line must name the columns. */
export function readReadingsTable(text: string): Outcome<ReadingsTable> {
  const plain = text.replace(/^\uFEFF/, '');
  const firstLine = plain.slice(0, plain.search(/[\r\n]|$/));
  const delimiter = firstLine.includes('\t') ? '\t' : firstLine.includes(';') && !firstLine.includes(',') ? ';' : ',';
  const read = parseDelimited(plain, { delimiter, lenient: delimiter === '\t' });
  if (!read.ok) return read;
  const [head, ...lines] = read.value;
  if (!head || head.cells.length < 2) return failed('invalid-input', { reason: 'no-header' });
  if (lines.length > MAX_TABLE_LINES) return failed('bad-rows', { reason: 'too-many-rows', limit: MAX_TABLE_LINES, rows: lines.length });
  const header = head.cells.map((cell) => cell.trim());
  const columns = header.map((title) => columnOfHeaderText(title));
  const readings = columns.flatMap((column, at) => (column === 'readings' ? [at] : []));
  return done({ header, lines, roomColumn: Math.max(0, columns.indexOf('room')), readingColumns: readings });
}

/** What the import would do, line by line: nothing is written by this. `isKnown` tells the rooms of the inspection. */
export function planReadings(table: ReadingsTable, roomColumn: number, readingColumns: readonly number[], isKnown: (room: string) => boolean): ReadingsPlan {
  const made = new Set<string>();
  const matched = new Set<string>();
  const lines = table.lines.map(({ line, cells }): ImportLine => {
    const room = (cells[roomColumn] ?? '').trim();
    const texts = readingColumns.map((at) => cells[at] ?? '').filter((cell) => !isGap(cell));
    const read = texts.map((text) => readTemperatureInput(text, 'reading'));
    const problem = room === '' || room.length > 40 ? roomProblem(room) : (read.find((each) => !each.ok)?.problem ?? null);
    const values = read.flatMap((each) => (each.ok && each.value !== null ? [each.value] : []));
    if (problem) return { line, room, values, kind: 'bad', problem };
    if (values.length === 0) return { line, room, values, kind: 'gap', problem: null };
    const known = isKnown(room);
    (known ? matched : made).add(roomKey(room));
    return { line, room, values, kind: known ? 'known' : 'new', problem: null };
  });
  const count = (kind: ImportLine['kind']): number => lines.filter((each) => each.kind === kind).length;
  const readings = lines.reduce((sum, each) => sum + (each.kind === 'new' || each.kind === 'known' ? each.values.length : 0), 0);
  return { lines, made: made.size, matched: matched.size, gaps: count('gap'), bad: count('bad'), readings };
}

/** The plan as values of rooms. Several lines of one room are further points of it; nothing already read is changed. */
export function valuesOfPlan(plan: ReadingsPlan, roomOf: (room: string) => RoomCheck | null, newId: () => string, emptyRoom: (id: string) => RoomCheck): Outcome<readonly RoomValues[]> {
  const rooms = new Map<string, { readonly room: RoomCheck; readonly values: Record<string, RoomValues['values'][string]>; count: number }>();
  for (const { room: number, values, kind, line } of plan.lines) {
    if (kind === 'gap' || kind === 'bad') continue;
    const key = roomKey(number);
    const found = roomOf(number);
    const held = rooms.get(key) ?? { room: found ?? emptyRoom(newId()), values: found ? {} : { room: number }, count: found?.readings.reduce((most, each) => Math.max(most, each.point), 0) ?? 0 };
    rooms.set(key, held);
    for (const valueC of values) {
      held.count += 1;
      if (held.count > MAX_READINGS) return failed('invalid-input', { reason: 'too-many-readings', limit: MAX_READINGS, line });
      const id = newId();
      Object.assign(held.values, { [`readings/${id}`]: { valueC, at: null, point: held.count } }, impliedOutcome(held.room));
    }
  }
  return done([...rooms.values()].map(({ room, values }) => ({ id: room.id, values })));
}

function isGap(cell: string): boolean {
  return /^(?:|na|n\/a|null|-+|—+|\/|空|缺)$/i.test(cell.normalize('NFKC').trim());
}

function roomProblem(room: string): Problem {
  return room === '' ? { code: 'incomplete', detail: { field: 'room' } } : { code: 'field-too-long', detail: { field: 'room', limit: 40, length: room.length } };
}
