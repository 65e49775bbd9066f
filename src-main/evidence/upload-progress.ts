import type { MediaStatus } from '#shared/bridge/calls.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { StoredOriginal } from './store.ts';

export type UploadProgress = {
  /** The server holds this much of it for sure. */
  stands(original: StoredOriginal, receivedBytes: number): void;
  /** So many more bytes went onto the line. */
  passed(sha256: string, bytes: number): void;
  /** Nobody sends it at this moment, because it is complete or because it waits. */
  rests(original: StoredOriginal, complete: boolean): void;
  /** Bytes of `sha256` that the server holds for sure, as far as it was asked since the sign-in. */
  heldBytes(sha256: string): number;
  view(waiting: readonly StoredOriginal[], held: ReadonlyMap<string, Problem>, paused: boolean): MediaStatus;
};

type Sending = { readonly original: StoredOriginal; sentBytes: number };

/** Long enough to be calm, short enough to notice a better line. */
const WINDOW_MS = 20_000;
const LISTED = 50;

/** How far the uploads are and how long they will take, for people. @param now ms of a clock that never jumps */
export function uploadProgress(now: () => number): UploadProgress {
  const sending = new Map<string, Sending>();
  const heldBytes = new Map<string, number>();
  /** Complete since the queue was last empty. */
  let doneBytes = 0;
  let passedBytes = 0;
  let samples: readonly { readonly at: number; readonly passedBytes: number }[] = [];

  const sample = (): void => {
    const at = now();
    const last = samples.at(-1);
    if (last && at - last.at < 250) return;
    samples = [...samples.filter((each) => at - each.at <= WINDOW_MS), { at, passedBytes }];
  };
  const rate = (): number | null => {
    const first = samples[0];
    if (!first || sending.size === 0) return null;
    const elapsedMs = now() - first.at;
    return elapsedMs < 1000 ? null : Math.round(((passedBytes - first.passedBytes) / elapsedMs) * 1000);
  };
  return {
    stands(original, receivedBytes) {
      // A pause is not slowness.
      if (sending.size === 0) samples = [];
      sending.set(original.sha256, { original, sentBytes: receivedBytes });
      heldBytes.set(original.sha256, receivedBytes);
      sample();
    },
    passed(sha256, bytes) {
      const one = sending.get(sha256);
      if (!one) return;
      one.sentBytes = Math.min(one.original.byteLength, one.sentBytes + bytes);
      passedBytes += bytes;
      sample();
    },
    rests(original, complete) {
      sending.delete(original.sha256);
      if (!complete) return;
      doneBytes += original.byteLength;
      heldBytes.delete(original.sha256);
    },
    heldBytes: (sha256) => heldBytes.get(sha256) ?? 0,
    view(waiting, held, paused) {
      if (waiting.length === 0 && sending.size === 0) doneBytes = 0;
      const uploading = [...sending.values()].map(({ original, sentBytes }) => ({ ...original, sentBytes }));
      const resting = waiting.reduce((sum, { sha256 }) => sum + (sending.has(sha256) ? 0 : (heldBytes.get(sha256) ?? 0)), 0);
      const sentBytes = doneBytes + resting + uploading.reduce((sum, each) => sum + each.sentBytes, 0);
      const totalBytes = Math.max(sentBytes, doneBytes + waiting.reduce((sum, each) => sum + each.byteLength, 0));
      const bytesPerSecond = rate();
      const refused = waiting.flatMap((original) => {
        const problem = held.get(original.sha256);
        return problem ? [{ ...original, problem }] : [];
      });
      const heldBack = refused.reduce((sum, each) => sum + each.byteLength, 0);
      const secondsLeft = bytesPerSecond ? Math.ceil(Math.max(0, totalBytes - sentBytes - heldBack) / bytesPerSecond) : null;
      return { paused, files: waiting.length, sentBytes, totalBytes, bytesPerSecond, secondsLeft, uploading, refused: refused.slice(0, LISTED) };
    },
  };
}
