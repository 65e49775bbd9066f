import { useCallback, useState } from 'react';

const kept = new Map<string, unknown>();

/**
 * State of a form that goes out with a button: what was begun is still there after a look at another screen. It is not stored
 * anywhere before the button is pressed, and belongs to the officer who typed it (`forgetKept`).
 */
export function useKept<T>(key: string, initial: T): readonly [T, (value: T) => void, () => void] {
  const [value, setValue] = useState<T>(() => (kept.has(key) ? (kept.get(key) as T) : initial));
  const put = useCallback((next: T): void => {
    kept.set(key, next);
    setValue(next);
  }, [key]);
  const forget = useCallback((): void => void kept.delete(key), [key]);
  return [value, put, forget];
}

/** Another officer's words are not for the next one. */
export function forgetKept(): void {
  kept.clear();
}
