import { stat } from 'node:fs/promises';
import path from 'node:path';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { copyOut } from '../evidence/copy-out.ts';
import type { EvidenceReader } from '../evidence/fetch.ts';
import { rangeOf } from '../evidence/file-range.ts';
import { mediaTypeOf, withEnding } from '../evidence/media-type.ts';
import { orDiskProblem } from '../journal/disk-problem.ts';
import type { Disk } from '../journal/disk.ts';
import type { SessionHolder } from '../keys/open-session.ts';
import type { BridgeHandlers } from './answer.ts';
import { plainName } from './file-calls.ts';

export type ImportKind = 'video' | 'picture-or-video' | 'any';

export type EvidenceParts = {
  /** Answer for a hash, from this laptop or else from the server; `not-signed-in` without a session. */
  readonly read: EvidenceReader['read'];
  readonly pieces: EvidenceReader['pieces'];
  /** Asks the person for a file to take in; null = cancelled. */
  askWhich(kind: ImportKind): Promise<string | null>;
  /** Asks the person for a place; null = cancelled. */
  askWhere(suggestedName: string): Promise<string | null>;
  /** For copies that belong to the person. */
  readonly personsDisk: Disk;
};

type Calls = Pick<BridgeHandlers, 'evidence.put' | 'evidence.read' | 'evidence.import' | 'evidence.save'>;

/** Storing originals and reading them back. What is long goes by file, chosen in a dialog of main, and never over the bridge. */
export function evidenceCalls(holder: SessionHolder, { read, pieces, askWhich, askWhere, personsDisk }: EvidenceParts): Calls {
  return {
    'evidence.put': async ({ bytes, mediaType }) => (await holder.current()?.evidence.put(bytes, mediaType)) ?? failed('not-signed-in'),
    'evidence.read': async ({ sha256 }) => {
      const found = await read(sha256);
      if (!found.ok) return found;
      return { ok: true, value: { bytes: Uint8Array.from(found.value.bytes), mediaType: found.value.mediaType } };
    },
    'evidence.import': async ({ kind }) => {
      if (!holder.current()) return failed('not-signed-in');
      const file = await askWhich(kind);
      return file === null ? done(null) : await takenIn(holder, file);
    },
    'evidence.save': async ({ sha256, suggestedName }) => {
      const target = await askWhere(withEnding(plainName(suggestedName), holder.current()?.evidence.describe(sha256)?.mediaType ?? null));
      if (target === null) return done(null);
      const found = await pieces(sha256);
      return found.ok ? await orDiskProblem(() => copyOut(personsDisk, target, sha256, found.value)) : found;
    },
  };
}

async function takenIn(holder: SessionHolder, file: string) {
  return await orDiskProblem(async (): Promise<Outcome<{ sha256: string; mediaType: string; byteLength: number; name: string; capturedAt: string | null }>> => {
    const about = await stat(file);
    if (!about.isFile()) return failed('unreadable-file');
    const name = path.basename(file);
    // Asked for again: the person may have signed out while the dialog was open.
    const stored = (await holder.current()?.evidence.import(rangeOf(file, 0, Number.MAX_SAFE_INTEGER), mediaTypeOf(name), about.size)) ?? failed('not-signed-in');
    if (!stored.ok) return stored;
    return done({ ...stored.value, name: name.slice(0, 200), capturedAt: about.mtimeMs > 0 ? about.mtime.toISOString() : null });
  });
}
