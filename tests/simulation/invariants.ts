import type { Row } from '../../src-server/store/sql.ts';
import { recordTypes, type RecordTypeName } from '#shared/domain/records.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import type { PageItem } from '#shared/sync/wire.ts';
import type { Journal } from '../../src-main/journal/journal.ts';
import type { Laptop } from './laptop.ts';
import { contentHashOf, isReadable, plainOffice, sorted, type PlainOffice, type Written } from './reference.ts';
import type { Scene } from './scene.ts';
import { world } from './take-over.ts';

/** I2, after every act: no laptop holds a receipt for what the server does not hold. */
export async function checkStep(scene: Scene): Promise<void> {
  if (scene.history.restored || !scene.office.isUp()) return;
  const held = new Map((await scene.office.look.all('SELECT chain_id, seq FROM chains')).map((row) => [String(row['chain_id']), Number(row['seq'])]));
  for (const laptop of scene.laptops) {
    const through = laptop.journal()?.receiptedThrough() ?? 0;
    const at = held.get(laptop.place.chain.chainId) ?? 0;
    if (through > at) scene.broken('I2', `${laptop.name} has a receipt through ${through}, the server holds ${at}`);
  }
}

/** Ids of everything that is published at this moment. */
export async function lastingCheck({ office }: Scene): Promise<readonly string[]> {
  return (await office.look.all('SELECT id FROM changes WHERE cursor IS NOT NULL')).map((row) => String(row['id']));
}

type Held = Written & { readonly cursor: number | null; readonly refused: string | null };

export async function checkEnd(scene: Scene): Promise<void> {
  await checkRepeating(scene);
  for (const laptop of scene.laptops) if (scene.dice.chance(0.4)) await laptop.loseWorkingCopy();
  await world.pass(5000);
  const rows = (await scene.office.look.all('SELECT * FROM changes ORDER BY chain_id, seq')).map(heldIn);
  const feed = rows.filter(({ cursor }) => cursor !== null);
  const byId = new Map(rows.map((row) => [row.id, row]));
  checkFeed(scene, rows);
  const office = plainOffice(feed.filter(isReadable));
  const refusedRecords = new Set(rows.filter(({ refused }) => refused !== null).map(({ recordId }) => recordId));
  // Whoever had his lock refused goes on seeing his own: of that inspection his desk and the others' tell different things.
  const twiceLocked = new Set(rows.filter(({ refused, kind }) => refused !== null && kind === 'lock').map(({ recordId }) => recordId));
  const locks = rows.filter(({ kind, recordId }) => kind === 'lock' && twiceLocked.has(recordId));
  for (const each of plainOffice(locks).covers) refusedRecords.add(each.recordId);
  checkLocks(scene, office, refusedRecords);
  for (const laptop of scene.laptops) await checkLaptop(scene, laptop, feed, byId, refusedRecords);
  await checkNumbers(scene, office, feed);
  await checkAudit(scene);
}

/** I5: the whole traffic once more changes nothing and is answered with the same receipts. */
async function checkRepeating(scene: Scene): Promise<void> {
  const before = await everythingHeld(scene);
  for (const laptop of scene.laptops) {
    const journal = laptop.journal();
    if (!journal || journal.readOnly() !== null || laptop.engine()?.status().phase === 'paused') continue;
    let outcome: Awaited<ReturnType<Laptop['sendAllAgain']>> = null;
    void laptop.sendAllAgain().then((told) => { outcome = told; });
    await world.pass(20_000);
    const told = outcome as Awaited<ReturnType<Laptop['sendAllAgain']>>;
    if (told && (!told.ok || told.value.receipt?.seq !== journal.head().seq)) scene.broken('I5', `${laptop.name} sends all again and is told ${JSON.stringify(told)}`);
  }
  if (before !== (await everythingHeld(scene))) scene.broken('I5', 'sending everything again changed what the server holds');
}

async function everythingHeld({ office }: Scene): Promise<string> {
  const changes = await office.look.all('SELECT chain_id, seq, id, cursor, refused FROM changes ORDER BY chain_id, seq');
  return sorted([changes, await office.look.all('SELECT record_id, state FROM records ORDER BY record_id')] as never);
}

/** Chains without holes (I6 without its signatures), positions used once, and nothing that no laptop wrote (I3). */
function checkFeed(scene: Scene, rows: readonly Held[]): void {
  const owned = new Set(scene.laptops.map(({ place }) => place.chain.chainId));
  const tried = new Set(scene.laptops.flatMap(({ ledger }) => ledger.tried.flat().map((change) => marks(change))));
  const positions = new Set<number>();
  let before: Held | null = null;
  for (const row of rows) {
    const expected = before?.chainId === row.chainId ? before.seq + 1 : 1;
    // The server's own chain leaps after a restore; its laptops' chains never do.
    if (row.seq !== expected && owned.has(row.chainId)) scene.broken('I2', `the server lacks ${row.chainId} ${expected}`);
    if (row.cursor !== null && positions.has(row.cursor)) scene.broken('I5', `feed position ${row.cursor} twice`);
    if (row.cursor !== null) positions.add(row.cursor);
    if (scene.office.isUpdated() && row.refused?.includes('newer-version')) scene.broken('I14', `${row.id} waits for an update that was made`);
    if ((row.cursor === null) === (row.refused === null)) scene.broken('I2', `${row.id} is neither published nor refused`);
    if (owned.has(row.chainId) && !tried.has(marks(row))) scene.broken('I3', `the server holds a change that nobody wrote: ${marks(row)}`);
    before = row;
  }
}

