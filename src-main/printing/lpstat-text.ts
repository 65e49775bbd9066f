/** Reads what `lp` and `lpstat` of CUPS print in the C locale. */

/** `lpstat -e`: one destination a line. */
export function namesIn(text: string): readonly string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}

/** `lpstat -d`: `system default destination: NAME`, or a line that says there is none. */
export function defaultIn(text: string): string | null {
  return /^system default destination: (\S+)/m.exec(text)?.[1] ?? null;
}

/** `lp`: `request id is NAME-12 (1 file(s))`. */
export function jobIdIn(text: string): string | null {
  return /^request id is (\S+-\d+) \(/m.exec(text)?.[1] ?? null;
}

/** `lpstat -p` and `lpstat -a` of one printer. A printer found on the network has no lines of its own until it is used. */
export function queueStateIn(state: string, accepting: string): 'ready' | 'queue-stopped' | 'queue-rejects' {
  if (/^printer \S+ disabled since /m.test(state)) return 'queue-stopped';
  return /^\S+ not accepting requests since /m.test(accepting) ? 'queue-rejects' : 'ready';
}

/** The job's number within its scheduler: 12 of `NAME-12`. */
export function numberOf(jobId: string): number {
  return Number(/-(\d+)$/.exec(jobId)?.[1] ?? 0);
}
