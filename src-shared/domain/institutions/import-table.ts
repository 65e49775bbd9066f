import { decodeTable, type DecodeBytes } from '../../kit/decode-text.ts';
import { csvRow, parseDelimited, type DelimitedRow } from '../../kit/delimited-text.ts';
import { done, failed, type Outcome } from '../../kit/outcome.ts';
import { readImportHeader, type ImportColumn, type ImportHeader } from './import-columns.ts';
import { readInstitutionRow, type InstitutionValues, type RowFault, type RowWarning } from './import-row.ts';

/** What is already on the desk, to find duplicates. */
export type ExistingInstitution = { readonly name: string; readonly creditCode: string | null };

export type ImportContext = {
  readonly existing: readonly ExistingInstitution[];
  /** 机关事务 authority of 市级 units whose row names none: the bureau itself. */
  readonly ownAuthority: string;
};

export type ImportPreview = {
  readonly good: readonly { readonly line: number; readonly values: InstitutionValues }[];
  /** Every bad row with all its faults, and its cells as they stand. */
  readonly bad: readonly { readonly line: number; readonly cells: readonly string[]; readonly faults: readonly RowFault[] }[];
  readonly warnings: readonly (RowWarning & { readonly line: number })[];
  readonly headerCells: readonly string[];
  /** Headers that name no column of ours: their cells are not imported. */
  readonly ignored: readonly string[];
};

export const MAX_IMPORT_ROWS = 20_000;

/** A CSV file of institutions: UTF-8 (with or without byte order mark) or GB18030, comma, tab or semicolon. */
export function previewInstitutionFile(bytes: Uint8Array, decode: DecodeBytes, context: ImportContext): Outcome<ImportPreview> {
  const decoded = decodeTable(bytes, decode);
  if (!decoded.ok) return decoded;
  const { text, encoding } = decoded.value;
  const rows = parseDelimited(text, { delimiter: delimiterOf(text), lenient: false });
  if (!rows.ok) return rows;
  const preview = previewInstitutions(rows.value, context);
  // Foreign bytes that happen to be valid GB18030 show as a header nobody knows.
  if (!preview.ok && preview.problem.code === 'bad-rows' && encoding === 'gb18030' && preview.problem.detail?.['reason'] === 'no-name-column') {
    return failed('wrong-encoding', { given: 'unknown', line: 1 });
  }
  return preview;
}

/**
 * Rows of a table (CSV or a sheet) whose first row is the header. Fails with `bad-rows` when there is nothing to preview: reason empty,
 * no-name-column, column-twice (given), too-many-rows (limit). A row is bad with every fault it has, named by column.
 */
export function previewInstitutions(rows: readonly DelimitedRow[], context: ImportContext): Outcome<ImportPreview> {
  const [first, ...body] = rows;
  if (!first) return failed('bad-rows', { reason: 'empty', line: 1 });
  const header = readImportHeader(first.cells);
  if (!header.at.has('name')) return failed('bad-rows', { reason: 'no-name-column', line: first.line });
  const [twice] = header.twice;
  if (twice !== undefined) return failed('bad-rows', { reason: 'column-twice', given: twice, line: first.line });
  if (body.length > MAX_IMPORT_ROWS) return failed('bad-rows', { reason: 'too-many-rows', limit: MAX_IMPORT_ROWS, given: body.length });
  const good: { line: number; values: InstitutionValues }[] = [];
  const bad: { line: number; cells: readonly string[]; faults: readonly RowFault[] }[] = [];
  const warnings: (RowWarning & { line: number })[] = [];
  const known = knownInstitutions(context.existing);
  for (const { line, cells } of body) {
    const row = readInstitutionRow(cellsByColumn(header, cells), context.ownAuthority);
    const faults = [...row.faults, ...known.faultsOf(row.values)];
    if (faults.length > 0) {
      bad.push({ line, cells, faults });
      continue;
    }
    for (const warning of [...row.warnings, ...known.warningsOf(row.values)]) warnings.push({ ...warning, line });
    known.add(line, row.values);
    good.push({ line, values: row.values });
  }
  return done({ good, bad, warnings, headerCells: first.cells, ignored: header.ignored });
}

/** All or nothing by default: `bad-rows` with their number and the first line; `goodOnly` is a person's choice. */
export function rowsToImport(preview: ImportPreview, goodOnly: boolean): Outcome<readonly InstitutionValues[]> {
  const [first] = preview.bad;
  if (first && !goodOnly) return failed('bad-rows', { reason: 'bad', count: preview.bad.length, line: first.line });
  return done(preview.good.map((row) => row.values));
}

/** The bad rows as a CSV file to correct and import again: cells as they stand, then line and reasons. With byte order mark, for Excel. */
export function badRowsCsv(preview: ImportPreview, sentenceOf: (fault: RowFault) => string): string {
  const width = preview.headerCells.length;
  const header = csvRow([...preview.headerCells, '原行号', '问题']);
  const rows = preview.bad.map(({ line, cells, faults }) => csvRow([...Array.from({ length: width }, (_, index) => cells[index] ?? ''), String(line), faults.map(sentenceOf).join('；')]));
  return `\ufeff${header}${rows.join('')}`;
}

function delimiterOf(text: string): ',' | '\t' | ';' {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const count = (delimiter: string): number => header.split(delimiter).length;
  if (count('\t') > count(',') && count('\t') > count(';')) return '\t';
  return count(';') > count(',') ? ';' : ',';
}

function cellsByColumn(header: ImportHeader, cells: readonly string[]): ReadonlyMap<ImportColumn, string> {
  return new Map([...header.at].map(([column, index]) => [column, (cells[index] ?? '').trim()]));
}

/** Names and codes seen so far, in the file and on the desk. */
function knownInstitutions(existing: readonly ExistingInstitution[]) {
  const codes = new Map<string, number | null>();
  const names = new Map<string, number | null>();
  for (const { name, creditCode } of existing) {
    if (creditCode !== null) codes.set(creditCode, null);
    names.set(name, null);
  }
  return {
    /** A code twice, or a name twice where no code tells the two apart. `line` of the other row; null: already on the desk. */
    faultsOf(values: InstitutionValues): readonly RowFault[] {
      if (values.creditCode !== null && codes.has(values.creditCode)) return [duplicate('creditCode', values.creditCode, codes.get(values.creditCode) ?? null)];
      if (values.creditCode === null && values.name !== '' && names.has(values.name)) return [duplicate('name', values.name, names.get(values.name) ?? null)];
      return [];
    },
    warningsOf(values: InstitutionValues): readonly RowWarning[] {
      return names.has(values.name) ? [{ column: 'name', code: 'same-name' }] : [];
    },
    add(line: number, values: InstitutionValues): void {
      if (values.creditCode !== null) codes.set(values.creditCode, line);
      names.set(values.name, line);
    },
  };
}

function duplicate(column: ImportColumn, given: string, line: number | null): RowFault {
  return { column, problem: { code: 'duplicate', detail: line === null ? { given, where: 'desk' } : { given, where: 'file', line } } };
}
