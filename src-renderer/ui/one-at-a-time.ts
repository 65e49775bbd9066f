import { useCallback, useRef, useState } from 'react';

/**
 * One act at a time: while one is under way a second press does nothing, also the one that comes before the button is drawn as
 * busy. Returns whether one is under way, and how to begin one.
 */
export function useOneAtATime(): readonly [boolean, (act: () => Promise<void>) => void] {
  const underWay = useRef(false);
  const [busy, setBusy] = useState(false);
  const begin = useCallback((act: () => Promise<void>): void => {
    if (underWay.current) return;
    underWay.current = true;
    setBusy(true);
    void act().finally(() => {
      underWay.current = false;
      setBusy(false);
    });
  }, []);
  return [busy, begin];
}
