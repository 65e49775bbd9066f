// RxDB with its free Dexie storage and its HTTP replication.
import { createRxDatabase } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { hashOf, makeRecords } from './workload.mjs';

const text = (/** @type {number} */ maxLength) => ({ type: 'string', maxLength });
const schema = {
  version: 0, primaryKey: 'id', type: 'object',
  properties: {
    id: text(40), projectId: text(40), taskId: text(40), formId: text(40), formVersion: { type: 'number' }, roomId: text(40), roomName: text(80), deviceId: text(40), deviceModel: text(60),
    inspectorId: text(40), inspectorName: text(40), mode: text(10), setTempC: { type: 'number' }, fanSpeed: { type: 'number' }, readings: { type: 'array', items: { type: 'object' } },
    note: text(2000), status: text(20), gps: { type: 'object' }, media: { type: 'array', items: { type: 'object' } }, checks: { type: 'object' }, rev: { type: 'number' }, createdAt: text(40),
    updatedAt: { type: 'number', minimum: 0, maximum: 1e14, multipleOf: 1 },
  },
  required: ['id', 'roomId', 'updatedAt'],
  indexes: ['roomId', 'updatedAt'],
};
/** @type {any} */
let records;
const batchSize = 1000;
const pull = {
  batchSize,
  handler: async (/** @type {any} */ checkpoint, /** @type {number} */ limit) => (await fetch(`/rx/pull?since=${checkpoint ? checkpoint.seq : 0}&limit=${limit}`)).json(),
};
const push = {
  batchSize,
  handler: async (/** @type {any} */ rows) => (await fetch('/rx/push', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(rows) })).json(),
};

/** @param {{ pull?: unknown, push?: unknown }} way */
async function replicate(way) {
  const from = performance.now();
  const state = replicateRxCollection(/** @type {any} */ ({ collection: records, replicationIdentifier: 'http', live: false, waitForLeadership: false, retryTime: 1000, ...way }));
  let problem = null;
  state.error$.subscribe((/** @type {any} */ error) => (problem = error));
  await state.awaitInitialReplication();
  const took = performance.now() - from;
  if (problem) throw new Error(`replication: ${JSON.stringify(problem).slice(0, 300)}`);
  await state.cancel();
  return took;
}

/** @type {any} */ (window).bench = {
  /** @param {string} name */
  async open(name) {
    const database = await createRxDatabase({ name, storage: getRxStorageDexie(), multiInstance: false, eventReduce: true });
    records = (await database.addCollections({ records: { schema: /** @type {any} */ (schema) } }))['records'];
  },
  /** @param {number} from @param {number} to */
  async insert(from, to) {
    const made = makeRecords(from, to);
    for (let at = 0; at < made.length; at += 1000) await records.bulkInsert(made.slice(at, at + 1000));
  },
  push: () => replicate({ push }),
  pull: () => replicate({ pull }),
  hash: async () => hashOf((await records.find().exec()).map((/** @type {any} */ found) => found.toJSON())),
};
