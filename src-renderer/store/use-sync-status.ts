import { useSyncExternalStore } from 'react';
import type { SyncStatus } from '#shared/bridge/calls.ts';
import { ask, listen } from '../bridge/bridge.ts';

let status: SyncStatus | null = null;
let stop: (() => void) | null = null;
const listeners = new Set<() => void>();

function publish(next: SyncStatus): void {
  status = next;
  for (const listener of listeners) listener();
}

/** What main last said about the exchange; null before its first word. */
export function useSyncStatus(): SyncStatus | null {
  return useSyncExternalStore(subscribe, () => status);
}

/** Exchanges now, whatever the rhythm; the answer is shown everywhere. */
export async function syncNow(): Promise<void> {
  publish(await ask('sync.now', {}));
}

/** Another officer's status must not be seen: forgets it and asks anew. */
export function forgetSyncStatus(): void {
  status = null;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!stop) stop = listen('sync.status', publish);
  if (status === null) void ask('sync.status', {}).then(publish);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stop?.();
    stop = null;
    status = null;
  };
}
