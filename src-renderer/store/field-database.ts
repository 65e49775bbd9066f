import { Dexie, type EntityTable, type Table } from 'dexie';
import { recordTypeSpec } from '#shared/domain/records.ts';
import type { RecordState } from '#shared/sync/record-state.ts';

/** A record as a row of the working copy; `parent` is the indexed owner, '' for none. */
export type RecordRow = RecordState & { readonly parent: string };

/** How far the rows go; written in the transaction of the rows it speaks of. */
export type Position = {
  readonly key: 'position';
  readonly generationId: string;
  readonly ownSeq: number;
  readonly cursor: number;
  readonly rows: number;
};

/**
 * The working copy of one chain. It is never the only copy of anything: journal and page files are, and `rebuild`
 * makes it anew from them. Hence relaxed durability: a power cut may take back rows together with their position.
 */
export class FieldDatabase extends Dexie {
  declare readonly records: EntityTable<RecordRow, 'recordId'>;
  declare readonly meta: Table<Position, string>;

  constructor(chainId: string) {
    super(`xuncha-${chainId}`, { chromeTransactionDurability: 'relaxed' });
    this.version(1).stores({ records: 'recordId, recordType, [recordType+parent]', meta: 'key' });
  }
}

export function rowOf(state: RecordState): RecordRow {
  const owner = recordTypeSpec(state.recordType)?.parent;
  const parent = owner ? state.fields[owner] : null;
  return { ...state, parent: typeof parent === 'string' ? parent : '' };
}
