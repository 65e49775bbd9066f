import type { HandOver } from '#shared/domain/review/hand-over.ts';

/**
 * Sheets as one XLSX file. Every text is written as text, so a value that starts with = + - or @ stays a value.
 * The library is loaded at first use: it is not needed to fill in a form. Its "universal" build starts no worker of its
 * own, which our content security policy would refuse.
 */
export async function sheetsToXlsx(sheets: HandOver['sheets']): Promise<Uint8Array<ArrayBuffer>> {
  const { default: writeExcelFile } = await import('write-excel-file/universal');
  const written = writeExcelFile(
    sheets.map(({ name, rows }) => ({
      sheet: name,
      data: rows.map((row) => row.map((cell) => (cell === null || cell === '' ? null : typeof cell === 'number' ? { type: Number, value: cell } : { type: String, value: cell }))),
    })),
  );
  return new Uint8Array(await (await written.toBlob()).arrayBuffer());
}
