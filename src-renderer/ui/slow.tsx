import { useEffect, useState, type ReactNode } from 'react';

/** Draws its children only when the wait is longer than 100 ms: what is faster shows no waiting at all. */
export function Slow({ afterMs = 100, children }: { readonly afterMs?: number; readonly children: ReactNode }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), afterMs);
    return () => clearTimeout(timer);
  }, [afterMs]);
  return late ? children : null;
}
