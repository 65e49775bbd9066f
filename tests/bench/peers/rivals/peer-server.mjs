// The servers of the clients we are compared with: node peer-server.mjs raw|rxdb|pouch <folder>. Serves the client's page, too.
// Commands come over the IPC channel: count, seed [from, to], mutate [indexes, version].
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createGzip, gunzipSync, gzipSync } from 'node:zlib';
import { makeRecord } from './workload.mjs';

const [kind = '', folder = ''] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const script = readFileSync(path.join(folder, 'page.js'));

/** @typedef {{ key: string, id: string, rev: number, body: string }} Mutation */

function sqliteStore() {
  const Database = require('libsql');
  const database = new Database(path.join(folder, 'peer.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(`CREATE TABLE records(id TEXT PRIMARY KEY, seq INTEGER NOT NULL, rev INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
    CREATE UNIQUE INDEX records_seq ON records(seq);
    CREATE TABLE idem(key TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;`);
  const put = database.prepare('INSERT INTO records(id,seq,rev,body) VALUES(?,?,?,?) ON CONFLICT(id) DO UPDATE SET seq=excluded.seq, rev=excluded.rev, body=excluded.body');
  const once = database.prepare('INSERT OR IGNORE INTO idem(key,seq) VALUES(?,?)');
  const after = database.prepare('SELECT seq, body FROM records WHERE seq > ? ORDER BY seq LIMIT ?');
  const one = database.prepare('SELECT rev, body FROM records WHERE id = ?');
  let seq = 0;
  return {
    /** @param {readonly Mutation[]} mutations */
    apply(mutations) {
      database.exec('BEGIN IMMEDIATE');
      for (const { key, id, rev, body } of mutations) {
        if (once.run(key, seq + 1).changes === 0) continue;
        seq += 1;
        put.run(id, seq, rev, body);
      }
      database.exec('COMMIT');
    },
    /** @param {number} since @param {number} limit @returns {{ seq: number, body: string }[]} */
    page: (since, limit) => after.all(since, limit),
    /** @param {string} id @returns {{ rev: number, body: string } | undefined} */
    get: (id) => one.get(id),
    count: () => Number(database.prepare('SELECT count(*) AS n FROM records').get().n),
  };
}

/** @param {http.IncomingMessage} request @returns {Promise<Buffer>} */
async function bodyOf(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** @param {ReturnType<typeof sqliteStore>} store @param {any} extra fields every stored record has */
function commandsOn(store, extra) {
  const stored = (/** @type {number} */ index, /** @type {number} */ version) => ({ id: makeRecord(index).id, rev: version, body: JSON.stringify({ ...makeRecord(index, version), ...extra }) });
  return {
    count: () => store.count(),
    seed(/** @type {number} */ from, /** @type {number} */ to) {
      for (let at = from; at < to; at += 1000) store.apply(Array.from({ length: Math.min(1000, to - at) }, (_, offset) => ({ key: `s${at + offset}`, ...stored(at + offset, 1) })));
    },
    mutate: (/** @type {number[]} */ indexes, /** @type {number} */ version) => store.apply(indexes.map((index) => ({ key: `m${version}-${index}`, ...stored(index, version) }))),
  };
}

/** @returns {{ handle: http.RequestListener, commands: Record<string, (...given: any[]) => unknown> }} */
function rawPeer() {
  const store = sqliteStore();
  return {
    commands: commandsOn(store, {}),
    async handle(request, response) {
      const url = new URL(request.url ?? '', 'http://x');
      if (url.pathname === '/push') {
        const text = gunzipSync(await bodyOf(request)).toString('utf8');
        store.apply(text.split('\n').map((line) => JSON.parse(line)).map(({ k, doc }) => ({ key: k, id: doc.id, rev: doc.rev, body: JSON.stringify(doc) })));
        return void response.end('{}');
      }
      let since = Number(url.searchParams.get('since'));
      response.setHeader('content-encoding', 'gzip');
      const packer = createGzip({ level: 1, chunkSize: 65536 });
      packer.pipe(response);
      for (;;) {
        const rows = store.page(since, 2000);
        const text = rows.map(({ seq, body }) => `[${seq},${body}]\n`).join('');
        since = rows.at(-1)?.seq ?? since;
        if (text && !packer.write(text)) await new Promise((resolve) => { packer.once('drain', resolve); });
        if (rows.length < 2000) break;
      }
      packer.end(`[${since}]\n`);
    },
  };
}

/** @returns {ReturnType<typeof rawPeer>} */
function rxdbPeer() {
  const store = sqliteStore();
  let pushes = 0;
  return {
    commands: commandsOn(store, { _deleted: false }),
    async handle(request, response) {
      const url = new URL(request.url ?? '', 'http://x');
      response.setHeader('content-type', 'application/json');
      if (url.pathname === '/rx/pull') {
        const since = Number(url.searchParams.get('since'));
        const rows = store.page(since, Number(url.searchParams.get('limit')));
        response.setHeader('content-encoding', 'gzip');
        return void response.end(gzipSync(`{"documents":[${rows.map(({ body }) => body).join(',')}],"checkpoint":{"seq":${rows.at(-1)?.seq ?? since}}}`, { level: 1 }));
      }
      const conflicts = [];
      const mutations = [];
      for (const { newDocumentState: state, assumedMasterState: assumed } of JSON.parse((await bodyOf(request)).toString('utf8'))) {
        const held = store.get(state.id);
        if (held && held.rev !== assumed?.rev) conflicts.push(JSON.parse(held.body));
        else mutations.push({ key: `p${(pushes += 1)}`, id: state.id, rev: state.rev, body: JSON.stringify(state) });
      }
      store.apply(mutations);
      response.end(JSON.stringify(conflicts));
    },
  };
}

/** @returns {Promise<ReturnType<typeof rawPeer>>} */
async function pouchPeer() {
  const PouchDB = require('pouchdb').defaults({ prefix: `${folder}/` });
  const app = require('express')();
  app.use('/', require('express-pouchdb')(PouchDB, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: path.join(folder, 'log.txt') }));
  const database = new PouchDB('records');
  await database.info();
  const stored = (/** @type {any} */ { id, ...rest }) => ({ _id: id, ...rest });
  return {
    handle: app,
    commands: {
      count: async () => (await database.info()).doc_count,
      async seed(from, to) {
        for (let at = from; at < to; at += 1000) await database.bulkDocs(Array.from({ length: Math.min(1000, to - at) }, (_, offset) => stored(makeRecord(at + offset))));
      },
      async mutate(indexes, version) {
        const records = indexes.map((/** @type {number} */ index) => stored(makeRecord(index, version)));
        const { rows } = await database.allDocs({ keys: records.map((/** @type {any} */ { _id }) => _id) });
        await database.bulkDocs(records.map((/** @type {any} */ record, /** @type {number} */ at) => ({ ...record, _rev: rows[at].value.rev })));
      },
    },
  };
}

const peer = kind === 'pouch' ? await pouchPeer() : kind === 'rxdb' ? rxdbPeer() : rawPeer();
const server = http.createServer((request, response) => {
  if (request.url === '/bench/') return void response.setHeader('content-type', 'text/html').end('<!doctype html><meta charset="utf-8"><title>bench</title><script src="/bench/page.js"></script>');
  if (request.url === '/bench/page.js') return void response.setHeader('content-type', 'text/javascript').end(script);
  peer.handle(request, response);
});
server.keepAliveTimeout = 60_000;
process.on('message', async (/** @type {any} */ { id, name, given }) => {
  const answer = await Promise.resolve(peer.commands[name]?.(...given)).then((value) => ({ id, value }), (error) => ({ id, error: String(error) }));
  process.send?.(answer);
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => process.send?.({ listening: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}` }));
