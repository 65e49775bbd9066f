import { failed, type Outcome } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';

/** The person's word for a failed disk call. ENOSPC and EDQUOT are a full disk, EROFS and EACCES a forbidden one. */
export function diskProblem(error: unknown): { readonly ok: false; readonly problem: Problem } {
  const code = errorCode(error);
  // Without a code it is no disk error but a bug in ours, and must stay visible as one.
  if (code === null) throw error;
  if (isFull(error)) return failed('disk-full');
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return failed('read-only', { cause: code });
  return failed('storage-failed', { cause: code });
}

/** Runs a task whose disk calls may fail; their errors become problems, all others stay bugs. */
export async function orDiskProblem<T>(task: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await task();
  } catch (error) {
    return diskProblem(error);
  }
}

export function isFull(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

export function errorCode(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : null;
}
