// The raw limit: Dexie, one row a record and one in an outbox, gzip NDJSON over one fetch. No chain, no fold, no receipt.
import { Dexie } from 'dexie';
import { hashOf, makeRecords } from './workload.mjs';

/** @type {any} */
let database;

/** @param {string} text */
function packed(text) {
  return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
}

const meta = () => database.meta;

/** @type {any} */ (window).bench = {
  /** @param {string} name */
  async open(name) {
    database = new Dexie(name, { chromeTransactionDurability: 'relaxed' });
    database.version(1).stores({ records: 'id,roomId,updatedAt', outbox: '++n', meta: 'k' });
    await database.open();
  },
  /** @param {number} from @param {number} to */
  async insert(from, to) {
    const records = makeRecords(from, to);
    for (let at = 0; at < records.length; at += 1000) {
      const piece = records.slice(at, at + 1000);
      await database.transaction('rw', database.records, database.outbox, async () => {
        await database.records.bulkPut(piece);
        await database.outbox.bulkAdd(piece.map(({ id, rev }) => ({ id, k: `${id}:${rev}` })));
      });
    }
  },
  async push() {
    const from = performance.now();
    for (;;) {
      const waiting = await database.outbox.limit(2000).toArray();
      if (waiting.length === 0) return performance.now() - from;
      const records = await database.records.bulkGet(waiting.map((/** @type {any} */ { id }) => id));
      const text = records.map((/** @type {any} */ doc, /** @type {number} */ at) => JSON.stringify({ k: waiting[at].k, doc })).join('\n');
      const reply = await fetch('/push', { method: 'POST', headers: { 'x-body-encoding': 'gzip' }, body: await packed(text) });
      if (!reply.ok) throw new Error(`push ${reply.status}`);
      await reply.json();
      await database.outbox.bulkDelete(waiting.map((/** @type {any} */ { n }) => n));
    }
  },
  async pull() {
    const from = performance.now();
    let cursor = (await meta().get('cursor'))?.v ?? 0;
    const reply = await fetch(`/pull?since=${cursor}`);
    if (!reply.ok || !reply.body) throw new Error(`pull ${reply.status}`);
    const put = (/** @type {any[]} */ records, /** @type {number} */ v) => database.transaction('rw', database.records, database.meta, () => {
      database.records.bulkPut(records);
      database.meta.put({ k: 'cursor', v });
    });
    const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
    let [tail, waiting, writing] = ['', /** @type {any[]} */ ([]), Promise.resolve()];
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const lines = (tail + value).split('\n');
      tail = lines.pop() ?? '';
      for (const line of lines) {
        const [position, record] = JSON.parse(line);
        cursor = position;
        if (record) waiting.push(record);
        if (waiting.length < 1000) continue;
        await writing;
        const [piece, at] = [waiting, cursor];
        waiting = [];
        writing = put(piece, at);
      }
    }
    await writing;
    await put(waiting, cursor);
    return performance.now() - from;
  },
  hash: async () => hashOf(await database.records.toArray()),
};
