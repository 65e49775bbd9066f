import * as z from 'zod';

/** The typefaces of GB/T 9704 that this machine may have and we may not ship: 仿宋 for text, 小标宋 for titles. */
export const typefaceRoles = ['fangsong', 'xiaobiaosong'] as const;
export type TypefaceRole = (typeof typefaceRoles)[number];

/** Where main answers at `app://main/` with the list, and below it (`/fangsong`) with one font's bytes. */
export const systemFontsPath = '/system-fonts';

export const SystemTypeface = z.discriminatedUnion('kind', [
  /** `collectionFace` = PostScript name of the face inside a collection file (.ttc), null for a file with one face. */
  z.strictObject({ kind: z.literal('usable'), family: z.string(), collectionFace: z.string().nullable() }),
  /** Installed, and its own licence bits (OS/2 fsType) forbid what the PDF writer does: embedding a subset. */
  z.strictObject({ kind: z.literal('not-embeddable'), family: z.string() }),
  z.strictObject({ kind: z.literal('absent') }),
]);
export type SystemTypeface = Readonly<z.infer<typeof SystemTypeface>>;

/** What the machine has. File names and folders are main's business and are not in it. */
export const SystemTypefaces = z.strictObject({ fangsong: SystemTypeface, xiaobiaosong: SystemTypeface });
export type SystemTypefaces = Readonly<z.infer<typeof SystemTypefaces>>;
