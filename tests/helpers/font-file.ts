/** Font files for tests: real outlines under another name, or just enough of a font to be found. */

export type FontWords = {
  /** English family name; the full name too. */
  readonly family: string;
  readonly chineseFamily?: string;
  readonly postScriptName: string;
  /** Licence bits of OS/2; 0 = may be embedded, null = no such table. */
  readonly fsType?: number | null;
};

type CmapChanges = { readonly without?: string; readonly empty?: string; readonly added?: string };
type Tables = ReadonlyMap<string, Uint8Array>;

/**
 * The outlines of `source` (a TrueType file) called by other names and without the characters in `without`.
 * `oddLines`: with the line box that was seen in a real Chinese font, its descent above the base line.
 * `empty`: characters that are mapped, to a glyph without a picture. `added`: characters that get the picture of 一.
 */
export function fontFrom(source: Uint8Array, words: FontWords & CmapChanges & { readonly oddLines?: boolean }): Uint8Array {
  const tables = new Map(tablesOf(source));
  tables.set('name', nameTable(words));
  tables.set('OS/2', licensed(tables.get('OS/2')!, words.fsType ?? 0));
  tables.set('cmap', changedCmap(tables.get('cmap')!, words));
  if (words.oddLines) tables.set('hhea', withLines(tables.get('hhea')!, { ascent: 800, descent: 200, gap: 200 }));
  return fontFile(tables);
}

/** Looks like a font to whoever reads its directory and its names; it has no outlines. */
export function hollowFont(words: FontWords & { readonly outlines?: 'glyf' | 'CFF ' | 'none'; readonly variable?: boolean; readonly unitsPerEm?: number }): Uint8Array {
  const outlines = words.outlines ?? 'glyf';
  const head = new Uint8Array(54);
  new DataView(head.buffer).setUint16(18, words.unitsPerEm ?? 1000);
  const tables = new Map<string, Uint8Array>([['cmap', new Uint8Array(4)], ['hhea', new Uint8Array(36)], ['head', head], ['name', nameTable(words)]]);
  if (outlines !== 'none') tables.set(outlines, new Uint8Array(4));
  if (words.variable) tables.set('fvar', new Uint8Array(4));
  if (words.fsType !== null) tables.set('OS/2', licensed(new Uint8Array(78), words.fsType ?? 0));
  return fontFile(tables);
}

/** One collection file (.ttc) of several fonts. */
export function fontCollection(fonts: readonly Uint8Array[]): Uint8Array {
  const head = 12 + fonts.length * 4;
  const starts = fonts.map((_, index) => fonts.slice(0, index).reduce((at, font) => at + padded(font.length), padded(head)));
  const out = new Uint8Array(starts.at(-1)! + fonts.at(-1)!.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x7474_6366);
  view.setUint32(4, 0x0001_0000);
  view.setUint32(8, fonts.length);
  for (const [index, font] of fonts.entries()) {
    const start = starts[index]!;
    view.setUint32(12 + index * 4, start);
    out.set(font, start);
    // Offsets of tables count from the beginning of the file.
    for (let at = start + 12; at < start + 12 + view.getUint16(start + 4) * 16; at += 16) view.setUint32(at + 8, view.getUint32(at + 8) + start);
  }
  return out;
}

/** Opens and has pictures, but the widths of all glyphs but the first few lie behind the end of the file. */
export function withoutWidths(font: Uint8Array): Uint8Array {
  const out = font.slice();
  const view = new DataView(out.buffer);
  const entry = Array.from({ length: view.getUint16(4) }, (_, index) => 12 + index * 16).find((at) => String.fromCharCode(...out.subarray(at, at + 4)) === 'hmtx');
  view.setUint32(entry! + 8, out.length - 40);
  return out;
}

/** The bytes of one table of a font with one face. */
export function tableOf(font: Uint8Array, tag: string): DataView {
  const table = tablesOf(font).get(tag)!;
  return new DataView(table.buffer, table.byteOffset, table.byteLength);
}

function tablesOf(font: Uint8Array): Tables {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  return new Map(Array.from({ length: view.getUint16(4) }, (_, index) => {
    const at = 12 + index * 16;
    const tag = String.fromCharCode(...font.subarray(at, at + 4));
    return [tag, font.slice(view.getUint32(at + 8), view.getUint32(at + 8) + view.getUint32(at + 12))];
  }));
}

