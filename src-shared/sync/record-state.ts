import { canonicalJson } from '../journal/canonical-json.ts';
import type { AppliedChange, FieldPatch } from '../journal/change.ts';
import type { JsonValue } from '../kit/values.ts';

/** One surviving value of a field: set by change `by`, superseded by nobody. */
export type FieldHead = { readonly by: string; readonly value: JsonValue };

/**
 * A record as the fold of its changes. The fold is independent of the order in which changes arrive: every field is
 * the tree of its changes (parent = `was`), its heads are the leaves. One head is the value; more are a conflict,
 * both kept, until a person writes a change that resolves them.
 */
export type RecordState = {
  readonly recordId: string;
  readonly recordType: string;
  readonly officeId: string;
  /** Author of the change of kind `create`; while that has not arrived (own changes are read before pulled ones), of any. */
  readonly createdBy: string;
  /** Id of the creating change, once it is here. */
  readonly createdIn?: string;
  /** The value to show: the only head, or of several the one with the smallest change id (same on every desk). */
  readonly fields: Readonly<Record<string, JsonValue>>;
  readonly by: Readonly<Record<string, string>>;
  /** Only fields with more than one head, all heads, sorted by change id. */
  readonly conflicts: Readonly<Record<string, readonly FieldHead[]>>;
  /**
   * Ids named as `was` or `resolves` that were no head at that moment, once a naming, less one on arrival: not here yet, or set aside
   * more than once by people who did not see each other. Counted, so that it too is the same in any order. Normally empty.
   */
  readonly awaited: Readonly<Record<string, readonly string[]>>;
  /** Highest seq of each chain that is in this state. */
  readonly through: Readonly<Record<string, number>>;
  /** Set once the record is covered by a lock: per chain the highest seq the lock covers. */
  readonly lockedThrough: Readonly<Record<string, number>> | null;
  /** Changes beyond the lock: kept, not applied, a supplement for a person to accept or reject. */
  readonly late: readonly AppliedChange[];
};

export function emptyRecord(change: Pick<AppliedChange, 'recordId' | 'recordType' | 'officeId' | 'officerId'>): RecordState {
  return {
    recordId: change.recordId, recordType: change.recordType, officeId: change.officeId, createdBy: change.officerId,
    fields: {}, by: {}, conflicts: {}, awaited: {}, through: {}, lockedThrough: null, late: [],
  };
}

/**
 * Adds one change. The changes of one chain come in the order of their seq (one behind is ignored, see `isBehind`); how the
 * chains interleave does not matter.
 */
export function applyChange(before: RecordState | null, change: AppliedChange): RecordState {
  const state = before ?? emptyRecord(change);
  if (change.seq <= (state.through[change.chainId] ?? 0)) return state;
  if (state.lockedThrough && change.seq > (state.lockedThrough[change.chainId] ?? 0)) return withLate(state, change);
  return {
    ...state,
    ...(firstFields(state, change) ?? nextFields(state, change)),
    ...creationOf(state, change),
    through: { ...state.through, [change.chainId]: change.seq },
  };
}

function nextFields(state: RecordState, change: AppliedChange): Draft {
  const draft: Draft = {
    fields: { ...state.fields }, by: { ...state.by }, conflicts: { ...state.conflicts }, awaited: { ...state.awaited },
  };
  for (const [path, patch] of Object.entries(change.patch)) applyField(draft, path, patch, change);
  return draft;
}

/** What `nextFields` makes of a record's first change when that names nothing earlier: most of what a first pull brings. Null: look closely. */
function firstFields(state: RecordState, change: AppliedChange): Draft | null {
  if ([state.through, state.fields, state.awaited].some((held) => Object.keys(held).length > 0)) return null;
  const fields: Record<string, JsonValue> = {};
  const by: Record<string, string> = {};
  for (const path of Object.keys(change.patch)) {
    const { was, to, resolves } = change.patch[path] as FieldPatch;
    if (was !== null || (resolves !== undefined && resolves.length > 0)) return null;
    fields[path] = to;
    by[path] = change.id;
  }
  return { fields, by, conflicts: {}, awaited: {} };
}

