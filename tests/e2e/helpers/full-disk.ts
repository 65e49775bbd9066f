import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Mounting takes root on Linux. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0;

/** A real, small file system of its own. */
export function smallDisk(folder: string, megabytes: number) {
  mkdirSync(folder, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  const ballast = path.join(folder, 'somebody-elses-film.mp4');
  return {
    /** To the last byte. */
    fill() {
      const file = openSync(ballast, 'w');
      const piece = Buffer.alloc(1024 * 1024, 7);
      for (let size = piece.length; size > 0;) {
        try {
          writeSync(file, piece, 0, size);
        } catch {
          // Full for this size: what is left is smaller.
          size = Math.floor(size / 2);
        }
      }
      closeSync(file);
    },
    makeRoom: () => rmSync(ballast),
    unmount: () => execFileSync('umount', ['-l', folder]),
  };
}
