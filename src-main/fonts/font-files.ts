import { open, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { readFontFaces, type FontFace } from './font-faces.ts';

/** Folders below a font folder, and bytes of a font: beyond these it is no installed typeface of an office. */
const limit = { depth: 6, fileBytes: 64 * 1024 * 1024 } as const;

/** The font files in and below `folder`, by name; links are followed, no folder twice. A folder that is not there is empty. */
export async function* fontFilesIn(folder: string, seen: Set<string> = new Set(), depth = 0): AsyncGenerator<string> {
  const real = await realpath(folder).catch(() => null);
  if (real === null || seen.has(real) || depth > limit.depth) return;
  seen.add(real);
  const names = await readdir(real).catch(() => []);
  for (const name of names.sort()) {
    const entry = path.join(real, name);
    const about = await stat(entry).catch(() => null);
    if (about?.isDirectory()) yield* fontFilesIn(entry, seen, depth + 1);
    else if (about?.isFile() && about.size <= limit.fileBytes && /\.(ttf|otf|ttc|otc)$/i.test(name)) yield entry;
  }
}

/** The faces of one file; none when it can not be read. */
export async function facesOf(file: string): Promise<readonly FontFace[]> {
  const handle = await open(file, 'r').catch(() => null);
  if (handle === null) return [];
  try {
    return await readFontFaces(async (offset, length) => {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    });
  } catch {
    // Gone, or unreadable in the middle: for us it is not there.
    return [];
  } finally {
    await handle.close();
  }
}
