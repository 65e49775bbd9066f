import { createContext, useSyncExternalStore } from 'react';

/**
 * Typed text that no record can hold (too long, no number): it stays in its field, also while the person looks at another
 * screen, is counted in the truth line and named before the window closes.
 */
export type Unstored = { readonly key: string; readonly label: string; readonly text: string };

/** Which record the fields inside belong to; null: a dialog of its own, whose text is nobody's yet. */
export const UnstoredScope = createContext<string | null>(null);

const texts = new Map<string, Unstored>();
const listeners = new Set<() => void>();
let list: readonly Unstored[] = [];

export function unstoredText(key: string | null): string | null {
  return key === null ? null : (texts.get(key)?.text ?? null);
}

/** `text` null: the field is in order again. */
export function noteUnstored(key: string | null, label: string, text: string | null): void {
  if (key === null || (text === null && !texts.has(key))) return;
  if (text === null) texts.delete(key);
  else texts.set(key, { key, label, text });
  list = [...texts.values()];
  for (const listener of listeners) listener();
}

/** Another officer's texts are not for the next one. */
export function forgetUnstored(): void {
  for (const { key, label } of list) noteUnstored(key, label, null);
}

export function unstored(): readonly Unstored[] {
  return list;
}

export function useUnstored(): readonly Unstored[] {
  return useSyncExternalStore(listen, unstored);
}

function listen(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
}
