import type { AppliedChange, FieldPatch } from '#shared/journal/change.ts';
import { patchOver, type RecordState } from '#shared/sync/record-state.ts';
import type { Drafts } from './drafts.ts';

type FieldBase = Pick<FieldPatch, 'was' | 'resolves'>;

/**
 * What typed fields held when their typing began, where a change of somebody else came in between. Their commit names
 * that, not what has arrived since: the two then stand side by side as a conflict for a person, and nobody's value is
 * put away unseen.
 */
export type TypedOver = {
  /** Before others' changes are adopted: keeps what they change under fields that are being typed in. */
  hold(arriving: readonly AppliedChange[], read: (recordIds: readonly string[]) => Promise<ReadonlyMap<string, RecordState>>): Promise<void>;
  /** Null: nothing came in between. */
  baseOf(recordId: string, path: string): FieldBase | null;
  /** Own changes made from typed text are in the journal. */
  taken(changes: readonly AppliedChange[]): void;
};

export function typedOver(drafts: Pick<Drafts, 'typed' | 'waiting'>): TypedOver {
  const held = new Map<string, FieldBase>();
  const key = (recordId: string, path: string): string => `${recordId}/${path}`;
  return {
    async hold(arriving, read) {
      const touched = arriving.flatMap(({ recordId, patch }) => {
        const typed = new Set(drafts.typed(recordId));
        return Object.keys(patch).filter((path) => typed.has(path) && !held.has(key(recordId, path))).map((path) => ({ recordId, path }));
      });
      if (touched.length === 0) return;
      const before = await read([...new Set(touched.map(({ recordId }) => recordId))]);
      for (const { recordId, path } of touched) {
        const { was = null, resolves } = patchOver(before.get(recordId) ?? null, { [path]: null })[path] ?? {};
        held.set(key(recordId, path), resolves ? { was, resolves } : { was });
      }
    },
    baseOf: (recordId, path) => held.get(key(recordId, path)) ?? null,
    taken(changes) {
      for (const { id, recordId, patch } of changes) {
        const waiting = new Set(drafts.waiting(recordId));
        for (const path of Object.keys(patch)) {
          // Typed on meanwhile: the person goes on from his own value and has not seen the other one.
          if (held.delete(key(recordId, path)) && waiting.has(path)) held.set(key(recordId, path), { was: id });
        }
      }
    },
  };
}
