/** Shown in the place of a character that the paper's font does not have. */
export const substitute = '〓';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The same content with every character the font lacks shown as 〓, and those characters once each in order. pdfmake
 * would leave them out without a word, and a surname with them.
 *
 * Only characters that have no picture of their own go unseen and unreported: control characters, zero-width marks and
 * direction marks (which could also make a line read other than it is stored). Line breaks stay; tabs become spaces.
 */
export function printable<T>(content: T, hasGlyph: (codePoint: number) => boolean): { readonly content: T; readonly missingGlyphs: readonly string[] } {
  const missing = new Set<string>();
  const text = (value: string): string => {
    let out = '';
    for (const character of value.replaceAll('\r\n', '\n').replaceAll(/[\t\v\f\u0085\u2028\u2029]/g, ' ')) {
      const codePoint = character.codePointAt(0) ?? 0;
      if (character === '\n') out += character;
      else if (isInvisible(codePoint)) continue;
      else if (hasGlyph(codePoint)) out += character;
      else {
        missing.add(character);
        out += substitute;
      }
    }
    return out;
  };
  return { content: mapStrings(content as Json, text) as T, missingGlyphs: [...missing] };
}

function mapStrings(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item as Json, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]));
}

function isInvisible(codePoint: number): boolean {
  return (
    codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0) || codePoint === 0xad || codePoint === 0xfeff ||
    (codePoint >= 0x200b && codePoint <= 0x200f) || (codePoint >= 0x202a && codePoint <= 0x202e) || (codePoint >= 0x2060 && codePoint <= 0x206f)
  );
}
