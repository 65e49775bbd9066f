import { useSyncExternalStore } from 'react';
import type { MediaStatus } from '#shared/bridge/calls.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { ask, listen } from '../bridge/bridge.ts';

let status: MediaStatus | null = null;
let stop: (() => void) | null = null;
const listeners = new Set<() => void>();

function publish(next: MediaStatus): void {
  status = next;
  for (const listener of listeners) listener();
}

/** How far photos, files and videos are on their way up; null before main's first word. */
export function useMediaStatus(): MediaStatus | null {
  return useSyncExternalStore(subscribe, () => status);
}

/** Holds uploads back, or lets them go on. */
export async function pauseMedia(paused: boolean): Promise<Problem | null> {
  const outcome = await ask('media.pause', { paused });
  if (!outcome.ok) return outcome.problem;
  publish(outcome.value);
  return null;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!stop) stop = listen('media.status', publish);
  if (status === null) void ask('media.status', {}).then(publish);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stop?.();
    stop = null;
    status = null;
  };
}