function withLate(state: RecordState, change: AppliedChange): RecordState {
  if (state.late.some((each) => each.id === change.id)) return state;
  const late = [...state.late, change].sort((a, b) => (a.id < b.id ? -1 : 1));
  // Nothing of it is covered: somebody has to be named, the same one on every desk.
  const createdBy = Object.keys(state.through).length === 0 ? (late[0]?.officerId ?? state.createdBy) : state.createdBy;
  return { ...state, createdBy, late };
}

/** Of two creating changes the smaller id counts, without one the smaller officer: arbitrary, but the same everywhere. */
function creationOf(state: RecordState, change: AppliedChange): Pick<RecordState, 'createdBy' | 'createdIn'> {
  if (change.kind === 'create' && (state.createdIn === undefined || change.id < state.createdIn)) return { createdBy: change.officerId, createdIn: change.id };
  if (state.createdIn !== undefined) return { createdBy: state.createdBy, createdIn: state.createdIn };
  const isFirst = Object.keys(state.through).length === 0;
  return { createdBy: isFirst || change.officerId < state.createdBy ? change.officerId : state.createdBy };
}

/**
 * Covers a record by a lock. Null when the state already holds a change beyond the lock: the caller must fold the
 * record again from its changes with `foldRecord`, since an applied change can not be taken back out.
 */
export function lockRecord(state: RecordState, seen: Readonly<Record<string, number>>): RecordState | null {
  for (const [chainId, seq] of Object.entries(state.through)) if (seq > (seen[chainId] ?? 0)) return null;
  return { ...state, lockedThrough: seen };
}

/**
 * Does the record hold a later change of this one's chain already? Then it is a repeated one, or one that was published only
 * after it (refused at first, and judged again): an applied change can not go below another, so the record is folded anew.
 */
export function isBehind(state: RecordState | null, change: Pick<AppliedChange, 'chainId' | 'seq'>): boolean {
  return state !== null && change.seq <= (state.through[change.chainId] ?? 0);
}

/** Folds all changes of one record from nothing, in any order; `seen` non-null covers it by a lock first. */
export function foldRecord(changes: readonly AppliedChange[], seen: Readonly<Record<string, number>> | null): RecordState | null {
  const first = changes[0];
  if (!first) return null;
  let state: RecordState = { ...emptyRecord(first), lockedThrough: seen };
  for (const change of [...changes].sort(bySeq)) state = applyChange(state, change);
  return state;
}

/** How chains interleave does not matter; within one, the feed may bring an earlier change later. */
function bySeq(a: AppliedChange, b: AppliedChange): number {
  return a.chainId === b.chainId ? a.seq - b.seq : a.chainId < b.chainId ? -1 : 1;
}

type Draft = {
  fields: Record<string, JsonValue>;
  by: Record<string, string>;
  conflicts: Record<string, readonly FieldHead[]>;
  awaited: Record<string, readonly string[]>;
};

function applyField(draft: Draft, path: string, patch: FieldPatch, change: AppliedChange): void {
  const heads = headsOf(draft, path);
  if (heads.some((head) => head.by === change.id)) return;
  const gone = new Set([...(patch.was === null ? [] : [patch.was]), ...(patch.resolves ?? [])]);
  const present = new Set(heads.map((head) => head.by));
  const awaited = [...(ownValue(draft.awaited, path) ?? [])];
  const awaitedAt = awaited.indexOf(change.id);
  if (awaitedAt >= 0) awaited.splice(awaitedAt, 1);
  awaited.push(...[...gone].filter((id) => !present.has(id) && id !== change.id));
  const next = heads.filter((head) => !gone.has(head.by));
  if (awaitedAt < 0) next.push({ by: change.id, value: patch.to });
  setHeads(draft, path, next);
  if (awaited.length > 0) draft.awaited[path] = awaited.sort();
  else delete draft.awaited[path];
}

