/**
 * The text that spreadsheets put on the clipboard: cells parted by tabs, rows by line breaks; a cell with a tab, a line
 * break or a quote inside is quoted and its quotes doubled. One line break at the very end is not a row.
 */
export function parseTsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  let fresh = true;
  const endCell = (): void => {
    rows.at(-1)?.push(cell);
    cell = '';
    fresh = true;
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && fresh && closes(text, at)) {
      quoted = true;
      fresh = false;
    } else if (sign === '\t') endCell();
    else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && text[at + 1] === '\n') at += 1;
      endCell();
      rows.push([]);
    } else {
      cell += sign;
      fresh = false;
    }
  }
  if (cell !== '' || (rows.at(-1)?.length ?? 0) > 0 || rows.length === 1) endCell();
  else rows.pop();
  return rows;
}

export function formatTsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(quote).join('\t')).join('\r\n');
}

function quote(cell: string): string {
  return /[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A quote that is never closed is an inch mark, not the start of a quoted cell. */
function closes(text: string, from: number): boolean {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] !== '"') continue;
    if (text[at + 1] === '"') {
      at += 1;
      continue;
    }
    const next = text[at + 1];
    return next === undefined || next === '\t' || next === '\r' || next === '\n';
  }
  return false;
}
