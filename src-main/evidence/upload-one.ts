import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { Problem, ProblemCode } from '#shared/kit/problem.ts';
import type { Standing, UploadPiece } from './media-client.ts';
import type { EvidenceStore, StoredOriginal } from './store.ts';
import { pieceAt } from './upload-piece.ts';
import type { UploadProgress } from './upload-progress.ts';

/** The server's side of an upload. */
export type EvidenceOffice = {
  /** Null: it has heard nothing of it. */
  standing(sha256: string): Promise<Outcome<Standing | null>>;
  begin(piece: UploadPiece): Promise<Outcome<Standing>>;
  send(piece: UploadPiece): Promise<Outcome<Standing>>;
};

export type OneUpload = {
  readonly store: Pick<EvidenceStore, 'path' | 'markUploaded' | 'isIntact'>;
  readonly office: EvidenceOffice;
  readonly progress: UploadProgress;
  readonly onProgress: () => void;
  /** Asked before each piece. */
  readonly mayGoOn: () => boolean;
};

/** How an upload rests: it is complete, it waits for its turn, or another laptop is sending the same original. */
export type Rest = 'complete' | 'waiting' | 'elsewhere';

/** Nothing else would get through either: wait for the next contact. */
const noUseGoingOn = new Set<ProblemCode>(['offline', 'server-unreachable', 'not-our-server', 'half-reply', 'insecure-server', 'server-error', 'unauthorized', 'revoked', 'please-update', 'rate-limited', 'not-signed-in']);

export function stopsAll({ code }: Problem): boolean {
  return noUseGoingOn.has(code);
}

/** A piece may be hurt on its way a few times; a whole original that is wrong twice is wrong here or there. */
const PIECE_TRIES = 3;
const WHOLE_TRIES = 2;

/**
 * Uploads one original, from where the server says that it stands, in pieces of 4 MiB: a line cut at any byte, a restart of
 * either side or a second laptop with the same photo costs at most one piece again.
 */
export async function uploadOne(original: StoredOriginal, { store, office, progress, onProgress, mayGoOn }: OneUpload): Promise<Outcome<Rest>> {
  const { sha256 } = original;
  const asked = await office.standing(sha256);
  if (!asked.ok) return asked;
  let standing = asked.value;
  const tries = { piece: 0, whole: 0 };
  while (!standing?.complete) {
    const offset: number = standing?.receivedBytes ?? 0;
    progress.stands(original, offset);
    onProgress();
    if (!mayGoOn()) return done('waiting');
    const piece = await pieceAt(original, store.path(sha256), offset, (bytes) => {
      progress.passed(sha256, bytes);
      onProgress();
    });
    if (!piece.ok) return piece;
    const sent: Outcome<Standing> = standing ? await office.send(piece.value) : await office.begin(piece.value);
    if (sent.ok && !sent.value.complete && sent.value.receivedBytes <= offset) return failed('server-error', { reason: 'not-taken' });
    if (sent.ok) {
      standing = sent.value;
      tries.piece = 0;
      continue;
    }
    const next = await afterRefusal(sent, original, standing, tries, store, office);
    if (!next.ok) return next;
    if (next.value === 'elsewhere') return done('elsewhere');
    standing = next.value;
  }
  progress.stands(original, original.byteLength);
  const marked = await store.markUploaded(sha256);
  return marked.ok ? done('complete') : marked;
}

type Refused = { readonly ok: false; readonly problem: Problem };

/** Where to go on after a piece was refused; the refusal itself when there is no use. */
async function afterRefusal(
  refused: Refused, { sha256 }: StoredOriginal, standing: Standing | null, tries: { piece: number; whole: number },
  store: OneUpload['store'], office: EvidenceOffice,
): Promise<Outcome<Standing | null | 'elsewhere'>> {
  const { code, detail } = refused.problem;
  if (code === 'rate-limited' && detail?.['reason'] === 'upload-under-way') return done('elsewhere');
  if (stopsAll(refused.problem)) return refused;
  if (code === 'evidence-damaged') {
    const isPiece = detail?.['offset'] !== undefined;
    if (isPiece && (tries.piece += 1) < PIECE_TRIES) return done(standing);
    if (isPiece || (tries.whole += 1) >= WHOLE_TRIES) return refused;
    // The server put it aside. Before all of it goes again: is what lies here still the original?
    return (await store.isIntact(sha256)) ? done(null) : failed('evidence-damaged', { sha256, where: 'laptop' });
  }
  // Another laptop may be sending the same photo, or the server has forgotten it: then it stands elsewhere, and that is fine.
  const asked = await office.standing(sha256);
  if (!asked.ok) return asked;
  const moved = asked.value?.complete === true || asked.value?.receivedBytes !== standing?.receivedBytes;
  return moved ? asked : refused;
}