function fontFile(tables: Tables): Uint8Array {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const size = sorted.reduce((at, [, bytes]) => at + padded(bytes.length), 12 + sorted.length * 16);
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  view.setUint32(0, tables.has('CFF ') ? 0x4f54_544f : 0x0001_0000);
  view.setUint16(4, sorted.length);
  let offset = 12 + sorted.length * 16;
  for (const [index, [tag, bytes]] of sorted.entries()) {
    const at = 12 + index * 16;
    out.set([...tag].map((character) => character.charCodeAt(0)), at);
    view.setUint32(at + 8, offset);
    view.setUint32(at + 12, bytes.length);
    out.set(bytes, offset);
    offset += padded(bytes.length);
  }
  return out;
}

/** Windows names, in English and, where there is one, in Chinese. */
function nameTable({ family, chineseFamily, postScriptName }: FontWords): Uint8Array {
  const english = [[1, family], [4, family], [6, postScriptName]].map(([id, text]) => ({ id: Number(id), language: 0x0409, text: String(text) }));
  const chinese = chineseFamily === undefined ? [] : [1, 4].map((id) => ({ id, language: 0x0804, text: chineseFamily }));
  const records = [...english, ...chinese];
  const storage = 6 + records.length * 12;
  const out = new Uint8Array(storage + records.reduce((sum, { text }) => sum + text.length * 2, 0));
  const view = new DataView(out.buffer);
  view.setUint16(2, records.length);
  view.setUint16(4, storage);
  let offset = 0;
  for (const [index, { id, language, text }] of records.entries()) {
    for (const [place, value] of [3, 1, language, id, text.length * 2, offset].entries()) view.setUint16(6 + index * 12 + place * 2, value);
    for (const [place, unit] of text.split('').entries()) view.setUint16(storage + offset + place * 2, unit.charCodeAt(0));
    offset += text.length * 2;
  }
  return out;
}

function licensed(os2: Uint8Array, fsType: number | null): Uint8Array {
  const out = os2.slice();
  new DataView(out.buffer).setUint16(8, fsType ?? 0);
  return out;
}

function withLines(hhea: Uint8Array, lines: { readonly ascent: number; readonly descent: number; readonly gap: number }): Uint8Array {
  const out = hhea.slice();
  const view = new DataView(out.buffer);
  view.setInt16(4, lines.ascent);
  view.setInt16(6, lines.descent);
  view.setInt16(8, lines.gap);
  return out;
}

/** One subtable of format 12, made from the source's own. */
function changedCmap(cmap: Uint8Array, { without = '', empty = '', added = '' }: CmapChanges): Uint8Array {
  const glyphs = glyphsOf(cmap);
  for (const character of without) glyphs.delete(character.codePointAt(0)!);
  for (const character of empty) glyphs.set(character.codePointAt(0)!, glyphs.get(0x20)!);
  for (const character of added) glyphs.set(character.codePointAt(0)!, glyphs.get('一'.codePointAt(0)!)!);
  const groups = [...glyphs].sort(([a], [b]) => a - b);
  const out = new Uint8Array(12 + 16 + groups.length * 12);
  const view = new DataView(out.buffer);
  for (const [place, value] of [0, 1, 3, 10, 0, 12, 12, 0].entries()) view.setUint16(place * 2, value);
  view.setUint32(16, 16 + groups.length * 12);
  view.setUint32(24, groups.length);
  for (const [index, [codePoint, glyph]] of groups.entries()) {
    for (const [place, value] of [codePoint, codePoint, glyph].entries()) view.setUint32(28 + index * 12 + place * 4, value);
  }
  return out;
}

/** Code point → glyph, of the subtable of format 12. */
function glyphsOf(cmap: Uint8Array): Map<number, number> {
  const view = new DataView(cmap.buffer, cmap.byteOffset, cmap.byteLength);
  const start = Array.from({ length: view.getUint16(2) }, (_, index) => view.getUint32(4 + index * 8 + 4)).find((offset) => view.getUint16(offset) === 12);
  if (start === undefined) throw new Error('the source has no cmap of format 12');
  const glyphs = new Map<number, number>();
  for (let index = 0; index < view.getUint32(start + 12); index += 1) {
    const [first, last, glyph] = [0, 4, 8].map((place) => view.getUint32(start + 16 + index * 12 + place)) as [number, number, number];
    for (let codePoint = first; codePoint <= last; codePoint += 1) glyphs.set(codePoint, glyph + codePoint - first);
  }
  return glyphs;
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
