import { useEffect } from 'react';

/** Tells pictures, tests and the start-up bench that the first screen is complete (see index.html). */
export function useScreenReady(ready: boolean): void {
  useEffect(() => {
    if (ready) document.documentElement.dataset['screen'] = 'ready';
  }, [ready]);
}
