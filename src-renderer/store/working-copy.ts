import type { Session } from '#shared/bridge/calls.ts';
import { isOfNewerVersion } from '#shared/domain/newer-version.ts';
import { recordTypes, type RecordRegistry, type RecordTypeName } from '#shared/domain/records.ts';
import type { AppliedChange } from '#shared/journal/change.ts';
import { foldBatch, touchedRecords, type FoldedBatch } from '#shared/sync/fold-batch.ts';
import { foldRecord, type RecordState } from '#shared/sync/record-state.ts';
import { windowBridge, type DeskBridge } from '../bridge/bridge.ts';
import { FieldDatabase, type Position } from './field-database.ts';
import { openRecordStore, type RecordStore } from './record-store.ts';
import type { StuckField } from './stuck-fields.ts';

/** Changes folded in one go: a longer piece would hold up typing. */
export const PIECE = 500;

export type WorkingCopy = {
  readonly position: () => Position;
  /** Of every record that it holds. */
  recordIds(): ReadonlySet<string>;
  get(recordId: string): Promise<RecordState | null>;
  getMany(recordIds: readonly string[]): Promise<ReadonlyMap<string, RecordState>>;
  list(recordType: RecordTypeName): Promise<readonly RecordState[]>;
  children(recordType: RecordTypeName, parentId: string): Promise<readonly RecordState[]>;
  /** Ids of the records in which values of two people wait to be settled; from the index, without reading a record. */
  disputed(): readonly string[];
  /** Typed values that no record can hold: kept here over a restart, whatever happens to the records. */
  stuck(): Promise<readonly StuckField[]>;
  keepStuck(fields: readonly StuckField[]): Promise<void>;
  /** Changes of a newer program: kept as they are until this one is updated, and in no record before. */
  parked(): Promise<readonly AppliedChange[]>;
  /**
   * Rows and position in one transaction. Returns the ids of the records that changed, or of which a change is parked. Throws for own changes that do not
   * follow the position: it would pass over changes whose rows are not here.
   */
  adopt(changes: readonly AppliedChange[], to: { readonly ownSeq?: number; readonly cursor?: number }): Promise<ReadonlySet<string>>;
  /** Makes the copy anew from the files; the ids of all its records. After a failure it has to be called again. */
  rebuild(onProgress?: (done: number) => void): Promise<ReadonlySet<string>>;
  close(): void;
};

/**
 * Opens the working copy and brings it to where the files are; whatever does not fit them is made anew, and so is a copy
 * in which a change waits that this program knows.
 */
