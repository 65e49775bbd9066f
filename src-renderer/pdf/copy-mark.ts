import type { FontkitFont } from 'pdfmake/build/pdfmake.min.js';
import { failed, done, type Outcome } from '#shared/kit/outcome.ts';

/**
 * Marks every page of one of our stored papers as a copy by a PDF incremental update: the copy is the original's bytes,
 * unchanged and complete, followed by a new version of each page object that paints the mark on top. Whoever cuts the
 * copy off at the original's length has the original again, hash and all.
 *
 * Understands what pdfkit writes (classic cross-reference table, no object streams, no encryption) and fails with
 * `unreadable-file` on anything else, such as a scan imported from another system. The mark is drawn as outlines, so the
 * embedded font subset need not know its characters; its text is attached for search.
 */
export function markAsCopy(original: Uint8Array, line: string, font: FontkitFont): Outcome<Uint8Array<ArrayBuffer>> {
  const text = latin1(original);
  const file = readFile(text);
  if (file === null) return failed('unreadable-file');
  const pages = pageObjects(text, file);
  if (pages === null || pages.length === 0) return failed('unreadable-file');
  const before = file.size;
  // Pages of one size share one mark.
  const marks = new Map<string, number>();
  const parts: string[] = ['\n'];
  const offsets = new Map<number, number>();
  let length = original.length + 1;
  const add = (id: number, body: string): void => {
    const object = `${id} 0 obj\n${body}\nendobj\n`;
    offsets.set(id, length);
    parts.push(object);
    length += object.length;
  };
  // pdfkit turns the page upside down at its start and never back; the pair of streams shuts that in.
  add(before, stream('q\n'));
  for (const page of pages) {
    const kind = `${page.width} ${page.height} ${page.fontName}`;
    const mark = marks.get(kind) ?? file.size + 1 + marks.size;
    if (!marks.has(kind)) add(mark, stream(`Q\n${markOperators(line, page, font)}`));
    marks.set(kind, mark);
    add(page.id, page.body.replace(/\/Contents\s+(\d+ 0 R)/, `/Contents [${before} 0 R $1 ${mark} 0 R]`));
  }
  parts.push(crossReference(offsets, file, file.size + 1 + marks.size, length));
  return done(joined(original, parts.join('')));
}

type PdfFile = { readonly offsets: ReadonlyMap<number, number>; readonly size: number; readonly root: number; readonly previous: number; readonly trailer: string };
type PageObject = { readonly id: number; readonly body: string; readonly width: number; readonly height: number; readonly fontName: string };

/** One byte, one character: offsets in the text are offsets in the file. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += 8192) text += String.fromCharCode(...bytes.subarray(from, from + 8192));
  return text;
}

function readFile(text: string): PdfFile | null {
  const previous = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1] ?? Number.NaN);
  const table = Number.isNaN(previous) ? null : /^xref\s+0 (\d+)\s+((?:\d{10} \d{5} [nf]\s+)+)trailer\s+(<<[\s\S]*?>>)\s+startxref/.exec(text.slice(previous));
  const [, count, rows = '', trailer = ''] = table ?? [];
  const root = Number(/\/Root (\d+) 0 R/.exec(trailer)?.[1] ?? Number.NaN);
  if (count === undefined || Number.isNaN(root) || /\/Encrypt/.test(trailer)) return null;
  const offsets = new Map<number, number>();
  for (const [id, row] of rows.trim().split(/\s*\n\s*/).entries()) if (row.includes('n')) offsets.set(id, Number(row.slice(0, 10)));
  return { offsets, size: Number(count), root, previous, trailer };
}

/** The body between `obj` and `endobj`, or null when the table does not lead to it. */
function objectBody(text: string, file: PdfFile, id: number): string | null {
  const offset = file.offsets.get(id);
  const head = `${id} 0 obj`;
  if (offset === undefined || !text.startsWith(head, offset)) return null;
  const end = text.indexOf('endobj', offset);
  return end < 0 ? null : text.slice(offset + head.length, end).trim();
}

