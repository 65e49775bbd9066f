import { readFile } from 'node:fs/promises';
import { systemFontsPath, typefaceRoles, type SystemTypefaces } from '#shared/bridge/system-typefaces.ts';
import type { FoundTypefaces } from './find-typefaces.ts';

/** What is answered to the page under our origin. */
export type FontAnswer = { readonly mediaType: string; readonly bytes: Uint8Array<ArrayBuffer> };
/** Null: this path is none of ours, or the font is not there. */
export type SystemFonts = (urlPath: string) => Promise<FontAnswer | null>;

/**
 * Answers `/system-fonts` with what the machine has, and one fixed path a role with that font's bytes. The page names a
 * role, never a file: which file it is was found by main. Looked for once, when first asked; `find` must not throw.
 */
export function systemFonts(find: () => Promise<FoundTypefaces>): SystemFonts {
  let found: Promise<FoundTypefaces> | null = null;
  return async (urlPath) => {
    const role = typefaceRoles.find((each) => urlPath === `${systemFontsPath}/${each}`);
    if (role === undefined && urlPath !== systemFontsPath) return null;
    const typefaces = await (found ??= find());
    if (role === undefined) return { mediaType: 'application/json; charset=utf-8', bytes: listOf(typefaces) };
    const { file } = typefaces[role];
    const bytes = file === null ? null : await readFile(file).catch(() => null);
    return bytes && { mediaType: 'font/sfnt', bytes };
  };
}

function listOf({ fangsong, xiaobiaosong }: FoundTypefaces): Uint8Array<ArrayBuffer> {
  const list: SystemTypefaces = { fangsong: fangsong.typeface, xiaobiaosong: xiaobiaosong.typeface };
  return new TextEncoder().encode(JSON.stringify(list));
}
