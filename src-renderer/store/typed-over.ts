import type { AppliedChange } from '#shared/journal/change.ts';
import { headIds, type RecordState } from '#shared/sync/record-state.ts';
import type { Edit } from './desk.ts';
import type { Drafts } from './drafts.ts';

/**
 * What typed fields held when their typing began: the ids of the changes that were seen. Their commit names those, not what
 * has arrived since: the two then stand side by side as a conflict for a person, and nobody's value is put away unseen.
 */
export type TypedOver = {
  /** Typing over a record as it was seen then. */
  began(edit: Edit): void;
  /** Before others' changes are adopted: keeps what they change under fields that are being typed in. */
  hold(arriving: readonly AppliedChange[], read: (recordIds: readonly string[]) => Promise<ReadonlyMap<string, RecordState>>): Promise<void>;
  /** Before all records are made anew: keeps what they hold under every field that is being typed in. */
  holdTyped(read: (recordIds: readonly string[]) => Promise<ReadonlyMap<string, RecordState>>): Promise<void>;
  /** Null: what the desk holds now. */
  seenAt(recordId: string, path: string): readonly string[] | null;
  /** Own changes made from typed text are in the journal. */
  taken(changes: readonly AppliedChange[]): void;
};

export function typedOver(drafts: Pick<Drafts, 'typed' | 'waiting' | 'records'>): TypedOver {
  const held = new Map<string, readonly string[]>();
  const key = (recordId: string, path: string): string => `${recordId}/${path}`;
  const keep = (recordId: string, path: string, state: RecordState | null): void => {
    if (!held.has(key(recordId, path))) held.set(key(recordId, path), headIds(state, path));
  };
  return {
    began({ recordId, values, over }) {
      if (over === undefined) return;
      for (const path of Object.keys(values)) keep(recordId, path, over);
    },
    async hold(arriving, read) {
      const touched = arriving.flatMap(({ recordId, patch }) => {
        const typed = new Set(drafts.typed(recordId));
        return Object.keys(patch).filter((path) => typed.has(path) && !held.has(key(recordId, path))).map((path) => ({ recordId, path }));
      });
      if (touched.length === 0) return;
      const before = await read([...new Set(touched.map(({ recordId }) => recordId))]);
      for (const { recordId, path } of touched) keep(recordId, path, before.get(recordId) ?? null);
    },
    async holdTyped(read) {
      const recordIds = drafts.records();
      if (recordIds.length === 0) return;
      const before = await read(recordIds);
      for (const recordId of recordIds) for (const path of drafts.typed(recordId)) keep(recordId, path, before.get(recordId) ?? null);
    },
    seenAt: (recordId, path) => held.get(key(recordId, path)) ?? null,
    taken(changes) {
      for (const { id, recordId, patch } of changes) {
        const waiting = new Set(drafts.waiting(recordId));
        for (const path of Object.keys(patch)) {
          // Typed on meanwhile: the person goes on from his own value and has not seen the other one.
          if (held.delete(key(recordId, path)) && waiting.has(path)) held.set(key(recordId, path), [id]);
        }
      }
    },
  };
}
