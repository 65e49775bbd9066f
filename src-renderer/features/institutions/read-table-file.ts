import { previewInstitutionFile, previewInstitutions, type ImportContext, type ImportPreview } from '#shared/domain/institutions/import-table.ts';
import { MAX_TABLE_BYTES, type DecodeBytes } from '#shared/kit/decode-text.ts';
import type { DelimitedRow } from '#shared/kit/delimited-text.ts';
import { failed, type Outcome } from '#shared/kit/outcome.ts';

/** An unpacked sheet larger than this is no list of institutions but an accident or an attack, bytes. */
const MAX_UNPACKED_BYTES = 200 * 1024 * 1024;

/** Reads a CSV or XLSX file into a preview; nothing is imported yet. */
export async function previewTableFile(file: File, context: ImportContext): Promise<Outcome<ImportPreview>> {
  if (file.size > MAX_TABLE_BYTES) return failed('too-large', { limit: MAX_TABLE_BYTES, given: file.size });
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!isZip(bytes)) return previewInstitutionFile(bytes, decodeBytes, context);
  const rows = await sheetRows(bytes);
  return rows.ok ? previewInstitutions(rows.value, context) : rows;
}

/** TextDecoder of the platform, strict: null when the bytes are not in that encoding. */
export const decodeBytes: DecodeBytes = (bytes, encoding) => {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
};

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

/** The first sheet, every cell as text; lines count from 1 as Excel shows them. */
async function sheetRows(bytes: Uint8Array): Promise<Outcome<readonly DelimitedRow[]>> {
  const [{ readSheet }, { unzipSync, zipSync }] = await Promise.all([import('read-excel-file/universal'), import('fflate')]);
  try {
    let unpacked = 0;
    const entries = unzipSync(bytes, { filter: ({ originalSize }) => (unpacked += originalSize) <= MAX_UNPACKED_BYTES });
    if (unpacked > MAX_UNPACKED_BYTES) return failed('too-large', { limit: MAX_UNPACKED_BYTES, given: unpacked });
    // Stored, not packed: the reader then starts no worker of its own, which the policy would refuse.
    const stored = zipSync(entries, { level: 0 });
    const sheet = await readSheet(stored.slice().buffer, { parseNumber: numberText });
    const rows = sheet.map((cells, index): DelimitedRow => ({ line: index + 1, cells: cells.map((cell) => cellText(cell)) }));
    return { ok: true, value: rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')) };
  } catch {
    return failed('unreadable-file', { reason: 'xlsx-damaged' });
  }
}

/**
 * A number as written. One of more than 15 digits has lost its last ones to whoever saved it: it is written as Excel writes it, so that
 * it is told from a code that somebody mistyped whatever program saved the file.
 */
function numberText(text: string): string {
  return /^\d{16,}$/.test(text) ? Number(text).toExponential().toUpperCase() : text;
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell);
}
