import type { AppliedChange } from '#shared/journal/change.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { parentOf, type FieldDatabase, type Position } from './field-database.ts';
import { OWN_ROW, recordIndex, type Place, type RecordIndex } from './record-index.ts';
import { entriesOf, isDisputed, PACK_SIZE, packed, packShelf, statesIn, type MadePack } from './record-packs.ts';

/** From this many records on a batch is packed; below, each gets a row of its own. */
const PACK_FROM = 40;
/** Rows of their own are swept into packs when there would be more: the start reads every row. */
const MAX_ROWS = 256;
/** Packs that have lost more than half of their records are packed anew, a few at a time. */
const REPACK_AT_ONCE = 4;
const PACKS_IN_MEMORY = 48;

/**
 * Records in packs and rows with their index in memory (docs/decisions/0027). One writer at a time; readers may come at any
 * moment and see each record as it was before or after a write. Throws when the copy lacks what its index names.
 */
export type RecordStore = {
  readonly index: RecordIndex;
  getMany(recordIds: readonly string[]): Promise<ReadonlyMap<string, RecordState>>;
  /** Puts the states, the changes that wait for an update, and the position with the number of records held, in one transaction. */
  write(states: readonly RecordState[], next: (held: { readonly rows: number; readonly lastPack: number }) => Position, parked?: readonly AppliedChange[]): Promise<Position>;
};

/** Reads the index. Null when a pack is gone that the index names: the copy is not whole. */
export async function openRecordStore(database: FieldDatabase, lastPack: number): Promise<RecordStore | null> {
  const index = recordIndex();
  const [shelves, packs, rows] = await database.transaction('r', database.shelves, database.packs, database.records, () =>
    Promise.all([database.shelves.toArray(), database.packs.toCollection().primaryKeys(), database.records.toArray()]),
  );
  if (shelves.length !== packs.length || shelves.some(({ pack }, at) => packs[at] !== pack || pack > lastPack)) return null;
  const names = new Map<string, string>();
  for (const shelf of shelves) {
    for (const [recordId, recordType, parent, disputed] of entriesOf(shelf)) {
      index.put(recordId, { recordType: shared(names, recordType), parent: shared(names, parent), pack: shelf.pack, isDisputed: disputed });
    }
  }
  for (const row of rows) index.put(row.recordId, placeOf(row, OWN_ROW));
  return recordStore(database, index, lastPack);
}

/** One string for each name, however many records bear it. */
function shared(names: Map<string, string>, name: string): string {
  const found = names.get(name);
  if (found === undefined) names.set(name, name);
  return found ?? name;
}

function placeOf(state: RecordState, pack: number): Place {
  return { recordType: state.recordType, parent: parentOf(state), pack, isDisputed: isDisputed(state) };
}

type Plan = {
  readonly rows: readonly RecordState[];
  readonly packs: readonly MadePack[];
  readonly goneRows: readonly string[] | 'all';
  readonly gonePacks: readonly number[];
};