/** A change by what it says; the number that main gives to a paper is not the author's. */
function marks({ recordType, recordId, kind, patch }: Pick<Written, 'recordType' | 'recordId' | 'kind' | 'patch'>): string {
  const { fieldNumber: _given, ...rest } = patch;
  return sorted({ recordType, recordId, kind, patch: rest });
}

/** I9: what a lock covers is still what its lead saw. A record with a refused change looked otherwise to its author. */
function checkLocks(scene: Scene, office: PlainOffice, refused: ReadonlySet<string>): void {
  for (const { recordId, contentHash } of office.covers) {
    const record = office.records.get(recordId);
    if (!record || office.contested.has(recordId) || refused.has(recordId) || scene.history.restored) continue;
    if (contentHashOf(record) !== contentHash) scene.broken('I9', `locked record ${recordId} is not what was locked`);
  }
}

async function checkLaptop(scene: Scene, laptop: Laptop, feed: readonly Held[], byId: ReadonlyMap<string, Held>, refusedRecords: ReadonlySet<string>): Promise<void> {
  const { name, ledger, place } = laptop;
  const journal = laptop.journal();
  if (!journal) return;
  const own = await journal.own(1, 1_000_000);
  const stopped = journal.readOnly() !== null || laptop.engine()?.status().phase === 'paused';
  const isCopy = scene.history.copied.has(place.chain.chainId);
  for (const change of ledger.saved) {
    if (own[change.seq - 1]?.id !== change.id) scene.broken('I1', `${name}: saved change ${change.seq} is not in the journal`);
    const held = byId.get(change.id);
    if (!stopped && !isCopy && !held) scene.broken('I2', `${name}: change ${change.seq} has a receipt and is not on the server`);
    if (held && marks(held) !== marks(change)) scene.broken('I3', `${name}: change ${change.seq} says something else on the server`);
  }
  const told = new Set(journal.refusals().map(({ id }) => id));
  for (const { id, seq } of own) {
    if (byId.get(id)?.refused != null && !told.has(id) && !stopped) scene.broken('I14', `${name}: change ${seq} was refused and the laptop does not know`);
  }
  if (stopped) return;
  const pulled = await allPulled(journal);
  const chainId = (item: (typeof pulled)[number]): string => `${item.deviceId}.${item.officerId}`;
  const ids = new Set([...pulled.map(({ id }) => id), ...own.map(({ id }) => id)]);
  for (const { id, cursor } of feed) if (!ids.has(id)) scene.broken('I4', `${name} lacks position ${cursor} of the feed`);
  for (const item of pulled) {
    if (byId.get(item.id)?.cursor == null && !scene.history.forgotten.has(item.id)) scene.broken('I3', `${name} holds a change that is not in the feed (${item.recordType} of chain ${item.deviceId} ${item.seq})`);
  }
  const mine: Written[] = own.map(({ id, seq, body }) => ({ ...body, id, seq, chainId: place.chain.chainId }));
  const all = [...mine, ...pulled.map((item) => ({ ...item, chainId: chainId(item) }))];
  await checkDesk(scene, laptop, plainOffice(all.filter(isReadable)), refusedRecords);
  await checkParked(scene, laptop, all.filter((change) => !isReadable(change)), refusedRecords);
}

async function allPulled(journal: Journal): Promise<readonly PageItem[]> {
  const items: PageItem[] = [];
  for (let after = 0, more = true; more; ) {
    const page = await journal.pages(after, 5000);
    items.push(...page.items);
    more = page.more && page.cursor > after;
    after = page.cursor;
  }
  return items;
}

/** I4, I13: the desk shows what follows from the changes, whatever the order and the clocks they came with. */
async function checkDesk(scene: Scene, laptop: Laptop, expected: PlainOffice, refusedRecords: ReadonlySet<string>): Promise<void> {
  const desk = laptop.desk();
  if (!desk) return;
  const shown = new Map<string, RecordState>();
  for (const type of Object.keys(recordTypes)) for (const state of await desk.list(type as RecordTypeName)) shown.set(state.recordId, state);
  for (const [recordId, record] of expected.records) {
    if (expected.contested.has(recordId) || refusedRecords.has(recordId)) continue;
    const state = shown.get(recordId);
    if (!state) scene.broken('I4', `${laptop.name}: the desk lacks record ${recordId}`);
    else if (shownAs(state) !== expectedAs(record)) scene.broken('I4', `${laptop.name}: record ${state.recordType} ${recordId} shows ${shownAs(state)}\n      instead of ${expectedAs(record)}\n      ${await storyOf(scene, laptop, recordId)}`);
  }
  for (const recordId of shown.keys()) if (!expected.records.has(recordId)) scene.broken('I3', `${laptop.name}: the desk shows a record that nobody wrote: ${recordId}`);
}

