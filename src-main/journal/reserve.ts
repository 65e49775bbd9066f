import { randomFillSync } from 'node:crypto';
import { inFolder, type Disk } from './disk.ts';

/** Space kept back so that on a full disk the text under the person's hands can still be saved. */
export type Reserve = {
  /** Makes the file again where there is ample space; without it nothing else changes. */
  ensure(): Promise<void>;
  /** Gives the space free. False when there was none left to give. */
  release(): Promise<boolean>;
};

const reserveName = 'reserve.bin';
const PIECE_BYTES = 1024 * 1024;

export function reserveFile(disk: Disk, folder: string, bytes: number): Reserve {
  const path = inFolder(folder, reserveName);
  return {
    async ensure() {
      if ((await disk.size(path)) === bytes || (await disk.free(folder)) < bytes * 4) return;
      await disk.remove(path);
      const file = await disk.open(path, 'fresh');
      try {
        // Random bytes: a volume that compresses would give no space for zeros.
        const piece = new Uint8Array(Math.min(bytes, PIECE_BYTES));
        for (let at = 0; at < bytes; at += piece.length) {
          await file.writeAt(randomFillSync(piece).subarray(0, Math.min(piece.length, bytes - at)), at);
        }
        await file.fdatasync();
      } finally {
        await file.close();
      }
    },
    async release() {
      if ((await disk.size(path)) === null) return false;
      await disk.remove(path);
      return true;
    },
  };
}
