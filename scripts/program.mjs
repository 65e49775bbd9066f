// The frame of every command: an expected failure is one sentence and exit code 1, a bug keeps its stack.

/**
 * Runs a command's body. An Error without a cause of its own is a sentence for the person at the terminal.
 * @param {string} name
 * @param {() => Promise<number | void>} body resolves to the exit code, nothing means 0
 */
export async function program(name, body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    const isBug = !(error instanceof Error) || error instanceof TypeError || error instanceof ReferenceError;
    process.stderr.write(`[${name}] ${isBug && error instanceof Error ? error.stack : error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
