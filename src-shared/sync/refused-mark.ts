import type { HashText } from '../journal/change-id.ts';
import type { Refusal } from './wire.ts';

/**
 * Names a list of refusals in 32 digits, so that a laptop can say which ones it knows. Order and reasons count; an empty
 * list is ''.
 */
export function refusedMark(refused: readonly Refusal[], sha256: HashText): string {
  if (refused.length === 0) return '';
  const lines = [...refused].sort((a, b) => a.seq - b.seq).map(({ seq, id, problem }) => `${seq} ${id} ${JSON.stringify(problem)}`);
  return sha256(lines.join('\n')).slice(0, 32);
}