function headsOf(draft: Draft, path: string): readonly FieldHead[] {
  const several = ownValue(draft.conflicts, path);
  if (several) return several;
  const by = ownValue(draft.by, path);
  if (by === undefined) return [];
  return [{ by, value: ownValue(draft.fields, path) ?? null }];
}

/** A field may be named like a part of every object (`constructor`). */
function ownValue<T>(record: Readonly<Record<string, T>>, path: string): T | undefined {
  return Object.hasOwn(record, path) ? record[path] : undefined;
}

function setHeads(draft: Draft, path: string, heads: FieldHead[]): void {
  heads.sort((a, b) => (a.by < b.by ? -1 : 1));
  const winner = heads[0];
  if (!winner) return;
  draft.fields[path] = winner.value;
  draft.by[path] = winner.by;
  if (heads.length > 1) draft.conflicts[path] = heads;
  else delete draft.conflicts[path];
}

/** Fields whose rivals really differ: two people who wrote the same value do not have to be asked. */
export function conflictsToSettle(state: RecordState): readonly string[] {
  return Object.entries(state.conflicts)
    .filter(([, heads]) => new Set(heads.map((head) => canonicalJson(head.value))).size > 1)
    .map(([path]) => path);
}

/** A patch that sets `values` on top of what the desk shows, settling every conflict of the fields it touches. */
export function patchOver(state: RecordState | null, values: Readonly<Record<string, JsonValue>>): Record<string, FieldPatch> {
  return Object.fromEntries(Object.entries(values).map(([path, to]) => [path, patchOf(headIds(state, path), to)]));
}

/** Ids of the changes whose values a field shows, the one on top first; none for a field that nobody set. */
export function headIds(state: RecordState | null, path: string): readonly string[] {
  const top = state && ownValue(state.by, path);
  if (!state || !top) return [];
  return [top, ...(ownValue(state.conflicts, path) ?? []).map((head) => head.by).filter((id) => id !== top)];
}

/**
 * A patch for one field whose author saw `seen` (ids of changes) when he decided, while the field holds `now`. It takes the
 * place of what he saw and of what is his own; whatever else has arrived stays beside it, for a person to settle.
 */
export function patchOverSeen(now: RecordState | null, path: string, to: JsonValue, seen: readonly string[], isOwn: (changeId: string) => boolean): FieldPatch {
  const heads = headIds(now, path);
  const known = heads.filter((id) => seen.includes(id) || isOwn(id));
  return patchOf(known.length > 0 ? known : seen, to);
}

/** Of `values` those that differ from what `state` shows or settle one of its conflicts: what a person really changed. */
export function changedValues(state: RecordState | null, values: Readonly<Record<string, JsonValue>>): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(Object.entries(values).filter(([path, to]) => {
    if (!state || ownValue(state.conflicts, path)) return true;
    const shown = ownValue(state.fields, path);
    return shown === undefined || canonicalJson(shown) !== canonicalJson(to);
  }));
}

function patchOf([was, ...resolves]: readonly string[], to: JsonValue): FieldPatch {
  return resolves.length > 0 ? { was: was ?? null, to, resolves } : { was: was ?? null, to };
}

/** Of two records that are each written once: did one chain write `other` after `one`? Then its author knew it. */
export function isLaterOfChain(other: RecordState, one: RecordState): boolean {
  return Object.entries(one.through).some(([chainId, seq]) => (other.through[chainId] ?? 0) > seq);
}

/** A locked record with the entries that came late laid over it: what a person looks at before deciding on them. */
export function withLateEntries(state: RecordState): RecordState {
  return [...state.late].sort(bySeq).reduce(applyChange, { ...state, lockedThrough: null, late: [] } as RecordState);
}

/** The items of a list field: `readings` → [['r1', value], …], removed ones (null) left out, sorted by id. */
export function listItems(state: RecordState, name: string): readonly (readonly [string, JsonValue])[] {
  const prefix = `${name}/`;
  return Object.keys(state.fields)
    .filter((path) => path.startsWith(prefix) && state.fields[path] !== null)
    .sort()
    .map((path) => [path.slice(prefix.length), state.fields[path] as JsonValue] as const);
}