export async function openWorkingCopy(
  session: Session, onProgress?: (done: number) => void, { ask }: Pick<DeskBridge, 'ask'> = windowBridge, records: RecordRegistry = recordTypes,
): Promise<WorkingCopy> {
  let database = await openDatabase(session.chainId);
  let position: Position = emptyPosition(session.generationId);
  const isReadable = (change: AppliedChange): boolean => !isOfNewerVersion(change, records);
  let store: RecordStore;

  const adopt: WorkingCopy['adopt'] = async (changes, to) => {
    if (to.ownSeq !== undefined && (changes[0]?.seq ?? 0) > position.ownSeq + 1) throw new Error(`own change ${changes[0]?.seq} does not follow ${position.ownSeq}`);
    const readable = changes.filter(isReadable);
    const parked = readable.length === changes.length ? [] : changes.filter((change) => !isReadable(change));
    const before = await store.getMany([...touchedRecords(readable)]);
    const folded = foldBatch(before, readable);
    const states = [...folded.changed.values(), ...(await refolded(ask, folded.refold, isReadable))];
    const { generationId } = position;
    position = await store.write(states, (held) => ({ key: 'position', generationId, ownSeq: to.ownSeq ?? position.ownSeq, cursor: to.cursor ?? position.cursor, ...held }), parked);
    return new Set([...states, ...parked].map(({ recordId }) => recordId));
  };

  /** False: the pages were pulled anew meanwhile, and nothing here fits them. */
  const catchUp = async (report?: (done: number) => void): Promise<boolean> => {
    let done = 0;
    for (;;) {
      const { changes } = await ask('journal.read', { fromSeq: position.ownSeq + 1, limit: PIECE });
      const last = changes.at(-1);
      if (!last) break;
      await adopt(changes, { ownSeq: last.seq });
      report?.((done += changes.length));
    }
    for (let more = true; more; ) {
      const page = await ask('pages.read', { after: position.cursor, limit: PIECE });
      if (page.generationId !== position.generationId) return page.generationId === null;
      // A page of nothing but our own changes still moves the cursor.
      more = page.more && page.cursor > position.cursor;
      if (page.cursor > position.cursor) await adopt(page.changes, { cursor: page.cursor });
      report?.((done += page.changes.length));
    }
    return true;
  };

  const madeAnew = async (report?: (done: number) => void): Promise<ReadonlySet<string>> => {
    await emptied(database).catch(async () => {
      // What can not even be emptied is thrown away: it is a copy.
      database.close();
      await FieldDatabase.delete(`xuncha-${session.chainId}`);
      database = await openDatabase(session.chainId);
    });
    position = emptyPosition((await ask('pages.read', { after: Number.MAX_SAFE_INTEGER, limit: 1 })).generationId ?? session.generationId);
    const fresh = await openRecordStore(database, 0);
    if (!fresh) throw new Error('the emptied working copy is not empty');
    store = fresh;
    return (await catchUp(report)) ? store.index.all() : await madeAnew(report);
  };

  /** Whoever reads while everything is made anew waits for its end instead of finding half of it. */
  let whole: Promise<unknown> = Promise.resolve();
  const rebuild = (report?: (done: number) => void): Promise<ReadonlySet<string>> => {
    const made = madeAnew(report);
    whole = made.catch(() => undefined);
    return made;
  };

  const found = await database.meta.get('position').catch(() => undefined);
  const kept = found && fits(found, session) ? await openRecordStore(database, found.lastPack).catch(() => null) : null;
  const isWhole = found !== undefined && kept?.index.size() === found.rows && !(await parkedIn(database)).some(isReadable);
  if (isWhole && kept) {
    store = kept;
    position = found;
  }
  if (!isWhole || !(await catchUp(onProgress).catch(() => false))) await rebuild(onProgress);

  return {
    position: () => position,
    recordIds: () => store.index.all(),
    async get(recordId) {
      await whole;
      return (await store.getMany([recordId])).get(recordId) ?? null;
    },
    async getMany(recordIds) {
      await whole;
      return await store.getMany(recordIds);
    },
    async list(recordType) {
      await whole;
      return await inOrder(store, store.index.ids(recordType));
    },
    async children(recordType, parentId) {
      await whole;
      return await inOrder(store, store.index.ids(recordType, parentId));
    },
    disputed: () => store.index.disputed(),
    parked: () => parkedIn(database),
    stuck: async () => (await database.left.get('stuck').catch(() => undefined))?.fields ?? [],
    keepStuck: async (fields) => void (await database.left.put({ key: 'stuck', fields })),
    adopt,
    rebuild,
    close: () => database.close(),
  };
}

function fits(found: Position, session: Session): boolean {
  return found.generationId === session.generationId && found.ownSeq <= session.ownSeq && found.cursor <= session.cursor;
}

async function inOrder(store: RecordStore, recordIds: readonly string[]): Promise<readonly RecordState[]> {
  const states = await store.getMany(recordIds);
  return recordIds.map((recordId) => states.get(recordId)).filter((state) => state !== undefined);
}

/** None of a database that can not be read: whoever reads on finds that out. */
async function parkedIn(database: FieldDatabase): Promise<readonly AppliedChange[]> {
  return await database.parked.toArray().catch(() => []);
}

async function refolded(ask: DeskBridge['ask'], refold: FoldedBatch['refold'], isReadable: (change: AppliedChange) => boolean): Promise<readonly RecordState[]> {
  const recordIds = [...refold.keys()];
  const states: RecordState[] = [];
  for (let from = 0; from < recordIds.length; from += PIECE) {
    const piece = recordIds.slice(from, from + PIECE);
    const byRecord = new Map<string, AppliedChange[]>(piece.map((recordId) => [recordId, []]));
    for (const change of await ask('journal.changes-of', { recordIds: piece })) if (isReadable(change)) byRecord.get(change.recordId)?.push(change);
    for (const recordId of piece) {
      const state = foldRecord(byRecord.get(recordId) ?? [], refold.get(recordId) ?? null);
      if (state) states.push(state);
    }
  }
  return states;
}

function emptied(database: FieldDatabase): Promise<void> {
  const tables = [database.records, database.packs, database.shelves, database.meta, database.parked];
  return database.transaction('rw', tables, async () => {
    for (const table of tables) await table.clear();
  });
}

async function openDatabase(chainId: string): Promise<FieldDatabase> {
  const database = new FieldDatabase(chainId);
  try {
    await database.open();
    return database;
  } catch {
    // A store that can not be opened holds nothing we need: it is a copy. Make it anew.
    database.close();
    await FieldDatabase.delete(`xuncha-${chainId}`);
    const fresh = new FieldDatabase(chainId);
    await fresh.open();
    return fresh;
  }
}

function emptyPosition(generationId: string): Position {
  return { key: 'position', generationId, ownSeq: 0, cursor: 0, rows: 0, lastPack: 0 };
}
