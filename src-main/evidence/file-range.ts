import { open } from 'node:fs/promises';

const PIECE_BYTES = 256 * 1024;

/**
 * Bytes [start, start + length) of a file, in pieces of one buffer that is used again: whoever takes a piece is done with it
 * when he asks for the next. Ends early where the file does; rejects with the disk's error. `onPassed` hears of each piece
 * when it has been dealt with.
 */
export async function* rangeOf(file: string, start: number, length: number, onPassed?: (bytes: number) => void): AsyncGenerator<Uint8Array, void, void> {
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.allocUnsafeSlow(Math.max(1, Math.min(PIECE_BYTES, length)));
    for (let done = 0; done < length;) {
      const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, length - done), start + done);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
      onPassed?.(bytesRead);
      done += bytesRead;
    }
  } finally {
    await handle.close();
  }
}
