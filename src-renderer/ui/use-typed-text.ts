import { useContext, useEffect, useRef, useState } from 'react';
import type { Outcome } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { noteUnstored, unstoredText, UnstoredScope } from './unstored.ts';

export type TypedText = {
  /** What the field shows: the typing while it lasts, else the stored value. */
  readonly text: string;
  /** Why the typing can not be stored. It stays in the field. */
  readonly problem: Problem | null;
  readonly onType: (text: string) => void;
  readonly onFocus: () => void;
  readonly onLeave: () => void;
};

/**
 * A field between typing and storing. What can be read goes to `onValue` at once; what can not stays in the field with its
 * reason and is stored nowhere. A stored value that changes elsewhere shows as soon as nobody types here.
 */
export function useTypedText<T extends string | null>(label: string, stored: T, read: (text: string) => Outcome<T>, onValue: (value: T) => void): TypedText {
  const scope = useContext(UnstoredScope);
  const key = scope === null ? null : `${scope}/${label}`;
  const [typed, setTyped] = useState<string | null>(() => unstoredText(key));
  const [problem, setProblem] = useState<Problem | null>(() => problemOf(read, unstoredText(key)));
  const focused = useRef(false);
  const sent = useRef<T>(stored);

  useEffect(() => {
    if (!focused.current && problem === null) setTyped(null);
  }, [stored, problem]);

  return {
    text: typed ?? stored ?? '',
    problem,
    onType(text) {
      setTyped(text);
      const outcome = read(text);
      setProblem(outcome.ok ? null : outcome.problem);
      noteUnstored(key, label, outcome.ok ? null : text);
      if (!outcome.ok) return;
      sent.current = outcome.value;
      onValue(outcome.value);
    },
    onFocus() {
      focused.current = true;
    },
    onLeave() {
      focused.current = false;
      if (problem === null && sent.current === stored) setTyped(null);
    },
  };
}

function problemOf<T>(read: (text: string) => Outcome<T>, text: string | null): Problem | null {
  if (text === null) return null;
  const outcome = read(text);
  return outcome.ok ? null : outcome.problem;
}
