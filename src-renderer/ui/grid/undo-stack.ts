/** Steps that can be taken back and done again. `T` holds what is needed for both directions. */
export type UndoStack<T> = {
  push(step: T): void;
  /** The step to take back, or null. */
  undo(): T | null;
  redo(): T | null;
  depth(): { readonly undo: number; readonly redo: number };
};

export function createUndoStack<T>(limit = 200): UndoStack<T> {
  const past: T[] = [];
  let future: T[] = [];
  return {
    push(step) {
      past.push(step);
      if (past.length > limit) past.shift();
      future = [];
    },
    undo() {
      const step = past.pop();
      if (step === undefined) return null;
      future.push(step);
      return step;
    },
    redo() {
      const step = future.pop();
      if (step === undefined) return null;
      past.push(step);
      return step;
    },
    depth: () => ({ undo: past.length, redo: future.length }),
  };
}
