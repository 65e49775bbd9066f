import { createContext } from 'react';
import type { Problem } from '#shared/kit/problem.ts';

/** Ends the demo and removes what it left on this laptop; a problem when nothing was removed. Null outside a demo. */
export const EndDemo = createContext<(() => Promise<Problem | null>) | null>(null);
