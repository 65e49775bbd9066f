/** What a face calls itself. */
export type FontNames = {
  /** For people: the Chinese family name where the font has one. */
  readonly family: string;
  readonly postScriptName: string;
  /** Family, full and PostScript names in every language of the file, each once. */
  readonly names: readonly string[];
};

const nameIds = { family: 1, full: 4, postScript: 6, typographicFamily: 16 } as const;
type Entry = { readonly nameId: number; readonly text: string };

/** The names of a `name` table; null when it holds no family name that can be read. */
export function readNames(table: Uint8Array): FontNames | null {
  const entries = entriesOf(table);
  const textsOf = (...ids: readonly number[]): readonly string[] => ids.flatMap((id) => entries.filter((entry) => entry.nameId === id).map((entry) => entry.text));
  const families = textsOf(nameIds.typographicFamily, nameIds.family);
  const family = families.find((name) => /\p{Script=Han}/u.test(name)) ?? families[0];
  if (family === undefined) return null;
  const [postScriptName = ''] = textsOf(nameIds.postScript);
  return { family, postScriptName, names: [...new Set([...families, ...textsOf(nameIds.full, nameIds.postScript)])] };
}

function entriesOf(table: Uint8Array): readonly Entry[] {
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  if (view.byteLength < 6) return [];
  const [count, storage] = [view.getUint16(2), view.getUint16(4)];
  const entries: Entry[] = [];
  for (let index = 0, at = 6; index < count && at + 12 <= view.byteLength; index += 1, at += 12) {
    const start = storage + view.getUint16(at + 10);
    const bytes = table.subarray(start, start + view.getUint16(at + 8));
    const text = decoded(bytes, view.getUint16(at), view.getUint16(at + 2)).replaceAll('\0', '').trim();
    if (text !== '') entries.push({ nameId: view.getUint16(at + 6), text });
  }
  return entries;
}

/**
 * Unicode platform and Windows: UTF-16, but for Windows' own code page of the PRC, which older Chinese fonts use.
 * Macintosh: Simplified Chinese, else the part of its alphabet that is ASCII.
 */
function decoded(bytes: Uint8Array, platform: number, encoding: number): string {
  const simplifiedChinese = (platform === 3 && encoding === 3) || (platform === 1 && encoding === 25);
  if (simplifiedChinese) return new TextDecoder('gb18030').decode(bytes.filter((byte) => byte !== 0));
  return new TextDecoder(platform === 1 ? 'latin1' : 'utf-16be').decode(bytes);
}
