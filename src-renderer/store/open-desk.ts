import type { Session } from '#shared/bridge/calls.ts';
import { recordTypes, type RecordRegistry } from '#shared/domain/records.ts';
import type { AppliedChange, NewChange } from '#shared/journal/change.ts';
import { done } from '#shared/kit/outcome.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { windowBridge, type DeskBridge } from '../bridge/bridge.ts';
import type { Desk, Edit } from './desk.ts';
import { createDrafts } from './drafts.ts';
import { pageAdopter } from './adopt-pages.ts';
import { editMany } from './edit-many.ts';
import { newChanges, type Seen } from './new-changes.ts';
import { typedOver } from './typed-over.ts';
import { uuidV7 } from './uuid-v7.ts';
import { openWorkingCopy, type WorkingCopy } from './working-copy.ts';

/** Opens the desk of a session: working copy caught up with the files, then live. `onProgress`: changes folded so far. */
export async function openDesk(session: Session, onProgress?: (done: number) => void, bridge: DeskBridge = windowBridge, records: RecordRegistry = recordTypes): Promise<Desk> {
  const { ask, listen } = bridge;
  const copy = await openWorkingCopy(session, onProgress, bridge, records);
  const listeners = new Set<(changed: ReadonlySet<string>, foreign: boolean) => void>();
  const inTurn = queue();
  let closed = false;

  const tell = (changed: ReadonlySet<string>, foreign: boolean): void => {
    if (changed.size > 0) for (const listener of listeners) listener(changed, foreign);
  };

  let broken = false;
  /** A working copy that failed is made anew before anything is read from it or written to it. */
  const mended = async (): Promise<void> => {
    if (!broken) return;
    const before = copy.recordIds();
    const after = await copy.rebuild();
    broken = false;
    tell(new Set([...before, ...after]), true);
  };

  const ownChanges = new Set<string>();
  const isOwn = (changeId: string): boolean => ownChanges.has(changeId);

  /** `seenAt`: what the fields showed when their typing began; values that a person just confirmed bring it along. */
  const commit = (edits: readonly Edit[], seenAt: Seen['at'] | null): ReturnType<Desk['edit']> =>
    inTurn(async () => {
      await mended();
      const before = await readSafely(edits.map((each) => each.recordId));
      const changes = newChanges(edits, before, { at: seenAt ?? (() => null), isOwn });
      if (!changes.ok) return changes;
      if (changes.value.length === 0) return done({ batchId: uuidV7(), changes: [] });
      const receipt = await ask('journal.append', { changes: changes.value as NewChange[] });
      if (!receipt.ok) return receipt;
      for (const { id } of receipt.value.changes) ownChanges.add(id);
      if (seenAt) over.taken(receipt.value.changes);
      // From here on it is in the journal, and the answer is yes. A working copy that fails now is made anew from it.
      await adoptOwn(receipt.value.changes);
      return done(receipt.value);
    });

  const readSafely = async (recordIds: readonly string[]): Promise<ReadonlyMap<string, RecordState>> => {
    try {
      return await copy.getMany(recordIds);
    } catch {
      broken = true;
      await mended();
      return await copy.getMany(recordIds);
    }
  };

  const adoptOwn = async (changes: readonly AppliedChange[]): Promise<void> => {
    const last = changes.at(-1);
    try {
      tell(await copy.adopt(changes, { ownSeq: last?.seq ?? copy.position().ownSeq }), false);
    } catch {
      broken = true;
      await mended().catch(() => undefined);
    }
  };

  const drafts = createDrafts((edits) => commit(edits, over.seenAt), {
    left: await copy.stuck(),
    onStuck: (fields) => void copy.keepStuck(fields).catch(() => undefined),
  });
  const over = typedOver(drafts);
  const adoptPages = pageAdopter({
    ask, copy, inTurn, mended,
    async setBack() {
      await over.holdTyped(copy.getMany);
      broken = true;
      await mended();
    },
    before: (changes) => over.hold(changes, copy.getMany),
    adopted: (changed) => tell(changed, true),
    failed: () => void (broken = !closed),
    isClosed: () => closed,
  });
  const stops = [listen('pages.arrived', () => void adoptPages())];
  void adoptPages();

  const many = editMany({
    bridge, copy, newId: uuidV7, begin: mended,
    changesOf: async (edits) => newChanges(edits, await readSafely(edits.map((each) => each.recordId)), { at: () => null, isOwn }),
    async written(ids, isShown) {
      tell(ids, false);
      broken = !isShown;
      await mended().catch(() => undefined);
    },
  });

  return {
    session,
    edit: (edits) => commit(edits, null),
    editMany: (edits, onStep) => inTurn(() => many(edits, onStep)),
    draft({ over: seen, ...edit }) {
      if (seen !== undefined) over.began({ ...edit, over: seen });
      drafts.note(edit);
    },
    flush: drafts.flush,
    saveState: drafts.state,
    stuck: drafts.stuck,
    drop: drafts.drop,
    onSaveState: drafts.onState,
    ...readingOf(copy),
    onRecords(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    newId: uuidV7,
    async close() {
      await drafts.flush();
      drafts.stop();
      closed = true;
      for (const stop of stops) stop();
      await inTurn(async () => copy.close());
    },
  };
}

function readingOf({ get, getMany, list, children, disputed, parked }: WorkingCopy): Pick<Desk, 'get' | 'getMany' | 'list' | 'children' | 'disputed' | 'parked'> {
  return { get, getMany, list, children, disputed, parked };
}

/** One task after the other; a failed one does not stop the next. */
function queue(): <T>(task: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve();
  return (task) => {
    const next = tail.then(task, task);
    tail = next.catch(() => undefined);
    return next;
  };
}