/** What waits for an update is there, whole: it is not shown and not lost. */
async function checkParked(scene: Scene, laptop: Laptop, expected: readonly Written[], refusedRecords: ReadonlySet<string>): Promise<void> {
  const parked = new Set((await laptop.desk()?.parked())?.map(({ id }) => id));
  for (const { id, recordId } of laptop.desk() ? expected : []) {
    if (!parked.has(id) && !refusedRecords.has(recordId)) scene.broken('I4', `${laptop.name}: change ${id} of a newer version is neither shown nor kept for later`);
  }
}

/** Where every change of a record, and every lock that names it, stands: for whoever looks for the cause. */
async function storyOf(scene: Scene, laptop: Laptop, recordId: string): Promise<string> {
  const names = new Map(scene.laptops.map(({ name, place }) => [place.chain.chainId, name]));
  const rows = await scene.office.look.all("SELECT * FROM changes WHERE record_id = ? OR (kind = 'lock' AND patch LIKE ?) ORDER BY cursor", [recordId, `%${recordId}%`]);
  const known = new Set(rows.map((row) => String(row['id'])));
  const own = ((await laptop.journal()?.own(1, 1_000_000)) ?? []).filter(({ id, body }) => !known.has(id) && (body.recordId === recordId || JSON.stringify(body.patch).includes(recordId)));
  const lines = rows.map((row) => `${String(row['id']).slice(0, 6)} ${row['kind']} by ${names.get(String(row['chain_id'])) ?? 'the server'} ${row['seq']}, position ${row['cursor']}, refused ${row['refused']}: ${String(row['patch']).slice(0, 300)}`);
  return [...lines, ...own.map(({ id, seq, body }) => `${id.slice(0, 6)} only here, ${seq}: ${JSON.stringify(body).slice(0, 300)}`)].join('\n      ');
}

function shownAs(state: RecordState): string {
  const conflicts = Object.fromEntries(Object.entries(state.conflicts).map(([path, heads]) => [path, heads.map(({ by }) => by)]));
  return sorted({ fields: state.fields, conflicts, late: state.late.map(({ id }) => id).sort(), isLocked: state.lockedThrough !== null });
}

function expectedAs({ fields, conflicts, late, isLocked }: PlainOffice['records'] extends ReadonlyMap<string, infer R> ? R : never): string {
  return sorted({ fields, conflicts, late, isLocked });
}

/** I7: official numbers without gaps and twins, one record each; field numbers given once. */
async function checkNumbers(scene: Scene, office: PlainOffice, feed: readonly Held[]): Promise<void> {
  const given = await scene.office.look.all('SELECT prefix, year, n, text, opinion_id FROM official_numbers ORDER BY prefix, year, n');
  const next = new Map<string, number>();
  for (const row of given) {
    const series = `${row['prefix']}〔${row['year']}〕`;
    const expected = (next.get(series) ?? 0) + 1;
    if (Number(row['n']) !== expected) scene.broken('I7', `${series} goes from ${expected - 1} to ${row['n']}`);
    next.set(series, expected);
    const shown = office.records.get(String(row['opinion_id']))?.fields['officialNumber'];
    if (shown !== row['text'] && !scene.history.restored) scene.broken('I7', `number ${row['text']} was given to an opinion that shows ${JSON.stringify(shown)}`);
  }
  const fieldNumbers = new Set<string>();
  for (const { recordType, kind, patch, refused } of feed) {
    const number = recordType === 'document' && kind === 'create' && refused === null ? patch['fieldNumber']?.to : null;
    if (typeof number !== 'string') continue;
    if (fieldNumbers.has(number)) scene.broken('I7', `field number ${number} twice`);
    fieldNumbers.add(number);
  }
}

/** I12: each act of the server has its line, and each line its act. */
async function checkAudit(scene: Scene): Promise<void> {
  const silent = new Set(['chain.list', 'chain.revoke', 'person.enrolment-code']);
  const lines = (await scene.office.look.all('SELECT name FROM office_acts')).filter((row) => !silent.has(String(row['name']))).length;
  const [written] = await scene.office.look.all('SELECT COUNT(*) AS n FROM signatures WHERE chain_id LIKE ?', [`${scene.office.office.serverDeviceId}.%`]);
  // The first one furnished the office.
  const acts = Number(written?.['n'] ?? 0) - 1;
  if (lines !== acts) scene.broken('I12', `${acts} acts of the server, ${lines} lines about them`);
}

function heldIn(row: Row): Held {
  const cursor = row['cursor'] === null || row['cursor'] === undefined ? null : Number(row['cursor']);
  return {
    id: String(row['id']), chainId: String(row['chain_id']), seq: Number(row['seq']), recordType: String(row['record_type']), recordId: String(row['record_id']),
    kind: String(row['kind']), patch: JSON.parse(String(row['patch'])) as Written['patch'], cursor, refused: row['refused'] === null || row['refused'] === undefined ? null : String(row['refused']),
  };
}
