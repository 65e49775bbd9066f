/** Steps that can be taken back and done again. `T` holds what is needed for both directions. */
export type UndoStack<T> = {
  push(step: T): void;
  /** Puts a longer step in the place of the last one; false when `merge` says that they do not belong together. */
  join(merge: (last: T) => T | null): boolean;
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
    join(merge) {
      const last = past.at(-1);
      const merged = last === undefined || future.length > 0 ? null : merge(last);
      if (merged === null) return false;
      past[past.length - 1] = merged;
      return true;
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
