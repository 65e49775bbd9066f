import { canonicalJson } from '#shared/journal/canonical-json.ts';
import type { AppliedChange } from '#shared/journal/change.ts';
import { recordTypes, type RecordTypeName } from '#shared/domain/records.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { foldBatch } from '#shared/sync/fold-batch.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { ask, listen } from '../../src-renderer/bridge/bridge.ts';
import type { Desk } from '../../src-renderer/store/desk.ts';
import { openDesk } from '../../src-renderer/store/open-desk.ts';

/**
 * The page of the kill kit: the product's own bridge, desk and working copy behind no screen at all. It writes as fast as a
 * few people could and tells the driver of everything that was acknowledged, over the console.
 */
export type KitPage = {
  open(chainId: string, passphrase: string): Promise<string | null>;
  work(seed: number): void;
  check(): Promise<PageReport>;
  /** The photos that main can not give back unaltered. */
  missingPhotos(hashes: readonly string[]): Promise<readonly string[]>;
};

export type Acknowledged = { readonly kind: 'change'; readonly id: string; readonly recordId: string; readonly patch: JsonValue } | { readonly kind: 'evidence'; readonly sha256: string };

export type PageReport = {
  readonly readOnly: string | null;
  /** id → canonical patch of every own change that main reads back. */
  readonly changes: readonly (readonly [string, string])[];
  readonly rows: number;
  /** Records whose row differs from the fold of the journal, and rows that the fold does not know. */
  readonly differing: readonly string[];
  readonly fieldNumbers: readonly string[];
};

let desk: Desk | null = null;

function openedDesk(): Desk {
  if (!desk) throw new Error('no desk');
  return desk;
}

const kit: KitPage = {
  async open(chainId, passphrase) {
    const session = await ask('session.open', { chainId, passphrase });
    if (!session.ok) return session.problem.code;
    desk = await openDesk(session.value);
    return null;
  },
  work(seed) {
    for (let officer = 0; officer < 3; officer += 1) void writeForEver(openedDesk(), seed * 10 + officer);
    void photographForEver(seed);
  },
  async check() {
    const session = await ask('session.current', {});
    const changes = await allChanges();
    const folded = foldBatch(new Map(), changes).changed;
    const rows = await allRows(openedDesk());
    return {
      readOnly: session?.readOnly?.code ?? null,
      changes: changes.map((change) => [change.id, canonicalJson(change.patch as unknown as JsonValue)] as const),
      rows: rows.size,
      differing: differing(folded, rows),
      fieldNumbers: changes.flatMap((change) => change.patch['fieldNumber']?.to ?? []).map(String),
    };
  },
  async missingPhotos(hashes) {
    const read = await Promise.all(hashes.map(async (sha256) => ({ sha256, ...(await ask('evidence.read', { sha256 })) })));
    return read.filter((each) => !each.ok).map((each) => each.sha256);
  },
};
Object.assign(window, { kit });
listen('window.closing', () => void (desk?.close() ?? Promise.resolve()).then(() => ask('window.ready-to-close', {})));

async function writeForEver(writer: Desk, seed: number): Promise<void> {
  const rooms: string[] = [];
  for (let n = 0; ; n += 1) {
    const kind = (seed + n) % 11;
    if (kind === 0 || rooms.length === 0) rooms.push(writer.newId());
    const recordId = rooms[(n * 7) % rooms.length] ?? writer.newId();
    const outcome = await writer.edit(
      kind === 5
        ? [{ recordType: 'document', recordId: writer.newId(), values: { title: `笔录 ${seed}-${n}` } }]
        : [
            { recordType: 'roomCheck', recordId, values: { remarks: `${seed}-${n} ${'备注'.repeat((n * 13) % 60)}` } },
            { recordType: 'roomCheck', recordId: rooms[0] ?? recordId, values: { floor: `${n % 30}` } },
          ],
    );
    if (!outcome.ok) {
      tell('failed', outcome.problem);
      return;
    }
    for (const { id, recordId: of, patch } of outcome.value.changes) tell('acknowledged', { kind: 'change', id, recordId: of, patch });
    await rest((n * 5) % 9);
  }
}

async function photographForEver(seed: number): Promise<void> {
  for (let n = 0; ; n += 1) {
    const bytes = new Uint8Array(20_000 + n).map((_, at) => (at * seed + n) & 0xff);
    const stored = await ask('evidence.put', { bytes, mediaType: 'image/jpeg' });
    if (stored.ok) tell('acknowledged', { kind: 'evidence', sha256: stored.value.sha256 });
    await rest(120);
  }
}

async function allChanges(): Promise<AppliedChange[]> {
  const all: AppliedChange[] = [];
  for (let fromSeq: number | null = 1; fromSeq !== null; ) {
    const { changes, next }: { changes: AppliedChange[]; next: number | null } = await ask('journal.read', { fromSeq, limit: 2000 });
    all.push(...changes);
    fromSeq = next;
  }
  return all;
}

async function allRows(reader: Desk): Promise<Map<string, RecordState>> {
  const rows = new Map<string, RecordState>();
  for (const type of Object.keys(recordTypes) as RecordTypeName[]) for (const row of await reader.list(type)) rows.set(row.recordId, row);
  return rows;
}

function differing(folded: ReadonlyMap<string, RecordState>, rows: ReadonlyMap<string, RecordState>): string[] {
  const text = (state: RecordState | undefined): string => (state ? canonicalJson({ fields: state.fields, by: state.by, through: state.through }) : '');
  const ids = new Set([...folded.keys(), ...rows.keys()]);
  return [...ids].filter((id) => text(folded.get(id)) !== text(rows.get(id)));
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function tell(what: string, value: unknown): void {
  console.log(`kit ${what} ${JSON.stringify(value)}`);
}
