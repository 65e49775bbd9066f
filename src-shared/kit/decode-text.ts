import { done, failed, type Outcome } from './outcome.ts';

export type TextEncoding = 'utf-8' | 'gb18030';

/** `new TextDecoder(encoding, { fatal: true })` of the caller's platform; null when the bytes are not in that encoding. */
export type DecodeBytes = (bytes: Uint8Array, encoding: TextEncoding) => string | null;

export type DecodedText = { readonly text: string; readonly encoding: TextEncoding };

export const MAX_TABLE_BYTES = 20 * 1024 * 1024;

/**
 * The text of a CSV file: UTF-8 with or without byte order mark, else GB18030 (what Excel in China writes). Fails with `too-large`,
 * with `unreadable-file` (reason empty | xlsx | xls | binary) for what is no text, and with `wrong-encoding`
 * for UTF-16, for bytes that are neither, and for text that already lost characters (line of the first �).
 *
 * Bytes of Big5 or Shift-JIS often are valid GB18030 too: whoever knows the expected words must check them after this.
 */
export function decodeTable(bytes: Uint8Array, decode: DecodeBytes): Outcome<DecodedText> {
  if (bytes.length === 0) return failed('unreadable-file', { reason: 'empty' });
  if (bytes.length > MAX_TABLE_BYTES) return failed('too-large', { limit: MAX_TABLE_BYTES, given: bytes.length });
  const kind = kindOf(bytes);
  if (kind === 'utf-16') return failed('wrong-encoding', { given: 'UTF-16' });
  if (kind !== 'text') return failed('unreadable-file', { reason: kind });
  const asUtf8 = decode(bytes, 'utf-8');
  const text = asUtf8 ?? decode(bytes, 'gb18030');
  if (text === null) return failed('wrong-encoding', { given: 'unknown' });
  const lost = text.indexOf('\ufffd');
  if (lost >= 0) return failed('wrong-encoding', { given: 'damaged', line: lineAt(text, lost) });
  return done({ text: text.startsWith('\ufeff') ? text.slice(1) : text, encoding: asUtf8 === null ? 'gb18030' : 'utf-8' });
}

function kindOf(bytes: Uint8Array): 'text' | 'utf-16' | 'xlsx' | 'xls' | 'binary' {
  const starts = (...magic: readonly number[]): boolean => magic.every((byte, index) => bytes[index] === byte);
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) return 'utf-16';
  if (starts(0x50, 0x4b, 0x03, 0x04)) return 'xlsx';
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return 'xls';
  return bytes.subarray(0, 100_000).includes(0) ? 'binary' : 'text';
}

function lineAt(text: string, offset: number): number {
  return (text.slice(0, offset).match(/\r\n|\r|\n/g)?.length ?? 0) + 1;
}
