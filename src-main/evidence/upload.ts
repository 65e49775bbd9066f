import { open } from 'node:fs/promises';
import type { SyncStatus } from '#shared/bridge/calls.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { ProblemCode } from '#shared/kit/problem.ts';
import { oneAtATime } from '../sync/one-at-a-time.ts';
import type { EvidencePiece, EvidenceProgress } from '../sync/server-client.ts';
import type { EvidenceStore, StoredOriginal } from './store.ts';

/** The server's side of an upload. */
export type EvidenceOffice = {
  status(sha256: string): Promise<Outcome<EvidenceProgress>>;
  send(piece: EvidencePiece): Promise<Outcome<EvidenceProgress>>;
};

export type EvidenceUpload = {
  /** A good moment to go on: after a contact, or when something was stored. */
  goOn(): void;
  /** Uploads this one now, ahead of the others; for an act of the server that names it. */
  ensure(sha256: string): Promise<Outcome<void>>;
  /** What the server lacks; bytes that it already holds of the one under way are not counted. */
  pending(): SyncStatus['evidencePending'];
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

export type UploadParts = {
  readonly store: Pick<EvidenceStore, 'path' | 'describe' | 'notUploaded' | 'markUploaded'>;
  readonly office: EvidenceOffice;
  /** False while records wait: they go first, also between two pieces of a long video. */
  readonly recordsAreSent: () => boolean;
  readonly onProgress: () => void;
};

const pieceBytes = 4 * 1024 * 1024;
/** Nothing else would get through either: wait for the next contact. */
const noUseGoingOn = new Set<ProblemCode>(['offline', 'server-unreachable', 'not-our-server', 'half-reply', 'insecure-server', 'server-error', 'unauthorized', 'revoked', 'please-update', 'rate-limited']);

/**
 * Uploads stored originals one at a time in pieces of 4 MiB. Where to go on is asked of the server each time, so a cut
 * line, a restart of either side or a second laptop with the same photo costs at most one piece.
 */
export function evidenceUpload({ store, office, recordsAreSent, onProgress }: UploadParts): EvidenceUpload {
  let stopped = false;
  let held = { sha256: '', bytes: 0 };
  // One that the server refuses for its own sake waits for the next sign-in and holds up no other.
  const refused = new Set<string>();

  // One at a time; somebody who waits for an act of the server goes ahead of the rest of a long video.
  let urgent = 0;
  let tail: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const mine = tail.then(run);
    tail = mine.catch(() => undefined);
    return mine;
  };

  const uploadOne = async (original: StoredOriginal, mayGoOn: () => boolean): Promise<Outcome<'complete' | 'waiting'>> => {
    const asked = await office.status(original.sha256);
    if (!asked.ok) return asked;
    let progress = asked.value;
    while (!progress.complete) {
      held = { sha256: original.sha256, bytes: progress.receivedBytes };
      onProgress();
      if (stopped || !mayGoOn()) return done('waiting');
      const sent = await sendPiece(original, progress.receivedBytes, store.path(original.sha256), office);
      if (!sent.ok) return sent;
      progress = sent.value;
    }
    const marked = await store.markUploaded(original.sha256);
    held = { sha256: '', bytes: 0 };
    onProgress();
    return marked.ok ? done('complete') : marked;
  };

  const runs = oneAtATime(async () => {
    for (;;) {
      const original = store.notUploaded().find((each) => !refused.has(each.sha256));
      if (!original || stopped || !recordsAreSent()) return 'rest';
      const result = await inTurn(() => uploadOne(original, () => recordsAreSent() && urgent === 0));
      if (!result.ok && noUseGoingOn.has(result.problem.code)) return 'rest';
      if (!result.ok) refused.add(original.sha256);
    }
  });

  return {
    goOn: () => runs.ask(),
    async ensure(sha256) {
      const original = store.describe(sha256);
      if (!original) return failed('evidence-missing', { sha256 });
      urgent += 1;
      const result = await inTurn(() => uploadOne(original, () => true));
      urgent -= 1;
      return result.ok ? done(undefined) : result;
    },
    pending() {
      const waiting = store.notUploaded();
      const bytes = waiting.reduce((sum, each) => sum + each.byteLength - (each.sha256 === held.sha256 ? held.bytes : 0), 0);
      return { files: waiting.length, bytes };
    },
    settled: () => runs.settled(),
    stop() {
      stopped = true;
      return runs.stop();
    },
  };
}

async function sendPiece(original: StoredOriginal, offset: number, file: string, office: EvidenceOffice): Promise<Outcome<EvidenceProgress>> {
  const bytes = await pieceOf(file, offset, Math.min(pieceBytes, original.byteLength - offset));
  if (!bytes) return failed('evidence-missing', { sha256: original.sha256 });
  const sent = await office.send({ sha256: original.sha256, mediaType: original.mediaType, offset, byteLength: original.byteLength, bytes });
  if (sent.ok && !sent.value.complete && sent.value.receivedBytes <= offset) return failed('server-error', { reason: 'not-taken' });
  if (sent.ok || noUseGoingOn.has(sent.problem.code)) return sent;
  // Another laptop may be sending the same photo: then the server stands further on, and that is fine.
  const asked = await office.status(original.sha256);
  return asked.ok && (asked.value.complete || asked.value.receivedBytes > offset) ? asked : sent;
}

/** Null when the file is gone or shorter than it was when it was stored. */
async function pieceOf(file: string, offset: number, length: number): Promise<Uint8Array | null> {
  if (length < 0) return null;
  try {
    const handle = await open(file, 'r');
    try {
      const buffer = Buffer.alloc(length);
      const { bytesRead } = await handle.read(buffer, 0, length, offset);
      return bytesRead === length ? buffer : null;
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}
