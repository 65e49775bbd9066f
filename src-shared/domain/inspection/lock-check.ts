import { canonicalJson } from '../../journal/canonical-json.ts';
import type { HashText } from '../../journal/change-id.ts';
import type { JsonValue, Uuid } from '../../kit/values.ts';
import type { RecordState } from '../../sync/record-state.ts';
import type { InspectionLock } from './inspection.ts';
import type { PrintedFacts } from './printed-facts.ts';

/**
 * What a desk holds of a locked inspection, held against its lock. unlike: a record is not what was covered, though nothing is on its way.
 * awaited: changes that the lock covers have not arrived, or wait for a newer program: no alarm, and nothing to make a paper of yet.
 */
export type LockStanding =
  | { readonly kind: 'alike' }
  | { readonly kind: 'awaited'; readonly recordIds: readonly Uuid[] }
  | { readonly kind: 'unlike'; readonly recordIds: readonly Uuid[] };

export type HeldRecords = {
  readonly lock: InspectionLock;
  /** The inspection and every room check of it that is here, removed ones too. */
  readonly records: readonly RecordState[];
  /** Records with changes that this program can not read yet. */
  readonly parked: ReadonlySet<Uuid>;
  /** `contentHash` of a record; of the inspection with the lock's `printed`. */
  readonly hashOf: (record: RecordState) => string;
};

/** Compares only; nothing is put right here. What was never covered (a late room) and what is beyond the lock is not looked at. */
export function lockStanding({ lock, records, parked, hashOf }: HeldRecords): LockStanding {
  const byId = new Map(records.map((record) => [record.recordId, record]));
  const differing = lock.covers
    .filter(({ recordId, contentHash: covered }) => {
      const record = byId.get(recordId);
      return !record || hashOf(record) !== covered;
    })
    .map((cover) => cover.recordId);
  if (differing.length === 0) return { kind: 'alike' };
  const arrived = lock.covers.flatMap((cover) => byId.get(cover.recordId) ?? []);
  const unlike = isCollected(lock, arrived) ? differing.filter((id) => !parked.has(id)) : [];
  return unlike.length > 0 ? { kind: 'unlike', recordIds: unlike } : { kind: 'awaited', recordIds: differing };
}

/**
 * A chain's changes arrive in the order of their seq, and the lock names of each chain the last one in what it covers: once that
 * one is here, so is every change before it.
 */
function isCollected(lock: InspectionLock, arrived: readonly RecordState[]): boolean {
  return Object.entries(lock.seen).every(([chainId, seq]) => arrived.some((record) => (record.through[chainId] ?? 0) >= seq));
}

/**
 * SHA-256 of the canonical JSON of a record's fields; the `lock` itself is no part of what it covers, except for what papers
 * print from other records.
 */
export function contentHash(record: RecordState, hashText: HashText, printed?: PrintedFacts): string {
  const content: Record<string, JsonValue> = { ...record.fields };
  delete content['lock'];
  if (printed) content['lock/printed'] = printed as unknown as JsonValue;
  return hashText(canonicalJson(content));
}
