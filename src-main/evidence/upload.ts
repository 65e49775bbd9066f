import type { MediaStatus, SyncStatus } from '#shared/bridge/calls.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { EvidenceStore, StoredOriginal } from './store.ts';
import { stopsAll, uploadOne, type EvidenceOffice, type Rest } from './upload-one.ts';
import { uploadProgress } from './upload-progress.ts';

export type { EvidenceOffice } from './upload-one.ts';

export type EvidenceUpload = {
  /** A good moment to go on: after a contact, or when something was stored. */
  goOn(): void;
  /** Uploads this one now, ahead of the others and also while paused; for an act of the server that names it. */
  ensure(sha256: string): Promise<Outcome<void>>;
  /** What the server lacks; bytes that it already holds of those under way are not counted. */
  pending(): SyncStatus['evidencePending'];
  /** The same for people: bytes, speed, time left, and what is refused and why. */
  status(): MediaStatus;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

export type UploadParts = {
  readonly store: Pick<EvidenceStore, 'path' | 'describe' | 'notUploaded' | 'markUploaded' | 'isIntact' | 'uploadsPaused'>;
  readonly office: EvidenceOffice;
  /** False while records wait: they go first, also between two pieces of a long video. */
  readonly recordsAreSent: () => boolean;
  readonly onProgress: () => void;
  /** ms of a clock that never jumps. */
  readonly now: () => number;
};

/** Two on the line at once hide each other's waiting for the server; more would only divide it. */
const LANES = 2;
/** From here on an original is long: only one of these goes at a time, so that photos never stand behind videos. */
const LONG_BYTES = 16 * 1024 * 1024;

/** Uploads stored originals, photos before videos, each from where the server stands (upload-one.ts). */
export function evidenceUpload({ store, office, recordsAreSent, onProgress, now }: UploadParts): EvidenceUpload {
  const progress = uploadProgress(now);
  const underWay = new Map<string, Promise<Outcome<Rest>>>();
  const urgent = new Set<string>();
  // One that the server refuses for its own sake waits for the next sign-in and holds up no other.
  const refused = new Map<string, Problem>();
  /** Another laptop sends it: asked again at the next contact. */
  const elsewhere = new Set<string>();
  let stopped = false;
  let noUse = false;

  const upload = (original: StoredOriginal, mayGoOn: () => boolean): Promise<Outcome<Rest>> => {
    const { sha256 } = original;
    const mine = uploadOne(original, { store, office, progress, onProgress, mayGoOn: () => !stopped && mayGoOn() }).then((result) => {
      progress.rests(original, result.ok && result.value === 'complete');
      underWay.delete(sha256);
      onProgress();
      return result;
    });
    underWay.set(sha256, mine);
    return mine;
  };
  const untilComplete = async (original: StoredOriginal): Promise<Outcome<void>> => {
    while (store.notUploaded().some(({ sha256 }) => sha256 === original.sha256)) {
      const result = await (underWay.get(original.sha256) ?? upload(original, () => true));
      if (!result.ok) return result;
      if (result.value === 'elsewhere') return failed('rate-limited', { reason: 'upload-under-way' });
      if (stopped) return failed('not-signed-in');
    }
    return done(undefined);
  };
  const isTurn = (): boolean => !stopped && !noUse && !store.uploadsPaused() && recordsAreSent() && urgent.size === 0;
  const next = (): StoredOriginal | null => {
    const waiting = store.notUploaded().filter(({ sha256 }) => !underWay.has(sha256) && !refused.has(sha256) && !elsewhere.has(sha256));
    const short = waiting.find(({ byteLength }) => byteLength <= LONG_BYTES);
    const longIsUnderWay = [...underWay.keys()].some((sha256) => (store.describe(sha256)?.byteLength ?? 0) > LONG_BYTES);
    return short ?? (longIsUnderWay ? null : (waiting[0] ?? null));
  };
  const lane = async (): Promise<void> => {
    for (let original = isTurn() ? next() : null; original; original = isTurn() ? next() : null) {
      const { sha256 } = original;
      const result = await upload(original, () => isTurn() || urgent.has(sha256));
      if (result.ok && result.value === 'elsewhere') elsewhere.add(sha256);
      else if (!result.ok && stopsAll(result.problem)) noUse = true;
      else if (!result.ok) refused.set(sha256, result.problem);
    }
  };
  const lanes = lanesFor(() => isTurn() && next() !== null, lane);

  const settled = async (): Promise<void> => {
    await lanes.settled();
    await Promise.all(underWay.values());
  };
  return {
    goOn() {
      noUse = false;
      elsewhere.clear();
      lanes.fill();
    },
    async ensure(sha256) {
      const original = store.describe(sha256);
      if (!original) return failed('evidence-missing', { sha256 });
      urgent.add(sha256);
      const result = await untilComplete(original);
      urgent.delete(sha256);
      lanes.fill();
      return result;
    },
    pending() {
      const waiting = store.notUploaded();
      return { files: waiting.length, bytes: waiting.reduce((sum, each) => sum + each.byteLength - progress.heldBytes(each.sha256), 0) };
    },
    status: () => progress.view(store.notUploaded(), refused, store.uploadsPaused()),
    settled,
    stop() {
      stopped = true;
      return settled();
    },
  };
}

type Lanes = { fill(): void; settled(): Promise<void> };

/** Keeps up to LANES runs of `lane` going while there is work; what comes while one goes its last steps begins another. */
function lanesFor(hasWork: () => boolean, lane: () => Promise<void>): Lanes {
  const running = new Set<Promise<void>>();
  const fill = (): void => {
    while (running.size < LANES && hasWork()) {
      const mine: Promise<void> = lane().finally(() => {
        running.delete(mine);
        fill();
      });
      running.add(mine);
    }
  };
  return {
    fill,
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
