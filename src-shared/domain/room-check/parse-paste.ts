import { parseDelimited, type DelimitedRow } from '../../kit/delimited-text.ts';
import { done, failed, type Outcome } from '../../kit/outcome.ts';
import type { Problem } from '../../kit/problem.ts';
import { parseCell } from './cell-input.ts';
import { roomColumnIds, roomColumns, type RoomColumnId } from './columns.ts';

/** One pasted cell that can be read; `text` goes through `valuesOfCell` with the row's room. */
export type PastedCell = { readonly column: RoomColumnId; readonly text: string };

export type PastedRow = {
  /** Line of the pasted text, from 1, for messages. */
  readonly line: number;
  readonly cells: readonly PastedCell[];
};

export type BadCell = {
  readonly line: number;
  readonly column: RoomColumnId;
  readonly text: string;
  readonly problem: Problem;
};

export type PastePreview = {
  readonly rows: readonly PastedRow[];
  /** Cells that can not be read: named, never dropped in silence. Their rows keep the other cells. */
  readonly bad: readonly BadCell[];
  /** Columns that were filled, in order. */
  readonly columns: readonly RoomColumnId[];
  /** The first line was a header; its texts that name no column of ours. */
  readonly header: { readonly ignored: readonly string[] } | null;
  /** Cells right of the last column of the grid, by number of cells. */
  readonly beyond: number;
};

export const MAX_PASTED_ROWS = 5000;

/** Headers seen in other tables. Air temperature comes as one column or as numbered ones, which are joined in order. */
const headerWords: Readonly<Partial<Record<RoomColumnId, readonly string[]>>> = {
  room: ['房号', '房间', '房间号', '门牌', '门牌号', 'room', 'record_id'],
  floor: ['楼层', '层', 'floor'],
  outcome: ['结果', '检查结果', 'outcome'],
  use: ['用途', '房间用途', 'use'],
  areaM2: ['面积', '建筑面积', '使用面积', 'area'],
  conditionerKind: ['空调', '空调类型', '空调形式'],
  conditionerControl: ['控制', '控制方式'],
  mode: ['工况', '运行工况', '运行状态', '模式', 'mode'],
  setTemperatureC: ['设定', '设定温度', '设置温度', 'set'],
  setReadBy: ['读取', '读取方式'],
  readings: ['实测', '实测温度', '室内温度', '室温', '读数', 'ta'],
  openings: ['门窗', '门窗状态'],
  occupied: ['有人', '人员', '是否有人'],
  adjustedToC: ['当场调至', '当场调整为', '调整为'],
  adjustedAt: ['调整时间'],
  specialUse: ['特殊用途'],
  approvedNeed: ['批准需要', '经批准的需要', '特殊需要'],
  approvalDocument: ['批准文件', '批准文号'],
  remarks: ['备注', '说明', 'remarks'],
};

const columnOfHeader = new Map(
  roomColumns.flatMap((column) => (headerWords[column.id] ?? [column.zh]).map((word) => [word, column.id] as const)),
);

/** The column a header names, unit and number left aside: `实测2（℃）` is readings. Null when none. */
export function columnOfHeaderText(text: string): RoomColumnId | null {
  const word = text.normalize('NFKC').trim().toLowerCase().replace(/\s*[([].*$/, '').replace(/[/\s]*(°c|m2)$/, '');
  return columnOfHeader.get(word) ?? columnOfHeader.get(word.replace(/\s*\d+$/, '')) ?? null;
}

/**
 * A block from Excel (TSV with quoted cells, embedded line breaks, a trailing CRLF). A first line that names at least two of our
 * columns and nothing readable as data is a header and decides the columns; else cells fill the columns from `firstColumn` on.
 * Gaps (empty, NA, N/A, —, /) are empty cells: in a table with a header they are left alone, so that a paste of results does not wipe
 * what stands there; without a header they empty the cell, as in Excel. Fails with `bad-rows` (limit) beyond 5,000 rows.
 */
export function parsePaste(text: string, firstColumn: RoomColumnId): Outcome<PastePreview> {
  const read = parseDelimited(text, { delimiter: '\t', lenient: true });
  if (!read.ok) return read;
  return readRoomTable(read.value, firstColumn);
}

/** The same for rows already cut into cells: a CSV or XLSX of rooms, of readings, of a logger. */
export function readRoomTable(lines: readonly DelimitedRow[], firstColumn: RoomColumnId): Outcome<PastePreview> {
  if (lines.length > MAX_PASTED_ROWS + 1) return failed('bad-rows', { reason: 'too-many-rows', limit: MAX_PASTED_ROWS, rows: lines.length });
  const first = lines[0];
  const named = first ? headerColumns(first.cells) : null;
  const columns = named ?? roomColumnIds.slice(roomColumnIds.indexOf(firstColumn));
  const rows: PastedRow[] = [];
  const bad: BadCell[] = [];
  let beyond = 0;
  for (const { line, cells } of named ? lines.slice(1) : lines) {
    const texts = new Map<RoomColumnId, string>();
    for (const [index, cell] of cells.entries()) {
      const column = columns[index];
      if (column === undefined && cell.trim() !== '') beyond += 1;
      if (column == null) continue;
      const value = isGap(cell) ? '' : cell;
      if (value === '' && named) continue;
      const before = texts.get(column);
      texts.set(column, before ? `${before} ${value}` : value);
    }
    rows.push({ line, cells: readCells(line, texts, bad) });
  }
  const filled = [...new Set(columns.filter((column) => column !== null))].filter((column) => rows.some((row) => row.cells.some((cell) => cell.column === column)));
  const header = named && first ? { ignored: first.cells.filter((cell, index) => columns[index] === null && cell.trim() !== '').map((cell) => cell.trim().slice(0, 40)) } : null;
  return done({ rows, bad, columns: filled, header, beyond });
}

function readCells(line: number, texts: ReadonlyMap<RoomColumnId, string>, bad: BadCell[]): readonly PastedCell[] {
  const cells: PastedCell[] = [];
  for (const [column, text] of texts) {
    const parsed = parseCell(column, text);
    if (parsed.ok) cells.push({ column, text });
    else bad.push({ line, column, text: text.slice(0, 200), problem: parsed.problem });
  }
  return cells;
}

function headerColumns(cells: readonly string[]): readonly (RoomColumnId | null)[] | null {
  const columns = cells.map((cell) => columnOfHeaderText(cell));
  const named = columns.filter((column) => column !== null).length;
  const alone = cells.filter((cell) => cell.trim() !== '').length === 1;
  return named >= 2 || (alone && named === 1) ? columns : null;
}

function isGap(cell: string): boolean {
  return /^(?:|na|n\/a|null|-+|—+|\/|空|缺)$/i.test(cell.normalize('NFKC').trim());
}
