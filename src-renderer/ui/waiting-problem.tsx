import { useEffect, useState } from 'react';
import type { Problem } from '#shared/kit/problem.ts';
import { ProblemLine } from './problem-line.tsx';

/** Seconds until the next try is allowed, counted down from the problem's `waitSeconds`; 0 when there is nothing to wait for. */
export function useSecondsLeft(problem: Problem | null): number {
  const [shown, setShown] = useState<{ readonly of: Problem | null; readonly left: number }>({ of: null, left: 0 });
  useEffect(() => {
    const until = performance.now() + waitOf(problem) * 1000;
    const show = (): number => {
      const left = Math.max(0, Math.ceil((until - performance.now()) / 1000));
      setShown({ of: problem, left });
      return left;
    };
    if (show() === 0) return undefined;
    const timer = setInterval(() => show() === 0 && clearInterval(timer), 250);
    return () => clearInterval(timer);
  }, [problem]);
  return shown.of === problem ? shown.left : waitOf(problem);
}

/** A problem that says how long to wait, with the seconds that are left; then that it may be tried again. */
export function WaitingProblem({ problem, left }: { readonly problem: Problem; readonly left: number }) {
  const { waitSeconds: _waitSeconds, reason, ...detail } = problem.detail ?? {};
  if (waitOf(problem) === 0) return <ProblemLine problem={problem} />;
  const known = reason === undefined ? detail : { ...detail, reason };
  return <ProblemLine problem={{ code: problem.code, detail: left > 0 ? { ...known, waitSeconds: left } : { ...detail, reason: 'waited' } }} />;
}

function waitOf(problem: Problem | null): number {
  const seconds = problem?.detail?.['waitSeconds'];
  return typeof seconds === 'number' && seconds > 0 ? seconds : 0;
}
