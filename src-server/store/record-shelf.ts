import { recordTypeSpec } from '#shared/domain/records.ts';
import type { AppliedChange } from '#shared/journal/change.ts';
import { lockView } from '#shared/sync/fold-batch.ts';
import { applyChange, emptyRecord, foldRecord, isBehind, lockRecord, type RecordState } from '#shared/sync/record-state.ts';
import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import { changesOfRecord } from './changes.ts';
import { insertRows, rowsWith } from './many-rows.ts';
import { firstRow, textOf, textOrNull, type Row, type Sql } from './sql.ts';

/** A record as the server knows it. `state` only of the types it decides by; of the others that they are there. */
export type KnownRecord = { readonly recordId: string; readonly recordType: string; readonly parentId: string | null; readonly state: RecordState | null };

/** Types whose fold the server keeps. Room checks are many, and nothing here is decided by what is in them. */
const folded: ReadonlySet<string> = new Set(['organ', 'person', 'institution', 'inspection', 'case', 'document', 'opinion', 'basisList']);

/** Names the fold by the shape of what it makes; the number is raised when the same shape comes to mean something else. */
const foldMark = `1:${Object.keys(emptyRecord({ recordId: '', recordType: '', officeId: '', officerId: '' })).sort().join()}`;

/** The records of one office within one transaction: read when first asked for, written back by `save`. */
export type RecordShelf = {
  get(recordId: string): Promise<KnownRecord | null>;
  /** Reads these at once, instead of one by one when they are asked for. */
  load(recordIds: readonly string[]): Promise<void>;
  /** Adds a change of the feed. `store` is called before the feed's rows are read: this one has to be among them. */
  apply(change: AppliedChange, store?: () => Promise<void>): Promise<void>;
  save(): Promise<void>;
};

export function recordShelf(sql: Sql, officeId: string): RecordShelf {
  const known = new Map<string, KnownRecord | null>();
  const changed = new Set<string>();

  const get = async (recordId: string): Promise<KnownRecord | null> => {
    const held = known.get(recordId);
    if (held !== undefined) return held;
    const row = await firstRow(sql, 'SELECT * FROM records WHERE office_id = ? AND record_id = ?', [officeId, recordId]);
    const record = row ? await recordIn(sql, officeId, row) : null;
    known.set(recordId, record);
    return record;
  };
  return {
    get,
    async load(recordIds) {
      const asked = [...new Set(recordIds)].filter((recordId) => !known.has(recordId));
      for (const recordId of asked) known.set(recordId, null);
      for (const row of await rowsWith(sql, 'records', officeId, 'record_id', asked)) known.set(textOf(row, 'record_id'), await recordIn(sql, officeId, row));
    },
    async apply(change, store = async () => undefined) {
      const before = await get(change.recordId);
      const isFolded = folded.has(change.recordType);
      const parentId = before?.parentId ?? parentIn(change);
      if (before && !isFolded && parentId === before.parentId) return;
      const state = isFolded ? await foldIn(sql, officeId, before?.state ?? null, change, store) : null;
      known.set(change.recordId, { recordId: change.recordId, recordType: change.recordType, parentId, state });
      changed.add(change.recordId);
    },
    async save() {
      await saveRecords(sql, officeId, [...changed].flatMap((recordId) => known.get(recordId) ?? []));
      changed.clear();
    },
  };
}

/** Records of one type, below `parentId` unless null. Only committed ones, or those of this transaction after `save`. */
export async function recordsOfType(sql: Sql, officeId: string, recordType: string, parentId: string | null = null): Promise<readonly KnownRecord[]> {
  const rows = parentId === null
    ? await sql.all('SELECT * FROM records WHERE office_id = ? AND record_type = ? ORDER BY record_id', [officeId, recordType])
    : await sql.all('SELECT * FROM records WHERE office_id = ? AND record_type = ? AND parent_id = ? ORDER BY record_id', [officeId, recordType, parentId]);
  return await Promise.all(rows.map((row) => recordIn(sql, officeId, row)));
}

function parentIn(change: AppliedChange): string | null {
  const owner = recordTypeSpec(change.recordType)?.parent ?? null;
  const parent = owner === null ? null : change.patch[owner]?.to;
  return typeof parent === 'string' ? parent : null;
}

async function foldIn(sql: Sql, officeId: string, before: RecordState | null, change: AppliedChange, store: () => Promise<void>): Promise<RecordState | null> {
  if (isBehind(before, change)) {
    await store();
    return await foldedAnew(sql, officeId, change.recordId);
  }
  const state = applyChange(before, change);
  const seen = viewLockedBy(change);
  if (!seen || state.lockedThrough) return state;
  const locked = lockRecord(state, seen);
  if (locked) return locked;
  // Somebody else's change that the lead had not seen: folded again, it comes out as late.
  await store();
  return foldRecord(await changesOfRecord(sql, officeId, change.recordId), seen) ?? state;
}

function viewLockedBy(change: AppliedChange): Readonly<Record<string, number>> | null {
  const lock = change.recordType === 'inspection' && change.kind === 'lock' ? ((change.patch['lock']?.to ?? null) as InspectionLock | null) : null;
  return lock && lockView(lock, change);
}

const columns = ['office_id', 'record_id', 'record_type', 'parent_id', 'state', 'fold'] as const;

async function saveRecords(sql: Sql, officeId: string, records: readonly KnownRecord[]): Promise<void> {
  const rows = records.map(({ recordId, recordType, parentId, state }) => [officeId, recordId, recordType, parentId, state ? JSON.stringify(state) : null, foldMark]);
  await insertRows(sql, 'records', columns, rows, 'ON CONFLICT (office_id, record_id) DO UPDATE SET parent_id = excluded.parent_id, state = excluded.state, fold = excluded.fold');
}

async function recordIn(sql: Sql, officeId: string, row: Row): Promise<KnownRecord> {
  const [recordId, recordType] = [textOf(row, 'record_id'), textOf(row, 'record_type')];
  const kept = textOrNull(row, 'fold') === foldMark ? textOrNull(row, 'state') : null;
  const state = kept === null && folded.has(recordType) ? await foldedAnew(sql, officeId, recordId) : kept === null ? null : (JSON.parse(kept) as RecordState);
  return { recordId, recordType, parentId: textOrNull(row, 'parent_id'), state };
}

async function foldedAnew(sql: Sql, officeId: string, recordId: string): Promise<RecordState | null> {
  const changes = await changesOfRecord(sql, officeId, recordId);
  const lock = changes.find((change) => viewLockedBy(change) !== null);
  return foldRecord(changes, lock ? viewLockedBy(lock) : null);
}
