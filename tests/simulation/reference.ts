import { createHash } from 'node:crypto';
import type { JsonValue } from '#shared/kit/values.ts';

/**
 * The office's records worked out the slow way, from nothing but the set of changes: no order, no incremental fold, none of
 * the product's code. A value stands when no other change names its change as what it was written over.
 */
export type Written = {
  readonly id: string;
  readonly chainId: string;
  readonly seq: number;
  readonly recordType: string;
  readonly recordId: string;
  readonly kind: string;
  readonly patch: Readonly<Record<string, { readonly was: string | null; readonly to: JsonValue; readonly resolves?: readonly string[] | undefined }>>;
};

/** What a desk of this version can show: a change of a newer one waits for the update, in no record. */
export function isReadable({ patch }: Pick<Written, 'patch'>): boolean {
  return !Object.hasOwn(patch, 'humidityPercent');
}

export type PlainRecord = {
  readonly fields: Readonly<Record<string, JsonValue>>;
  readonly conflicts: Readonly<Record<string, readonly string[]>>;
  readonly through: Readonly<Record<string, number>>;
  readonly late: readonly string[];
  readonly isLocked: boolean;
};

type View = Readonly<Record<string, number>>;
type Lock = { readonly seen: View; readonly covers: readonly { readonly recordId: string; readonly contentHash: string }[] };

export type Covered = { readonly recordId: string; readonly contentHash: string; readonly lockId: string };

export type PlainOffice = {
  readonly records: ReadonlyMap<string, PlainRecord>;
  /** Named by more than one lock: which one counts is a question of order, which this model does not know. */
  readonly contested: ReadonlySet<string>;
  readonly covers: readonly Covered[];
};

export function plainOffice(changes: Iterable<Written>): PlainOffice {
  const all = new Map([...changes].map((change) => [change.id, change]));
  const byRecord = new Map<string, Written[]>();
  for (const change of all.values()) byRecord.set(change.recordId, [...(byRecord.get(change.recordId) ?? []), change]);
  const views = new Map<string, View>();
  const contested = new Set<string>();
  const covers: Covered[] = [];
  for (const change of all.values()) {
    const lock = change.recordType === 'inspection' && change.kind === 'lock' ? (change.patch['lock']?.to as unknown as Lock | null) : null;
    if (!lock) continue;
    for (const recordId of new Set([change.recordId, ...lock.covers.map((cover) => cover.recordId)])) {
      if (views.has(recordId)) contested.add(recordId);
      views.set(recordId, { ...lock.seen, [change.chainId]: change.seq });
    }
    covers.push(...lock.covers.map((cover) => ({ ...cover, lockId: change.id })));
  }
  const records = new Map<string, PlainRecord>();
  for (const recordId of new Set([...byRecord.keys(), ...views.keys()])) records.set(recordId, plainRecord(byRecord.get(recordId) ?? [], views.get(recordId) ?? null));
  return { records, contested, covers };
}

function plainRecord(changes: readonly Written[], view: View | null): PlainRecord {
  const isIn = (change: Written): boolean => view === null || change.seq <= (view[change.chainId] ?? 0);
  const inside = changes.filter(isIn);
  const fields: Record<string, JsonValue> = {};
  const conflicts: Record<string, readonly string[]> = {};
  const through: Record<string, number> = {};
  for (const { chainId, seq } of inside) through[chainId] = Math.max(seq, through[chainId] ?? 0);
  for (const path of new Set(inside.flatMap((change) => Object.keys(change.patch)))) {
    const writers = inside.filter((change) => Object.hasOwn(change.patch, path));
    const overwritten = new Set(writers.flatMap(({ patch }) => [patch[path]?.was, ...(patch[path]?.resolves ?? [])]));
    const standing = writers.filter((change) => !overwritten.has(change.id)).sort((a, b) => (a.id < b.id ? -1 : 1));
    const [first] = standing;
    if (!first) continue;
    fields[path] = first.patch[path]?.to as JsonValue;
    if (standing.length > 1) conflicts[path] = standing.map(({ id }) => id);
  }
  return { fields, conflicts, through, late: changes.filter((change) => !isIn(change)).map(({ id }) => id).sort(), isLocked: view !== null };
}

/** The hash a lock takes of a record's content. */
export function contentHashOf({ fields }: PlainRecord): string {
  const { lock: _lock, ...content } = fields;
  return createHash('sha256').update(sorted(content)).digest('hex');
}

/** JSON with its keys in order, white space nowhere. */
export function sorted(value: JsonValue | object): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((each) => sorted(each as JsonValue)).join(',')}]`;
  const entries = Object.entries(value as Record<string, JsonValue>).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${sorted(each)}`).join(',')}}`;
}
