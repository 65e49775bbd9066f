/** Lets everything else that waits for the process have its turn: main draws the window's frame and passes on its keys. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
