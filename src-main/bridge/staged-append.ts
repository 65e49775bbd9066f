import { MAX_APPEND_BYTES, MAX_APPEND_CHANGES } from '#shared/journal/append-limits.ts';
import type { NewChange } from '#shared/journal/change.ts';
import { done, failed } from '#shared/kit/outcome.ts';
import type { SessionHolder } from '../keys/open-session.ts';
import type { BridgeHandlers } from './answer.ts';

/** What the pieces so far make; forgotten with the session, and as soon as another append is begun. */
type Staged = { readonly batchId: string; readonly journal: object; readonly changes: NewChange[]; bytes: number };

/**
 * A large append comes over the bridge in pieces, so that neither process is held up by one huge message, and is written as
 * one. Fails with `too-large`, and with `invalid-input` when main does not hold the pieces that are to be appended.
 */
export function stagedAppendCalls(holder: Pick<SessionHolder, 'current'>): Pick<BridgeHandlers, 'journal.stage' | 'journal.append-staged'> {
  let staged: Staged | null = null;
  return {
    'journal.stage': async ({ batchId, changes }) => {
      const journal = holder.current()?.journal;
      if (!journal) return failed('not-signed-in');
      const into: Staged = staged?.batchId === batchId && staged.journal === journal ? staged : { batchId, journal, changes: [], bytes: 0 };
      const bytes = into.bytes + Buffer.byteLength(JSON.stringify(changes));
      const count = into.changes.length + changes.length;
      staged = null;
      if (count > MAX_APPEND_CHANGES) return failed('too-large', { limit: MAX_APPEND_CHANGES, length: count });
      if (bytes > MAX_APPEND_BYTES) return failed('too-large', { limit: MAX_APPEND_BYTES, length: bytes });
      into.changes.push(...changes);
      into.bytes = bytes;
      staged = into;
      return done({ staged: count });
    },
    'journal.append-staged': async ({ batchId, count }) => {
      const journal = holder.current()?.journal;
      const whole = staged;
      staged = null;
      if (!journal) return failed('not-signed-in');
      if (whole?.batchId !== batchId || whole.journal !== journal || whole.changes.length !== count) return failed('invalid-input', { field: 'changes' });
      const receipt = await journal.append(whole.changes);
      if (!receipt.ok) return receipt;
      const { changes } = receipt.value;
      return done({ fromSeq: changes[0]?.seq ?? 0, throughSeq: changes.at(-1)?.seq ?? 0 });
    },
  };
}