function pageObjects(text: string, file: PdfFile): readonly PageObject[] | null {
  const root = objectBody(text, file, file.root);
  const tree = objectBody(text, file, Number(/\/Pages (\d+) 0 R/.exec(root ?? '')?.[1]));
  const kids = [...(/\/Kids \[([^\]]*)\]/.exec(tree ?? '')?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map((match) => Number(match[1]));
  const pages = kids.map((id) => {
    const body = objectBody(text, file, id);
    const box = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(body ?? '');
    const resources = objectBody(text, file, Number(/\/Resources (\d+) 0 R/.exec(body ?? '')?.[1]));
    const fontName = /\/Font\s*<<\s*\/(F\d+) /.exec(resources ?? '')?.[1];
    if (body === null || !box || fontName === undefined || !/\/Type \/Page\b/.test(body) || !/\/Contents\s+\d+ 0 R/.test(body)) return null;
    return { id, body, width: Number(box[1]), height: Number(box[2]), fontName };
  });
  return pages.includes(null) ? null : (pages as readonly PageObject[]);
}

function stream(content: string): string {
  return `<<\n/Length ${content.length}\n>>\nstream\n${content}\nendstream`;
}

/** A framed line at the upper left, in page coordinates (origin below left, points). */
function markOperators(line: string, { width, height, fontName }: PageObject, font: FontkitFont): string {
  const size = 10;
  const scale = size / font.unitsPerEm;
  const left = 40;
  const base = height - 22;
  let x = left + 5;
  let paths = '';
  for (const character of line) {
    const glyph = font.glyphForCodePoint(character.codePointAt(0) ?? 0x3013);
    paths += glyphOperators(glyph.path.commands, x, base, scale);
    x += glyph.advanceWidth * scale;
  }
  const frame = `${number(left)} ${number(base - 5)} ${number(Math.min(x + 5, width - 10) - left)} ${number(size + 7)} re`;
  // Readers take the attached text only from a span that shows a character: one unseen one of the page's own font.
  const readable = `/Span <</ActualText <${utf16(line)}>>> BDC\nBT ${number(left + 5)} ${number(base)} Td /${fontName} ${size} Tf 3 Tr <0000> Tj ET\nEMC`;
  return `q\n1 g ${frame} f\n0 G 0.8 w ${frame} S\n0 g\n${paths}f\n${readable}\nQ\n`;
}

function glyphOperators(commands: readonly { readonly command: string; readonly args: readonly number[] }[], x: number, y: number, scale: number): string {
  const at = (args: readonly number[], index: number): readonly [number, number] => [x + (args[index] ?? 0) * scale, y + (args[index + 1] ?? 0) * scale];
  let [fromX, fromY] = [x, y];
  let out = '';
  for (const { command, args } of commands) {
    if (command === 'closePath') {
      out += 'h\n';
      continue;
    }
    const [toX, toY] = at(args, args.length - 2);
    if (command === 'moveTo') out += `${number(toX)} ${number(toY)} m\n`;
    else if (command === 'lineTo') out += `${number(toX)} ${number(toY)} l\n`;
    else if (command === 'bezierCurveTo') out += `${[...at(args, 0), ...at(args, 2), toX, toY].map(number).join(' ')} c\n`;
    else if (command === 'quadraticCurveTo') {
      // PDF knows cubic curves only: each control point lies two thirds of the way to the quadratic one.
      const [controlX, controlY] = at(args, 0);
      const third = (from: number, control: number): number => from + ((control - from) * 2) / 3;
      out += `${[third(fromX, controlX), third(fromY, controlY), third(toX, controlX), third(toY, controlY), toX, toY].map(number).join(' ')} c\n`;
    }
    [fromX, fromY] = [toX, toY];
  }
  return out;
}

function number(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

function utf16(text: string): string {
  let out = 'FEFF';
  for (let index = 0; index < text.length; index += 1) out += text.charCodeAt(index).toString(16).padStart(4, '0').toUpperCase();
  return out;
}

function crossReference(offsets: ReadonlyMap<number, number>, file: PdfFile, size: number, at: number): string {
  const rows = [...offsets].sort(([a], [b]) => a - b).map(([id, offset]) => `${id} 1\n${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = file.trailer.replace(/\/Size \d+/, `/Size ${size}`).replace(/>>\s*$/, `/Prev ${file.previous}\n>>`);
  return `xref\n${rows}trailer\n${trailer}\nstartxref\n${at}\n%%EOF\n`;
}

function joined(original: Uint8Array, tail: string): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(original.length + tail.length);
  out.set(original);
  for (let index = 0; index < tail.length; index += 1) out[original.length + index] = tail.charCodeAt(index);
  return out;
}
