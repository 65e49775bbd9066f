import { Dexie, type EntityTable, type Table } from 'dexie';
import { recordTypeSpec } from '#shared/domain/records.ts';
import type { AppliedChange } from '#shared/journal/change.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import type { StuckField } from './stuck-fields.ts';

/** Many records that came together, as one JSON text in UTF-8: one operation of the database where single rows would cost a hundred. */
export type PackRow = {
  readonly pack: number;
  /** See record-packs.ts. Never rewritten: a record that changes moves to a row or to a later pack. */
  readonly bytes: Uint8Array;
};

/** Who is in a pack, apart from it: at the start only these are read. `entries`: recordId, recordType, parent and a mark for values to settle, one record a line. */
export type ShelfRow = { readonly pack: number; readonly entries: string };

/** How far the records go; written in the transaction of the records it speaks of. */
export type Position = {
  readonly key: 'position';
  readonly generationId: string;
  readonly ownSeq: number;
  readonly cursor: number;
  /** Records held, in packs and rows together. */
  readonly rows: number;
  readonly lastPack: number;
};

/** Typed values that the journal does not take, with their reasons. */
export type LeftRow = { readonly key: 'stuck'; readonly fields: readonly StuckField[] };

/**
 * The working copy of one chain. It is never the only copy of anything: journal and page files are, and `rebuild`
 * makes it anew from them. Hence relaxed durability: a power cut may take back records together with their position.
 */
export class FieldDatabase extends Dexie {
  /** Records edited lately, one a row; a row is newer than any pack that holds its record. */
  declare readonly records: EntityTable<RecordState, 'recordId'>;
  declare readonly packs: EntityTable<PackRow, 'pack'>;
  declare readonly shelves: EntityTable<ShelfRow, 'pack'>;
  declare readonly meta: Table<Position, string>;
  /** What the officer typed and no record can hold, beside the copy: nothing else has it. */
  declare readonly left: Table<LeftRow, string>;
  /** Changes of a newer program than this one, as they are: in no record yet. */
  declare readonly parked: EntityTable<AppliedChange, 'id'>;

  constructor(chainId: string) {
    super(`xuncha-${chainId}`, { chromeTransactionDurability: 'relaxed' });
    this.version(1).stores({ records: 'recordId, recordType, [recordType+parent]', meta: 'key' });
    // Records of an earlier shape are a copy: with their position gone they are made anew from the files.
    this.version(5).stores({ records: 'recordId', packs: 'pack', shelves: 'pack', meta: 'key', parked: 'id', left: 'key' }).upgrade(async (change) => {
      for (const name of ['records', 'packs', 'shelves', 'meta']) await change.table(name).clear();
    });
  }
}

/** The record that owns this one (records.ts), '' for none. */
export function parentOf(state: RecordState): string {
  const owner = recordTypeSpec(state.recordType)?.parent;
  const parent = owner ? state.fields[owner] : null;
  return typeof parent === 'string' ? parent : '';
}
