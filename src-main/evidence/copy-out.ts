import { createHash } from 'node:crypto';
import path from 'node:path';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { inFolder, type Disk } from '../journal/disk.ts';

/**
 * Copies an original to a file of the person's, hashing it on the way: a file appears only when it is the original
 * (`evidence-damaged` otherwise). Rejects with the disk's error.
 */
export async function copyOut(disk: Disk, target: string, sha256: string, pieces: AsyncIterable<Uint8Array>): Promise<Outcome<{ readonly path: string }>> {
  const folder = path.dirname(target);
  const part = inFolder(folder, `${path.basename(target)}.part`);
  await disk.remove(part);
  const file = await disk.open(part, 'fresh');
  const hash = createHash('sha256');
  try {
    let offset = 0;
    for await (const piece of pieces) {
      await file.writeAt(piece, offset);
      hash.update(piece);
      offset += piece.length;
    }
    await file.fdatasync();
  } catch (error) {
    await file.close();
    await disk.remove(part);
    throw error;
  }
  await file.close();
  if (hash.digest('hex') !== sha256) {
    await disk.remove(part);
    return failed('evidence-damaged', { sha256 });
  }
  await disk.rename(part, target);
  await disk.fsyncFolder(folder);
  return done({ path: target });
}
