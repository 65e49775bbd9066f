/** Lengths in em. */
export type LineBox = { readonly ascent: number; readonly descent: number };

/** Noto Serif SC's: a line of 1.437 em, Chinese characters 0.271 em below its top. The layouts are made for it. */
export const paperLineBox: LineBox = { ascent: 1.151, descent: 0.286 };

/**
 * Gives every face in a font file's `bytes` the line box `box`, in place, so that typefaces can be mixed in a line without
 * moving it or the lines below. Foundries disagree about it (0.86 to 1.16 em above the base line), and some write
 * nonsense: a descent above the base line was seen. Outlines and widths stay. Leaves bytes that are no font as they are.
 */
export function setLineBox(bytes: Uint8Array, box: LineBox): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const start of facesOf(view)) {
    const head = tableOf(view, start, 'head');
    const lines = tableOf(view, start, 'hhea');
    if (head === null || lines === null) continue;
    const unitsPerEm = view.getUint16(head + 18);
    const height = Math.round((box.ascent + box.descent) * unitsPerEm);
    const ascent = Math.round(box.ascent * unitsPerEm);
    view.setInt16(lines + 4, ascent);
    view.setInt16(lines + 6, ascent - height);
    view.setInt16(lines + 8, 0);
  }
}

function facesOf(view: DataView): readonly number[] {
  if (view.byteLength < 12) return [];
  if (view.getUint32(0) !== 0x7474_6366) return [0];
  const count = Math.min(view.getUint32(8), Math.floor((view.byteLength - 12) / 4));
  return Array.from({ length: count }, (_, index) => view.getUint32(12 + index * 4));
}

/** Where a table of at least 36 bytes (both of ours are) begins; null when the face has none. */
function tableOf(view: DataView, start: number, name: 'head' | 'hhea'): number | null {
  if (start + 12 > view.byteLength) return null;
  const wanted = [...name].reduce((value, character) => value * 256 + (character.codePointAt(0) ?? 0), 0);
  const end = Math.min(view.byteLength - 16, start + 12 + (view.getUint16(start + 4) - 1) * 16);
  for (let at = start + 12; at <= end; at += 16) {
    if (view.getUint32(at) !== wanted) continue;
    const offset = view.getUint32(at + 8);
    return offset + 36 <= view.byteLength ? offset : null;
  }
  return null;
}
