import { useSyncExternalStore } from 'react';
import type { ThemeName } from './tokens.ts';

/** What a person prefers on this laptop. Never anything that matters: losing it costs a click. */
export type Preferences = {
  readonly theme: ThemeName | 'system';
  readonly language: 'zh-CN' | 'en';
  /** Name of the printer offered first; null = the system's default. */
  readonly printer: string | null;
  /** Login name of the demo account used last. */
  readonly demoAccount: string | null;
};

const key = 'xuncha-preferences';
const usual: Preferences = { theme: 'system', language: 'zh-CN', printer: null, demoAccount: null };
const listeners = new Set<() => void>();
let current: Preferences | null = null;

export function preferences(): Preferences {
  current ??= read();
  return current;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...preferences(), ...change };
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // A full or forbidden store: the choice holds until the window closes.
  }
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(listen, preferences);
}

function listen(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
}

function read(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return checked(stored !== null && typeof stored === 'object' ? (stored as Partial<Record<keyof Preferences, unknown>>) : {});
  } catch {
    return usual;
  }
}

function checked(stored: Partial<Record<keyof Preferences, unknown>>): Preferences {
  const { theme, language, printer, demoAccount } = stored;
  return {
    theme: theme === 'light' || theme === 'dark' || theme === 'contrast' ? theme : usual.theme,
    language: language === 'en' ? 'en' : usual.language,
    printer: typeof printer === 'string' ? printer : null,
    demoAccount: typeof demoAccount === 'string' ? demoAccount : null,
  };
}
