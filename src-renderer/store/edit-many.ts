import { PIECE_CHANGES } from '#shared/journal/append-limits.ts';
import type { NewChange } from '#shared/journal/change.ts';
import { done, type Outcome } from '#shared/kit/outcome.ts';
import type { DeskBridge } from '../bridge/bridge.ts';
import type { Edit } from './desk.ts';
import type { WorkingCopy } from './working-copy.ts';

export type ManyParts = {
  readonly bridge: Pick<DeskBridge, 'ask'>;
  readonly copy: Pick<WorkingCopy, 'adopt' | 'position'>;
  readonly newId: () => string;
  /** Before anything is read. */
  readonly begin: () => Promise<void>;
  readonly changesOf: (edits: readonly Edit[]) => Promise<Outcome<readonly NewChange[]>>;
  /** It is in the journal. `isShown`: false when the working copy did not take all of it. */
  readonly written: (recordIds: ReadonlySet<string>, isShown: boolean) => Promise<void>;
};

/**
 * A table in one append: handed over in pieces, written at once, and read back in pieces, so that no step holds up the
 * window. Until the one append nothing is anywhere but in memory.
 */
export function editMany(parts: ManyParts): (edits: readonly Edit[], onStep: (records: number) => void) => Promise<Outcome<void>> {
  const { ask } = parts.bridge;
  const ownSeq = (): number => parts.copy.position().ownSeq;

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
    while (ownSeq() < throughSeq) {
      const { changes } = await ask('journal.read', { fromSeq: ownSeq() + 1, limit: PIECE_CHANGES });
      const last = changes.at(-1);
      if (!last) throw new Error('the journal does not give back what it took');
      for (const id of await parts.copy.adopt(changes, { ownSeq: last.seq })) shown.add(id);
      onStep(Math.ceil((of + shown.size) / 2));
    }
  };

  return async (edits, onStep) => {
    await parts.begin();
    const batchId = parts.newId();
    const shown = new Set<string>();
    const staged = await stage(batchId, edits, onStep);
    if (!staged.ok) return staged;
    if (staged.value === 0) return done(undefined);
    const written = await ask('journal.append-staged', { batchId, count: staged.value });
    if (!written.ok) return written;
    // From here on it is in the journal, and the answer is yes.
    const isShown = await show(written.value.throughSeq, shown, onStep, staged.value).then(() => true, () => false);
    await parts.written(shown, isShown);
    return done(undefined);
  };
}
