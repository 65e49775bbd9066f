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

export type Waiting = {
  /** May still become something else, as `2026-1` does: read only when the field is left. */
  readonly isUnfinished: (text: string) => boolean;
  /** Called while the text says nothing that could be stored. */
  readonly onUnread?: () => void;
};

/**
 * A field between typing and storing. What can be read goes to `onValue` at once; what can not stays in the field with its
 * reason and is stored nowhere. A stored value that changes elsewhere shows as soon as nobody types here.
 */
export function useTypedText<T extends string | null>(label: string, stored: T, read: (text: string) => Outcome<T>, onValue: (value: T) => void, waiting?: Waiting): TypedText {
  const scope = useContext(UnstoredScope);
  const key = scope === null ? null : `${scope}/${label}`;
  const [typed, setTyped] = useState<string | null>(() => unstoredText(key));
  const [problem, setProblem] = useState<Problem | null>(() => problemOf(read, unstoredText(key)));
  const focused = useRef(false);
  const sent = useRef<T>(stored);

  useEffect(() => {
    if (!focused.current && problem === null) setTyped(null);
  }, [stored, problem]);

  const take = (text: string): boolean => {
    const outcome = read(text);
    setProblem(outcome.ok ? null : outcome.problem);
    noteUnstored(key, label, outcome.ok ? null : text);
    if (!outcome.ok) {
      waiting?.onUnread?.();
      return false;
    }
    sent.current = outcome.value;
    onValue(outcome.value);
    return true;
  };

  return {
    text: typed ?? stored ?? '',
    problem,
    onType(text) {
      setTyped(text);
      if (!waiting?.isUnfinished(text)) {
        take(text);
        return;
      }
      setProblem(null);
      noteUnstored(key, label, text);
      waiting.onUnread?.();
    },
    onFocus() {
      focused.current = true;
    },
    onLeave() {
      focused.current = false;
      const isTaken = typed !== null && waiting?.isUnfinished(typed) ? take(typed) : problem === null;
      if (isTaken && sent.current === stored) setTyped(null);
    },
  };
}

function problemOf<T>(read: (text: string) => Outcome<T>, text: string | null): Problem | null {
  if (text === null) return null;
  const outcome = read(text);
  return outcome.ok ? null : outcome.problem;
}
