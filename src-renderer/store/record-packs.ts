import { conflictsToSettle, type RecordState } from '#shared/sync/record-state.ts';
import { parentOf, type PackRow, type ShelfRow } from './field-database.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Records a pack holds at most: reading one record parses its whole pack, about 2 kB a record. */
export const PACK_SIZE = 100;

export type MadePack = { readonly row: PackRow; readonly shelf: ShelfRow; readonly states: readonly RecordState[] };

/** Packs the states in their order, numbered from `first` on. */
export function packed(states: readonly RecordState[], first: number): readonly MadePack[] {
  const packs: MadePack[] = [];
  for (let from = 0; from < states.length; from += PACK_SIZE) {
    const piece = states.slice(from, from + PACK_SIZE);
    const pack = first + packs.length;
    packs.push({ row: { pack, bytes: encoder.encode(JSON.stringify(piece.map(short))) }, shelf: { pack, entries: piece.map(entryOf).join('\n') }, states: piece });
  }
  return packs;
}

function entryOf(state: RecordState): string {
  return `${state.recordId}\t${state.recordType}\t${parentOf(state)}${isDisputed(state) ? `\t${DISPUTED}` : ''}`;
}

const DISPUTED = '!';

/** Does a person have to settle something in it? Noted beside the pack, so that nobody parses packs to find out. */
export function isDisputed(state: RecordState): boolean {
  return conflictsToSettle(state).length > 0;
}

/** recordId, recordType, parent and `isDisputed` of everything that was put into this pack. */
export function entriesOf(shelf: ShelfRow): readonly (readonly [recordId: string, recordType: string, parent: string, isDisputed: boolean])[] {
  return shelf.entries.split('\n').map((line) => {
    const [recordId = '', recordType = '', parent = '', mark = ''] = line.split('\t');
    return [recordId, recordType, parent, mark === DISPUTED] as const;
  });
}

export function statesIn(row: PackRow): ReadonlyMap<string, RecordState> {
  const states = JSON.parse(decoder.decode(row.bytes)) as readonly ShortState[];
  return new Map(states.map((state) => [state.recordId, whole(state)]));
}

/** Most records come in one change, whose id would else stand beside each field. */
type ShortState = Omit<RecordState, 'by'> & { readonly by: RecordState['by'] | string };

function short(state: RecordState): ShortState {
  const fields = Object.keys(state.fields);
  const [first] = fields;
  const only = first === undefined ? undefined : state.by[first];
  const isOnly = only !== undefined && Object.keys(state.by).length === fields.length && fields.every((field) => state.by[field] === only);
  return isOnly ? { ...state, by: only } : state;
}

function whole(state: ShortState): RecordState {
  const { by } = state;
  return typeof by === 'string' ? { ...state, by: Object.fromEntries(Object.keys(state.fields).map((field) => [field, by])) } : { ...state, by };
}

/** The packs read last, parsed. A pack is never rewritten, so what is kept of one stays true. */
export type PackShelf = {
  get(pack: number): ReadonlyMap<string, RecordState> | undefined;
  keep(pack: number, states: ReadonlyMap<string, RecordState>): void;
};

export function packShelf(size: number): PackShelf {
  const kept = new Map<number, ReadonlyMap<string, RecordState>>();
  return {
    get(pack) {
      const found = kept.get(pack);
      if (found) {
        kept.delete(pack);
        kept.set(pack, found);
      }
      return found;
    },
    keep(pack, states) {
      kept.delete(pack);
      kept.set(pack, states);
      const oldest = kept.keys().next().value;
      if (kept.size > size && oldest !== undefined) kept.delete(oldest);
    },
  };
}
