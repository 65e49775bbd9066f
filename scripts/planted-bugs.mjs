// Wrong implementations that the simulation has to find: each is a few lines changed while the sources are bundled, never a
// branch in the product. A text that no longer stands in its file stops the run: the bug has to be planted anew.

/**
 * @typedef {import('./simulation-bundle.mjs').Patch} Patch
 * @typedef {{ number: number, name: string, patches: readonly Patch[], kit?: string } | { number: number, name: string, patches: null, why: string }} PlantedBug
 */

const port = 'tests/simulation/ports.ts';
const append = 'src-server/sync/append-changes.ts';
const state = 'src-shared/sync/record-state.ts';

/** @param {string} file @param {string} find @param {string} put @returns {Patch} */
const change = (file, find, put) => ({ file, find, put });

/** @param {string} handle what becomes of a file that is written on */
const disk = (handle) => [change(port, '  return disk;', `
  const same: Disk = {
    open: (path, how) => disk.open(path, how), read: (path, offset, length) => disk.read(path, offset, length), size: (path) => disk.size(path),
    list: (name) => disk.list(name), makeFolder: () => disk.makeFolder(), rename: (from, to) => disk.rename(from, to),
    remove: (path) => disk.remove(path), fsyncFolder: (name) => disk.fsyncFolder(name), free: () => disk.free(),
  };
  let later: Promise<unknown> = Promise.resolve();
  const handle = (file: any) => (${handle});
  return { ...same, open: async (path, how) => (how === 'existing' && path.endsWith('.seg') ? handle(await disk.open(path, how)) : disk.open(path, how)) };`)];

