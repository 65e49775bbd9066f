import { PIECE_CHANGES } from '#shared/journal/append-limits.ts';
import type { AppliedChange, NewChange } from '#shared/journal/change.ts';
import { done, type Outcome } from '#shared/kit/outcome.ts';
import type { DeskBridge } from '../bridge/bridge.ts';
import type { Edit } from './desk.ts';

export type ManyParts = {
  readonly bridge: Pick<DeskBridge, 'ask'>;
  readonly newId: () => string;
  readonly changesOf: (edits: readonly Edit[]) => Promise<Outcome<readonly NewChange[]>>;
  /** Rows and position in one transaction; the ids of the records that changed. */
  readonly adopt: (changes: readonly AppliedChange[], ownSeq: number) => Promise<ReadonlySet<string>>;
  readonly ownSeq: () => number;
};

/** `isShown`: false when it is in the journal and the working copy did not take it. */
export type ManyWritten = { readonly shown: ReadonlySet<string>; readonly isShown: boolean };

/**
 * A table in one append: handed over in pieces, written at once, and read back in pieces, so that no step holds up the
 * window. Until the one append nothing is anywhere but in memory.
 */
export function editMany(parts: ManyParts): (edits: readonly Edit[], onStep: (records: number) => void) => Promise<Outcome<ManyWritten>> {
  const { ask } = parts.bridge;

  const stage = async (batchId: string, edits: readonly Edit[], onStep: (records: number) => void): Promise<Outcome<number>> => {
    let staged = 0;
    for (let at = 0; at < edits.length; at += PIECE_CHANGES) {
      const changes = await parts.changesOf(edits.slice(at, at + PIECE_CHANGES));
      if (!changes.ok) return changes;
      if (changes.value.length === 0) continue;
      const taken = await ask('journal.stage', { batchId, changes: changes.value as NewChange[] });
      if (!taken.ok) return taken;
      staged = taken.value.staged;
      onStep(Math.floor(staged / 2));
    }
    return done(staged);
  };

  const show = async (throughSeq: number, shown: Set<string>, onStep: (records: number) => void, of: number): Promise<void> => {
    while (parts.ownSeq() < throughSeq) {
      const { changes } = await ask('journal.read', { fromSeq: parts.ownSeq() + 1, limit: PIECE_CHANGES });
      const last = changes.at(-1);
      if (!last) throw new Error('the journal does not give back what it took');
      for (const id of await parts.adopt(changes, last.seq)) shown.add(id);
      onStep(Math.ceil((of + shown.size) / 2));
    }
  };

  return async (edits, onStep) => {
    const batchId = parts.newId();
    const shown = new Set<string>();
    const staged = await stage(batchId, edits, onStep);
    if (!staged.ok) return staged;
    if (staged.value === 0) return done({ shown, isShown: true });
    const written = await ask('journal.append-staged', { batchId, count: staged.value });
    if (!written.ok) return written;
    // From here on it is in the journal, and the answer is yes.
    const isShown = await show(written.value.throughSeq, shown, onStep, staged.value).then(() => true, () => false);
    return done({ shown, isShown });
  };
}
