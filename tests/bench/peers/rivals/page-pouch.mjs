// PouchDB with its IndexedDB adapter and its own replication.
import PouchDB from 'pouchdb-browser';
import indexeddb from 'pouchdb-adapter-indexeddb';
import { hashOf, makeRecords } from './workload.mjs';

PouchDB.plugin(indexeddb);
/** @type {any} */
let database;
const url = `${location.origin}/records`;
const options = { batch_size: 1000, batches_limit: 10 };

/** @param {'to' | 'from'} way */
async function replicate(way) {
  const from = performance.now();
  const result = await database.replicate[way](url, options);
  if (!result.ok) throw new Error(`replicate ${way}`);
  return performance.now() - from;
}

/** @type {any} */ (window).bench = {
  /** @param {string} name */
  async open(name) {
    database = new PouchDB(name, { adapter: 'indexeddb' });
    await database.info();
  },
  /** @param {number} from @param {number} to */
  async insert(from, to) {
    const records = makeRecords(from, to).map(({ id, ...rest }) => ({ _id: id, ...rest }));
    for (let at = 0; at < records.length; at += 1000) await database.bulkDocs(records.slice(at, at + 1000));
  },
  push: () => replicate('to'),
  pull: () => replicate('from'),
  hash: async () => hashOf((await database.allDocs({ include_docs: true })).rows.map((/** @type {any} */ { doc }) => ({ ...doc, id: doc._id }))),
};
