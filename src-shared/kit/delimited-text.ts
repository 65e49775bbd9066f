import { done, failed, type Outcome } from './outcome.ts';

export type DelimitedRow = {
  /** Line of the text the row starts on, from 1: a quoted cell may hold line breaks. */
  readonly line: number;
  readonly cells: readonly string[];
};

export type DelimitedOptions = {
  readonly delimiter: ',' | '\t' | ';';
  /**
   * false (files, RFC 4180): a quote that is not closed, or text behind a closing quote, fails with `unreadable-file`,
   * detail {line, reason: unclosed-quote | text-after-quote}. true (clipboard): such a cell is taken as it stands, since
   * people type `"` and Excel only quotes cells that hold a tab, a line break or a quote.
   */
  readonly lenient: boolean;
};

/**
 * Rows and cells of CSV or of what Excel puts on the clipboard. CRLF, LF and CR end a row; a line break at the very end makes no
 * further row; `""` inside quotes is one quote. Rows that are wholly blank are left out, line numbers stay true.
 */
export function parseDelimited(text: string, options: DelimitedOptions): Outcome<readonly DelimitedRow[]> {
  const rows: DelimitedRow[] = [];
  let cells: string[] = [];
  let at = 0;
  let line = 1;
  let rowLine = 1;
  while (at < text.length || cells.length > 0) {
    const cell = text[at] === '"' ? quotedCell(text, at, options) : { value: null, end: at };
    if (typeof cell === 'string') return failed('unreadable-file', { line, reason: cell });
    const end = cell.value === null ? endOfCell(text, at, options.delimiter) : cell.end;
    const value = cell.value ?? text.slice(at, end);
    if (cell.value !== null) line += lineBreaksIn(cell.value);
    cells.push(value);
    at = end;
    if (text[at] === options.delimiter) {
      at += 1;
      if (at < text.length) continue;
      cells.push('');
    }
    if (cells.some((each) => each.trim() !== '')) rows.push({ line: rowLine, cells });
    cells = [];
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
    line += 1;
    rowLine = line;
  }
  return done(rows);
}

type QuoteProblem = 'unclosed-quote' | 'text-after-quote';

/** A quoted cell from its opening quote on; value null: to be taken as it stands; a text: why it can not be read. */
function quotedCell(text: string, from: number, options: DelimitedOptions): { readonly value: string | null; readonly end: number } | QuoteProblem {
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return options.lenient ? { value: null, end: from } : 'unclosed-quote';
    if (text[quote + 1] === '"') {
      at = quote + 2;
      continue;
    }
    const next = text[quote + 1];
    if (next === undefined || next === options.delimiter || next === '\n' || next === '\r') {
      return { value: text.slice(from + 1, quote).replaceAll('""', '"'), end: quote + 1 };
    }
    return options.lenient ? { value: null, end: from } : 'text-after-quote';
  }
}

function endOfCell(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}

function lineBreaksIn(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

/** One row as CSV, quoted where needed; a cell that a spreadsheet would take for a formula gets a leading apostrophe. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map((cell) => csvCell(cell)).join(',')}\r\n`;
}

function csvCell(cell: string): string {
  const safe = /^[=+\-@]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
