import { done, failed, type Outcome } from '#shared/kit/outcome.ts';

/** A table of rooms is small; beyond this it is another file. */
const MAX_BYTES = 20 * 1024 * 1024;

/** The text of a file people call CSV: UTF-8 with or without BOM, UTF-16 with BOM, else GB18030. Anything else fails with `wrong-encoding`. */
export async function readTextFile(file: Blob): Promise<Outcome<string>> {
  if (file.size > MAX_BYTES) return failed('too-large', { limit: MAX_BYTES });
  return decodeText(new Uint8Array(await file.arrayBuffer()));
}

export function decodeText(bytes: Uint8Array): Outcome<string> {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  for (const encoding of utf16 ? [utf16] : ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      // A picture or a workbook also decodes as GB18030: its zero bytes give it away.
      if (!text.includes('\u0000')) return done(text);
    } catch {
      // Not this encoding; the next one is tried.
    }
  }
  return failed('wrong-encoding');
}