function recordStore(database: FieldDatabase, index: RecordIndex, firstFree: number): RecordStore {
  const parsed = packShelf(PACKS_IN_MEMORY);
  let lastPack = firstFree;
  let writing: Promise<unknown> = Promise.resolve();

  const packOf = async (pack: number): Promise<ReadonlyMap<string, RecordState> | null> => {
    const known = parsed.get(pack);
    if (known) return known;
    const row = await database.packs.get(pack);
    if (!row) return null;
    const states = statesIn(row);
    parsed.keep(pack, states);
    return states;
  };

  /** What is not where the index said has moved meanwhile: once the write is over the index knows where. */
  const getMany = async (recordIds: readonly string[]): Promise<ReadonlyMap<string, RecordState>> => {
    const found = new Map<string, RecordState>();
    let wanted = recordIds.filter((id) => index.place(id) !== undefined);
    for (let attempt = 0; wanted.length > 0; attempt += 1) {
      if (attempt > 3) throw new Error('the working copy lacks a record that its index names');
      if (attempt > 0) await writing;
      wanted = await readOnce(wanted, found);
    }
    return found;
  };

  /** Returns the ids that were not where they should be. */
  async function readOnce(recordIds: readonly string[], into: Map<string, RecordState>): Promise<string[]> {
    const ownRows: string[] = [];
    const byPack = new Map<number, string[]>();
    for (const id of recordIds) {
      const pack = index.place(id)?.pack ?? OWN_ROW;
      if (pack === OWN_ROW) ownRows.push(id);
      else byPack.set(pack, [...(byPack.get(pack) ?? []), id]);
    }
    const missing: string[] = [];
    const note = (id: string, state: RecordState | undefined): void => void (state ? into.set(id, state) : missing.push(id));
    const rows = ownRows.length > 0 ? await database.records.bulkGet(ownRows) : [];
    ownRows.forEach((id, at) => note(id, rows[at]));
    for (const [pack, ids] of byPack) {
      const states = await packOf(pack);
      for (const id of ids) note(id, states?.get(id));
    }
    return missing;
  }

  async function planOf(states: readonly RecordState[]): Promise<Plan> {
    const newRows = states.filter(({ recordId }) => index.place(recordId)?.pack !== OWN_ROW).length;
    const sweeps = states.length < PACK_FROM && index.live(OWN_ROW) + newRows > MAX_ROWS;
    if (states.length < PACK_FROM && !sweeps) return { rows: states, packs: [], goneRows: [], gonePacks: emptiedBy(states) };
    const swept = sweeps ? await database.records.toArray() : [];
    const thin = await thinPacks(states);
    const all = new Map([...swept, ...thin.states, ...states].map((state) => [state.recordId, state]));
    const packs = packed([...all.values()], lastPack + 1);
    const goneRows = sweeps ? 'all' : states.map(({ recordId }) => recordId).filter((id) => index.place(id)?.pack === OWN_ROW);
    return { rows: [], packs, goneRows, gonePacks: [...new Set([...emptiedBy([...all.values()]), ...thin.packs])] };
  }

  function emptiedBy(states: readonly RecordState[]): number[] {
    const leaving = new Map<number, number>();
    for (const { recordId } of states) {
      const pack = index.place(recordId)?.pack ?? OWN_ROW;
      if (pack !== OWN_ROW) leaving.set(pack, (leaving.get(pack) ?? 0) + 1);
    }
    return [...leaving].filter(([pack, count]) => count >= index.live(pack)).map(([pack]) => pack);
  }

  async function thinPacks(states: readonly RecordState[]): Promise<{ readonly packs: readonly number[]; readonly states: readonly RecordState[] }> {
    const moving = new Set(states.map(({ recordId }) => recordId));
    const packs = index.livePacks().filter((pack) => index.live(pack) < PACK_SIZE / 2).slice(0, REPACK_AT_ONCE);
    const kept: RecordState[] = [];
    for (const pack of packs) {
      const held = await packOf(pack);
      if (!held) throw new Error(`the working copy lacks pack ${pack}`);
      for (const [recordId, state] of held) if (index.place(recordId)?.pack === pack && !moving.has(recordId)) kept.push(state);
    }
    return { packs, states: kept };
  }

  async function commit(plan: Plan, position: Position, parked: readonly AppliedChange[]): Promise<void> {
    await database.transaction('rw', [database.records, database.packs, database.shelves, database.meta, database.parked], async () => {
      if (plan.goneRows === 'all') await database.records.clear();
      else if (plan.goneRows.length > 0) await database.records.bulkDelete(plan.goneRows as string[]);
      if (plan.gonePacks.length > 0) await Promise.all([database.packs.bulkDelete(plan.gonePacks as number[]), database.shelves.bulkDelete(plan.gonePacks as number[])]);
      if (plan.packs.length > 0) await Promise.all([database.packs.bulkPut(plan.packs.map(({ row }) => row)), database.shelves.bulkPut(plan.packs.map(({ shelf }) => shelf))]);
      if (plan.rows.length > 0) await database.records.bulkPut(plan.rows as RecordState[]);
      if (parked.length > 0) await database.parked.bulkPut(parked as AppliedChange[]);
      await database.meta.put(position);
    });
  }

  const write: RecordStore['write'] = (states, next, parked = []) => {
    const run = async (): Promise<Position> => {
      const plan = await planOf(states);
      const added = states.filter(({ recordId }) => index.place(recordId) === undefined).length;
      const position = next({ rows: index.size() + added, lastPack: lastPack + plan.packs.length });
      await commit(plan, position, parked);
      lastPack += plan.packs.length;
      for (const state of plan.rows) index.put(state.recordId, placeOf(state, OWN_ROW));
      for (const { row, states: inPack } of plan.packs) {
        for (const state of inPack) index.put(state.recordId, placeOf(state, row.pack));
        parsed.keep(row.pack, new Map(inPack.map((state) => [state.recordId, state])));
      }
      return position;
    };
    const written = writing.then(run, run);
    writing = written.catch(() => undefined);
    return written;
  };

  return { index, getMany, write };
}