/** @type {readonly PlantedBug[]} */
export const plantedBugs = [
  { number: 1, name: 'no fdatasync', patches: disk('{ ...file, fdatasync: async () => undefined }') },
  {
    number: 2, name: 'acknowledged before it is appended',
    patches: disk(`{ ...file, fdatasync: async () => undefined, writeAt: async (bytes: Uint8Array, offset: number) => {
      const copy = bytes.slice();
      later = later.then(() => new Promise((resolve) => setTimeout(resolve, 30))).then(() => file.writeAt(copy, offset));
    }, truncate: async (length: number) => { await later; await file.truncate(length); } }`),
  },
  {
    number: 3, name: 'a large append without the count of its parts',
    patches: [change('src-main/journal/batch-frame.ts', '...(of > 1 ? { part: { no, of } } : {})', '')],
  },
  {
    number: 4, name: 'writing goes on behind a torn end',
    patches: [
      change('src-main/journal/recover-journal.ts', 'const end = torn ?? {', 'const end = {'),
      change('src-main/journal/recover-journal.ts', 'const wasClean = checkpoint !== null && torn === null &&', 'const wasClean = true || checkpoint !== null && torn === null &&'),
    ],
  },
  {
    number: 5, name: 'the queue is emptied without a receipt',
    patches: [change('src-main/sync/exchange-round.ts', 'const reply = await ask(request);', `
    const sent = journal.head();
    const reply = await ask(request);
    if (request.push && !reply.ok) await journal.recordReceipt({ ...sent, receivedAt: new Date().toISOString() }, []);`)],
  },
  {
    number: 6, name: 'what is held already is taken once more',
    patches: [
      change('src-server/sync/take-push.ts', 'const fresh = chained.slice(held.size);', `const fresh = chained;
  await sql.run('DELETE FROM changes WHERE chain_id = ? AND seq BETWEEN ? AND ?', [chain.chainId, push.fromSeq, last.seq]);`),
    ],
  },
  {
    number: 7, name: 'a receipt for another change is given and believed',
    patches: [
      change('src-server/sync/exchange.ts', 'return head.seq === 0 ? null : {', 'return head.seq === 0 ? null : Math.random() < 0.1 ? { seq: head.seq + 1, id: head.id, receivedAt: new Date(headReceivedAt).toISOString() } : {'),
      change('src-main/journal/open-journal.ts', 'if (mine && mine.id !== named.id)', 'if (mine && mine.id !== named.id && mine.id === null)'),
      change('src-main/journal/open-journal.ts', 'if (named.seq > head.seq) return', 'if (named.seq > head.seq) return done(undefined); if (named.seq < 0) return'),
    ],
  },
  {
    number: 8, name: 'positions are taken outside the commit lock',
    patches: [
      change('src-server/sync/exchange.ts', 'const { push } = request;', `const { push } = request;
    const { count: take } = await import('../store/counters.ts');
    const reserved = await store.write((sql) => take(sql, office.officeId, feed, push.changes.length));
    const planted = ((globalThis as any).plantedPositions ??= new Map());
    planted.set(chain.chainId, reserved - push.changes.length);`),
      change(append, 'const before = await count(sql, chain.officeId, feed, 0);', `const planted: number | undefined = (globalThis as any).plantedPositions?.get(chain.chainId);
  (globalThis as any).plantedPositions?.delete(chain.chainId);
  const before = planted ?? (await count(sql, chain.officeId, feed, 0));`),
      change(append, 'if (cursor > before) await count(', 'if (cursor > before && planted === undefined) await count('),
    ],
  },
  {
    number: 9, name: 'the cursor is kept before the page',
    patches: [change('src-main/journal/page-files.ts', 'recent.push({ before: state.cursor, body });', ''), change('src-main/journal/page-files.ts', 'for (const { body, text } of pieces(items, reached, reachedId)) {', `const first = { cursor: reached, items: [] as PageItem[] };
    for (const { body, text } of [{ body: first, text: JSON.stringify(first) }, ...pieces(items, reached, reachedId)]) {`)],
  },
  {
    number: 10, name: 'rows and cursor in transactions of their own',
    patches: [
      change('src-renderer/store/record-store.ts', "await database.transaction('rw', [database.records,", "await database.transaction('rw', [database.meta], async () => void (await database.meta.put(position)));\n    await database.transaction('rw', [database.records,"),
      change('src-renderer/store/record-store.ts', '      await database.meta.put(position);', ''),
    ],
  },
  {
    number: 11, name: 'the later clock wins',
    patches: [
      change(state, 'const next = heads.filter((head) => !gone.has(head.by));', `const walls: Map<string, string> = ((globalThis as any).plantedWalls ??= new Map());
  walls.set(change.id, change.wall);
  const newest = heads.every((head) => (walls.get(head.by) ?? '') <= change.wall);
  const next = newest ? [] : [...heads];`),
      change(state, 'if (awaitedAt < 0) next.push(', 'if (newest) next.push('),
    ],
  },
  { number: 12, name: 'what a value was written over is ignored', patches: [change(state, 'const next = heads.filter((head) => !gone.has(head.by));', 'const next: FieldHead[] = [];')] },
  {
    number: 13, name: 'a locked record goes on merging',
    patches: [change(state, 'if (state.lockedThrough && change.seq > (state.lockedThrough[change.chainId] ?? 0)) return withLate(state, change);', '')],
  },
  {
    number: 14, name: 'a room that arrives after the lock is dropped',
    patches: [change(state, 'if (state.lockedThrough && change.seq > (state.lockedThrough[change.chainId] ?? 0)) return withLate(state, change);', 'if (state.lockedThrough && change.seq > (state.lockedThrough[change.chainId] ?? 0)) return state;')],
  },
  { number: 15, name: 'a refused change is thrown away', patches: [change(append, '    placed.push({ change,', '    if (!refused) placed.push({ change,')] },
  { number: 16, name: 'one poison change stops the queue', patches: [change(append, '    if (!refused) cursor += 1;', "    if (refused?.code === 'invalid-input') throw new Error('invalid');\n    if (!refused) cursor += 1;")] },
  { number: 17, name: 'a change of a newer version is dropped', patches: [change(append, '    placed.push({ change,', "    if (refused?.code !== 'newer-version') placed.push({ change,")] },
  { number: 18, name: 'a package imported twice counts twice', patches: null, why: 'there are no exchange packages yet' },
  { number: 19, name: 'making the desk anew leaves out the kept pages', patches: [change('src-renderer/store/working-copy.ts', 'const fresh = await openRecordStore(database, 0);', 'position = { ...position, cursor: session.cursor };\n    const fresh = await openRecordStore(database, 0);')] },
  {
    // Originals are streams of real files: no schedule of the simulation carries them.
    number: 20, name: 'an original is called received before its hash is checked', kit: 'tests/integration/server/evidence.test.ts',
    patches: [change('src-server/evidence/file-originals.ts', 'if ((await hashOf(part)) !== name.sha256) {', "if ((await hashOf(part)) === '') {")],
  },
];
