import { useEffect, useState } from 'react';
import type { Problem } from '#shared/kit/problem.ts';
import { useDesk } from '../store/desk-context.tsx';
import { usePath } from '../ui/navigation.ts';
import { ProblemLine } from '../ui/problem-line.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { QuickActions } from './quick-actions.tsx';
import { Rail } from './rail.tsx';
import { Screen } from './screens.tsx';
import { TopLine } from './top-line.tsx';

/** Rail, top line, and the screen of the moment. */
export function Frame({ onSignOut }: { readonly onSignOut: () => Promise<Problem | null> }) {
  const desk = useDesk();
  const path = usePath();
  const [quick, setQuick] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.ctrlKey || event.altKey || event.shiftKey) return;
      if (event.key === 'k') setQuick(true);
      else if (event.key === 's') void desk.flush();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [desk]);
  // Leaving a screen is one of the moments at which what was typed is journaled.
  useEffect(() => () => void desk.flush(), [desk, path]);
  return (
    <div className="app">
      <Rail />
      <TopLine onQuick={() => setQuick(true)} onSignOut={onSignOut} />
      <main className="app-screen">
        {desk.session.readOnly && <ProblemLine problem={desk.session.readOnly} />}
        <ErrorBoundary at={path}><Screen /></ErrorBoundary>
      </main>
      {quick && <QuickActions onClose={() => setQuick(false)} />}
    </div>
  );
}
