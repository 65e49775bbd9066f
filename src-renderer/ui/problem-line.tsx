import type { Problem } from '#shared/kit/problem.ts';
import { useProblemText } from './problem-text.ts';
import './page.css';

/** One expected failure as a sentence: what happened, what is safe, what to do next. */
export function ProblemLine({ problem, className }: { readonly problem: Problem; readonly className?: string }) {
  const textOf = useProblemText();
  return <p role="alert" className={className ?? 'ui-problem'}>{textOf(problem)}</p>;
}
