import type { FontkitFont } from 'pdfmake/build/pdfmake.min.js';
import type { OfficialFace } from './official-faces.ts';
import type { FaceSetIn, SetIn } from './pdf-calls.ts';
import { typesetter, type Typeface, type Typesetter } from './typesetting.ts';

export type OwnFaces = { readonly regular: Typeface; readonly bold: Typeface };

/** A face of the system that the PDF writer has taken apart, or why there is none. */
export type LoadedFace = { readonly setIn: FaceSetIn; readonly typeface: Typeface | null };
type LoadedFaces = { readonly title: LoadedFace; readonly body: LoadedFace };

/** What a paper of the organ is set in on this machine. */
export type OfficialTypefaces = {
  readonly usesSystem: boolean;
  has(codePoint: number): boolean;
  typesetter(): Typesetter;
  setIn(borrowed: readonly string[]): SetIn;
  withoutSystem(): OfficialTypefaces;
};

/**
 * The system's faces before our own. A character that the wanted face lacks comes from our own full one, and what even
 * that lacks from the system's other face, before it is reported as missing.
 */
export function officialTypefaces({ title, body }: LoadedFaces, own: OwnFaces): OfficialTypefaces {
  const present = (...faces: readonly (Typeface | null)[]): readonly Typeface[] => faces.filter((face) => face !== null);
  const rows = { title: present(title.typeface, own.bold, body.typeface), body: present(body.typeface, own.regular, title.typeface) };
  return {
    usesSystem: title.typeface !== null || body.typeface !== null,
    has: (codePoint) => rows.body.some((face) => face.has(codePoint)),
    typesetter: () => typesetter(rows),
    setIn: (borrowed) => ({ title: title.setIn, body: body.setIn, borrowed }),
    withoutSystem: () => officialTypefaces({ title: unused(title), body: unused(body) }, own),
  };
}

/**
 * Takes a face apart by `open`; one that breaks there is one that we do without, for a damaged font of the system must
 * not stop a paper.
 */
export async function loadedFace(face: OfficialFace, font: string, open: (font: string, bytes: Uint8Array, collectionFace: string | null) => Promise<FontkitFont>): Promise<LoadedFace> {
  if (face.kind === 'none') return { setIn: { kind: 'own', ...face.reason }, typeface: null };
  const setIn = { kind: 'system', family: face.family } as const;
  try {
    return { setIn, typeface: { font, bold: false, has: drawnBy(await open(font, face.bytes, face.collectionFace)) } };
  } catch {
    return unused({ setIn, typeface: null });
  }
}

function unused({ setIn }: LoadedFace): LoadedFace {
  return { setIn: setIn.kind === 'system' ? { kind: 'own', why: 'unreadable', family: setIn.family } : setIn, typeface: null };
}

/** A character counts only when the font draws it: some map what they lack to an empty picture. Blanks draw nothing anyway. */
function drawnBy(font: FontkitFont): (codePoint: number) => boolean {
  const known = new Map<number, boolean>();
  const draws = (codePoint: number): boolean => {
    try {
      if (!font.hasGlyphForCodePoint(codePoint)) return false;
      return /\s/u.test(String.fromCodePoint(codePoint)) || font.glyphForCodePoint(codePoint).path.commands.length > 0;
    } catch {
      return false;
    }
  };
  return (codePoint) => {
    const before = known.get(codePoint);
    if (before !== undefined) return before;
    const has = draws(codePoint);
    known.set(codePoint, has);
    return has;
  };
}
