import type { PdfNode } from './pdf-node.ts';
import { paperFamily } from './paper-style.ts';

/** A loaded typeface as the layouts know it. */
export type Typeface = {
  /** Its name in the PDF writer's table. */
  readonly font: string;
  readonly bold: boolean;
  /** It has a picture for this character. */
  has(codePoint: number): boolean;
};

/** Sets the text of an official paper: each character in the first typeface of its row that has it. */
export type Typesetter = {
  /** 发文机关标志 and title: 小标宋. */
  title(text: string): PdfNode;
  /** Everything else of the paper: 仿宋. */
  body(text: string): PdfNode;
  /** Characters that the wanted typeface lacks and another one lent, each once, in order. */
  borrowed(): readonly string[];
};

/** Each row begins with the wanted typeface. */
export type Rows = { readonly title: readonly Typeface[]; readonly body: readonly Typeface[] };

export function typesetter({ title, body }: Rows): Typesetter {
  const borrowed = new Set<string>();
  return {
    title: (text) => runs(text, title, borrowed),
    body: (text) => runs(text, body, borrowed),
    borrowed: () => [...borrowed],
  };
}

/** Of a machine without either typeface: our own, the title in bold. */
export const plainTypesetter = (): Typesetter => typesetter({ title: [ownFace(true)], body: [ownFace(false)] });

function ownFace(bold: boolean): Typeface {
  return { font: paperFamily, bold, has: () => true };
}

type Run = { readonly face: Typeface; text: string };

function runs(text: string, row: readonly Typeface[], borrowed: Set<string>): PdfNode {
  const found: Run[] = [];
  for (const character of text) {
    const last = found.at(-1);
    const face = character === '\n' && last ? last.face : faceFor(character, row);
    if (face !== row[0]) borrowed.add(character);
    if (last?.face === face) last.text += character;
    else found.push({ face, text: character });
  }
  return found.map(({ face, text: part }) => ({ text: part, font: face.font, bold: face.bold }));
}

/** What nobody has was replaced before (printable-text.ts). */
function faceFor(character: string, row: readonly Typeface[]): Typeface {
  const codePoint = character.codePointAt(0) ?? 0;
  const face = row.find((each) => each.has(codePoint)) ?? row[0];
  if (!face) throw new Error('a row without a typeface');
  return face;
}
