import { readNames, type FontNames } from './font-names.ts';

/** Reads `length` bytes at `offset` of a font file; fewer at its end. */
export type ReadAt = (offset: number, length: number) => Promise<Uint8Array>;

/** One face of a font file, as far as we need to know it. */
export type FontFace = FontNames & {
  /** Position in a collection (.ttc, .otc); null in a file with one face. */
  readonly inCollection: boolean;
  /** The licence bits allow what the PDF writer does: embedding the outlines of the characters that a paper uses. */
  readonly embeddable: boolean;
};

type Table = { readonly offset: number; readonly length: number };
type Tables = ReadonlyMap<string, Table>;

/** More faces, tables or bytes of names than any real font has: a damaged or hostile file is left after so much. */
const limit = { faces: 64, tables: 128, nameBytes: 512 * 1024 } as const;

/**
 * The faces of a TrueType or OpenType file that the PDF writer can embed: outlines as `glyf` or `CFF `, one weight.
 * Empty for anything else, a damaged file included; never throws for what the bytes say, only when `read` does.
 * Reads the directory, `name` and the start of `OS/2`: a few kB of a file of 15 MB.
 */
export async function readFontFaces(read: ReadAt): Promise<readonly FontFace[]> {
  const head = viewOf(await read(0, 12));
  if (head.byteLength < 12) return [];
  if (head.getUint32(0) !== tag('ttcf')) return faceAt(read, 0, false);
  const count = Math.min(head.getUint32(8), limit.faces);
  const offsets = viewOf(await read(12, count * 4));
  const faces: FontFace[] = [];
  for (let index = 0; index * 4 + 4 <= offsets.byteLength; index += 1) faces.push(...(await faceAt(read, offsets.getUint32(index * 4), true)));
  return faces;
}

async function faceAt(read: ReadAt, start: number, inCollection: boolean): Promise<readonly FontFace[]> {
  const tables = await directoryAt(read, start);
  if (!tables.has('cmap') || !tables.has('hhea') || !(tables.has('glyf') || tables.has('CFF '))) return [];
  // A variable font has no face of its own to embed.
  if (tables.has('fvar')) return [];
  const name = tables.get('name');
  const names = name && name.length <= limit.nameBytes ? readNames(await read(name.offset, name.length)) : null;
  if (names === null) return [];
  return [{ ...names, inCollection, embeddable: mayEmbed(await licenceBits(read, tables.get('OS/2'))) }];
}

async function directoryAt(read: ReadAt, start: number): Promise<Tables> {
  const head = viewOf(await read(start, 12));
  const tables = new Map<string, Table>();
  if (head.byteLength < 12 || ![0x0001_0000, tag('OTTO'), tag('true')].includes(head.getUint32(0))) return tables;
  const count = Math.min(head.getUint16(4), limit.tables);
  const entries = viewOf(await read(start + 12, count * 16));
  for (let at = 0; at + 16 <= entries.byteLength; at += 16) {
    tables.set(textOf(entries.getUint32(at)), { offset: entries.getUint32(at + 8), length: entries.getUint32(at + 12) });
  }
  return tables;
}

/** `fsType` of OS/2, or null: the font does not say. */
async function licenceBits(read: ReadAt, table: Table | undefined): Promise<number | null> {
  if (!table || table.length < 10) return null;
  const start = viewOf(await read(table.offset, 10));
  return start.byteLength < 10 ? null : start.getUint16(8);
}

/**
 * Bit 1 restricted, bit 8 no subsetting, bit 9 bitmaps only: each of them forbids it. 0 installable, bit 2 preview and
 * print, bit 3 editable: allowed. A font that says nothing is not embedded. Source: docs/sources.md#opentype-fstype
 */
function mayEmbed(fsType: number | null): boolean {
  return fsType !== null && (fsType & (0x0002 | 0x0100 | 0x0200)) === 0;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function tag(text: string): number {
  return [...text].reduce((value, character) => value * 256 + (character.codePointAt(0) ?? 0), 0);
}

function textOf(value: number): string {
  return String.fromCharCode((value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}
