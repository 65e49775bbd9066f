import { typefaceRoles, type SystemTypeface, type TypefaceRole } from '#shared/bridge/system-typefaces.ts';
import type { FontFace } from './font-faces.ts';
import { facesOf, fontFilesIn } from './font-files.ts';
import { fitness } from './wanted-typefaces.ts';

/** What is known of a role; `file` is null unless the typeface is usable. */
export type FoundTypeface = { readonly typeface: SystemTypeface; readonly file: string | null };
export type FoundTypefaces = Readonly<Record<TypefaceRole, FoundTypeface>>;

export type Search = {
  readonly folders: readonly string[];
  /** A folder on a network that is gone answers never: after so long, what was found counts, ms. */
  readonly timeLimitMs: number;
  readonly readFaces?: (file: string) => Promise<readonly FontFace[]>;
};

type Candidate = { readonly rank: number; readonly file: string; readonly face: FontFace };

/** Files that are read at the same time. */
const atOnce = 8;

/**
 * Looks through the font folders for 仿宋 and 小标宋, by the names inside the files: a file's own name proves nothing. The
 * best name wins, then the first file; a face that may not be embedded is never used, and named only when no other is there.
 */
export async function findTypefaces({ folders, timeLimitMs, readFaces = facesOf }: Search): Promise<FoundTypefaces> {
  const candidates: Record<TypefaceRole, Candidate[]> = { fangsong: [], xiaobiaosong: [] };
  const timeIsUp = AbortSignal.timeout(timeLimitMs);
  const look = async (file: string): Promise<void> => {
    for (const face of await readFaces(file)) {
      for (const role of typefaceRoles) {
        const rank = fitness(role, face.names);
        if (rank !== null) candidates[role].push({ rank, file, face });
      }
    }
  };
  const up = new Promise<void>((resolve) => timeIsUp.addEventListener('abort', () => resolve(), { once: true }));
  await Promise.race([everyFile(folders, look, timeIsUp), up]);
  return { fangsong: best(candidates.fangsong), xiaobiaosong: best(candidates.xiaobiaosong) };
}

async function everyFile(folders: readonly string[], look: (file: string) => Promise<void>, timeIsUp: AbortSignal): Promise<void> {
  const seen = new Set<string>();
  let batch: Promise<void>[] = [];
  for (const folder of folders) {
    for await (const file of fontFilesIn(folder, seen)) {
      if (timeIsUp.aborted) return;
      batch.push(look(file));
      if (batch.length < atOnce) continue;
      await Promise.all(batch);
      batch = [];
    }
  }
  await Promise.all(batch);
}

function best(candidates: readonly Candidate[]): FoundTypeface {
  const inOrder = [...candidates].sort((a, b) => a.rank - b.rank || (a.file < b.file ? -1 : 1));
  const usable = inOrder.find(({ face }) => face.embeddable);
  if (usable) {
    const { family, inCollection, postScriptName } = usable.face;
    return { typeface: { kind: 'usable', family, collectionFace: inCollection ? postScriptName : null }, file: usable.file };
  }
  const [refused] = inOrder;
  return { typeface: refused ? { kind: 'not-embeddable', family: refused.face.family } : { kind: 'absent' }, file: null };
}
