import type { Session } from '#shared/bridge/calls.ts';
import { fieldSchema } from '#shared/domain/records.ts';
import type { AppliedChange, FieldPatch, NewChange } from '#shared/journal/change.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { patchOver, type RecordState } from '#shared/sync/record-state.ts';
import { ask, listen } from '../bridge/bridge.ts';
import type { Desk, Edit } from './desk.ts';
import { createDrafts } from './drafts.ts';
import { typedOver } from './typed-over.ts';
import { uuidV7 } from './uuid-v7.ts';
import { openWorkingCopy, PIECE } from './working-copy.ts';

/** Opens the desk of a session: working copy caught up with the files, then live. `onProgress`: changes folded so far. */
export async function openDesk(session: Session, onProgress?: (done: number) => void): Promise<Desk> {
  const copy = await openWorkingCopy(session, onProgress);
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
    const ids = await copy.rebuild();
    broken = false;
    tell(ids, true);
  };

  /** `typed`: how to find what the fields held when their typing began; null for values that a person just confirmed. */
  const commit = (edits: readonly Edit[], typed: ((recordId: string, path: string) => FieldBase | null) | null): ReturnType<Desk['edit']> =>
    inTurn(async () => {
      await mended();
      const before = await readSafely(edits.map((each) => each.recordId));
      const changes = newChanges(edits, before, typed);
      if (!changes.ok) return changes;
      const receipt = await ask('journal.append', { changes: changes.value as NewChange[] });
      if (!receipt.ok) return receipt;
      if (typed) over.taken(receipt.value.changes);
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

  const adoptPages = (): Promise<void> =>
    inTurn(async () => {
      await mended();
      for (let more = !closed; more; ) {
        const page = await ask('pages.read', { after: copy.position().cursor, limit: PIECE });
        if (page.cursor <= copy.position().cursor) return;
        await over.hold(page.changes, copy.getMany);
        tell(await copy.adopt(page.changes, { cursor: page.cursor }), true);
        more = page.more && !closed;
      }
    }).catch(() => {
      broken = !closed;
    });

  const drafts = createDrafts((edits) => commit(edits, over.baseOf));
  const over = typedOver(drafts);
  const stops = [listen('pages.arrived', () => void adoptPages())];
  void adoptPages();

  return {
    session,
    edit: (edits) => commit(edits, null),
    draft: drafts.note,
    flush: drafts.flush,
    saveState: drafts.state,
    onSaveState: drafts.onState,
    get: copy.get,
    list: copy.list,
    children: copy.children,
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

type FieldBase = Pick<FieldPatch, 'was' | 'resolves'>;

/** Turns edits into changes over what the desk shows; a value its field can not hold is named, nothing is written. */
function newChanges(
  edits: readonly Edit[], before: ReadonlyMap<string, RecordState>, typed: ((recordId: string, path: string) => FieldBase | null) | null,
): Outcome<readonly NewChange[]> {
  const merged = new Map<string, Edit>();
  for (const edit of edits) {
    const earlier = merged.get(edit.recordId);
    merged.set(edit.recordId, earlier ? { ...earlier, ...edit, values: { ...earlier.values, ...edit.values } } : edit);
  }
  const changes: NewChange[] = [];
  for (const { recordType, recordId, kind, values } of merged.values()) {
    for (const [path, value] of Object.entries(values)) {
      const schema = fieldSchema(recordType, path);
      if (!schema) return failed('invalid-input', { field: path });
      if (value === null && path.includes('/')) continue;
      if (!schema.safeParse(value).success) return failed(typeof value === 'string' && value.length > 2000 ? 'field-too-long' : 'invalid-input', { field: path });
    }
    const state = before.get(recordId) ?? null;
    const patch = patchOver(state, values);
    for (const [path, to] of Object.entries(values)) {
      const base = typed?.(recordId, path);
      if (base) patch[path] = { ...base, to };
    }
    changes.push({ recordType, recordId, kind: kind ?? (state ? 'edit' : 'create'), patch });
  }
  return done(changes);
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
