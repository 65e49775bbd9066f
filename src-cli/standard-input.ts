import type { Readable } from 'node:stream';
import { BadInput } from './bad-input.ts';

export const MAX_INPUT_BYTES = 10 * 1024 * 1024;

/** All of standard input as text. Throws BadInput when it is a terminal, is not UTF-8, or is larger than 10 MB. */
export async function readStandardInput(stream: Readable & { readonly isTTY?: boolean }): Promise<string> {
  if (stream.isTTY) throw new BadInput('expected JSON on standard input, found a terminal');
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const piece = chunk as Uint8Array;
    bytes += piece.byteLength;
    if (bytes > MAX_INPUT_BYTES) throw new BadInput(`standard input is larger than ${MAX_INPUT_BYTES} bytes`);
    chunks.push(piece);
  }
  try {
    // Drops a byte order mark, refuses what is not UTF-8.
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new BadInput('standard input is not UTF-8');
  }
}
