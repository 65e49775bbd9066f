// A whole client of the office server, written from docs/sync.md alone: Node's built-ins, nothing of the product.
//
//   node minimal-client.mjs <server> <folder> [--code <one-time code>] [--institution <name>] [--original <file>]
//
// The folder holds what the client must not lose: key, own changes, what it pulled and how far. Run it as often as you like.
// One line of JSON says what came of it; exit code 1 and {"problem": …} when the server said no.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, mkdirSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const GENESIS = '0'.repeat(64);
const PIECE_BYTES = 4 * 1024 * 1024;
const bootId = randomUUID();

const { positionals, values: asked } = parseArgs({ allowPositionals: true, options: { code: { type: 'string' }, institution: { type: 'string' }, original: { type: 'string' } } });
const [server = '', folder = '.'] = positionals;
const stateFile = path.join(folder, 'client.json');
mkdirSync(folder, { recursive: true });
const state = existsSync(stateFile) ? JSON.parse(readFileSync(stateFile, 'utf8')) : newState();
const key = createPrivateKey(state.key);
let token = '';

try {
  if (!state.place) await enrol(asked.code ?? '');
  const chainId = `${state.deviceId}.${state.place.officerId}`;
  token = await signIn(chainId);
  if (asked.institution !== undefined) writeOnce(asked.institution);
  const { receipt, refused } = await exchangeAll();
  const original = asked.original === undefined ? null : await upload(asked.original);
  const { cursor, pulled, proven, trusted } = state;
  console.log(JSON.stringify({ chainId, receipt, refused, cursor, pulled: pulled.length, proven, trusted, original }));
} catch (error) {
  if (!error.problem) throw error;
  console.log(JSON.stringify({ problem: error.problem }));
  process.exitCode = 1;
}

function newState() {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  return { deviceId: newId(), key: pem, place: null, journal: [], receipt: null, ...fromTheBeginning() };
}

function fromTheBeginning() {
  return { cursor: 0, cursorId: null, pulled: [], proven: 0, trusted: 0 };
}

/** Whole or not at all, and on the disk: what was pulled and how far can not disagree. */
function keep() {
  const unfinished = `${stateFile}.new`;
  const file = openSync(unfinished, 'w', 0o600);
  writeFileSync(file, JSON.stringify(state));
  fsyncSync(file);
  closeSync(file);
  renameSync(unfinished, stateFile);
}

/** The key is kept before it is shown: asked again with the same one, the server gives the same place. */
async function enrol(code) {
  keep();
  const publicKey = Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x, 'base64url').toString('base64');
  state.place = await post('/v1/enrol', { v: 1, code, deviceId: state.deviceId, deviceName: 'minimal client', publicKey });
  keep();
}

async function signIn(chainId) {
  const { challenge } = await post('/v1/session/challenge', { v: 1, chainId });
  const signature = sign(null, Buffer.from(`xuncha-session-v1:${challenge}`, 'utf8'), key).toString('base64');
  return (await post('/v1/session', { v: 1, chainId, challenge, signature })).token;
}

/** The first wish for this institution makes a change; the same wish again finds it in the journal. */
function writeOnce(name) {
  if (state.journal.some(({ body }) => body.patch.name?.to === name)) return;
  const patch = { name: { was: null, to: name }, level: { was: null, to: 'municipal' } };
  const seq = state.journal.length + 1;
  const body = {
    recordType: 'institution', recordId: newId(), kind: 'create', wall: new Date().toISOString(), mono: Math.floor(performance.now()), bootId,
    salt: randomBytes(16).toString('hex'), patch,
  };
  const { officeId, officerId } = state.place;
  const id = changeId(body, { officeId, deviceId: state.deviceId, officerId, seq, prev: state.journal.at(-1)?.id ?? GENESIS });
  state.journal.push({ id, body });
  keep();
}

function changeId({ recordType, recordId, kind, wall, mono, bootId: boot, salt, patch }, { officeId, deviceId, officerId, seq, prev }) {
  const payloadHash = sha256(salt + canonical(patch));
  return sha256(canonical({ v: 1, alg: 'ed25519-sha256', officeId, deviceId, officerId, seq, prev, recordType, recordId, kind, payloadHash, wall, mono, bootId: boot }));
}

/** RFC 8785 for values without fractions: sorted by UTF-16 units, as Array.sort does; texts as JSON.stringify writes them. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

/** Until all own changes have a receipt and the page is the last one. */
async function exchangeAll() {
  for (;;) {
    const before = state.receipt?.seq ?? 0;
    const sent = state.journal.slice(before, before + 1000);
    const signature = () => sign(null, Buffer.from(sent.at(-1).id, 'hex'), key).toString('base64');
    const push = sent.length === 0 ? null : { fromSeq: before + 1, changes: sent.map(({ body }) => body), signature: signature() };
    const { cursor, cursorId } = state;
    const reply = await post('/v1/exchange', { v: 1, cursor, cursorId, pageLimit: 2000, push }).catch(setBack);
    if (!reply) continue;
    const { receipt, refused, page, next, more } = reply;
    if (receipt && receipt.id !== state.journal[receipt.seq - 1]?.id) fail('chain-mismatch', { seq: receipt.seq });
    const ids = new Map(state.pulled.map((item) => [placeOf(item), item.id]));
    for (const item of page) prove(item, ids);
    Object.assign(state, { receipt, cursor: next, cursorId: page.at(-1)?.id ?? state.cursorId });
    state.pulled.push(...page);
    keep();
    if (!more && (receipt?.seq ?? 0) === state.journal.length) return { receipt, refused };
  }
}

/** The server knows less than I do: an older backup was put back. Pull from the beginning, send again what it lost. */
function setBack(error) {
  const { problem } = error;
  const held = (problem?.detail?.expected ?? 0) - 1;
  if (problem?.code === 'cursor-invalid' && state.cursor > 0) Object.assign(state, fromTheBeginning());
  else if (problem?.code === 'gap' && held < (state.receipt?.seq ?? 0)) state.receipt = { seq: held };
  else throw error;
  keep();
  return null;
}

/** Computes the id of a pulled change. Where the one before it was refused it never comes: then the server's word stands. */
function prove(item, ids) {
  const prev = item.seq === 1 ? GENESIS : ids.get(placeOf({ ...item, seq: item.seq - 1 }));
  if (prev !== undefined && changeId(item, { ...item, officeId: state.place.officeId, prev }) !== item.id) fail('chain-mismatch', { cursor: item.cursor });
  state[prev === undefined ? 'trusted' : 'proven'] += 1;
  ids.set(placeOf(item), item.id);
}

function placeOf({ deviceId, officerId, seq }) {
  return `${deviceId}.${officerId}.${seq}`;
}

/** From where the server stands, 4 MiB at a time. Its word that it has all of it comes after it hashed what it wrote. */
async function upload(file) {
  const handle = openSync(file, 'r');
  const whole = fstatSync(handle).size;
  const hash = createHash('sha256');
  for (let at = 0; at < whole; at += PIECE_BYTES) hash.update(pieceAt(handle, at, whole));
  const name = hash.digest('hex');
  const about = { 'upload-length': String(whole), 'upload-metadata': `sha256 ${btoa(name)},mediaType ${btoa('application/octet-stream')}` };
  await tus('POST', '/v1/evidence', about);
  const from = Number((await tus('HEAD', `/v1/evidence/${name}`)).get('upload-offset'));
  for (let offset = from; offset < whole;) {
    const piece = pieceAt(handle, offset, whole);
    const checksum = `sha256 ${createHash('sha256').update(piece).digest('base64')}`;
    const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset), 'upload-checksum': checksum };
    offset = Number((await tus('PATCH', `/v1/evidence/${name}`, headers, piece)).get('upload-offset'));
  }
  closeSync(handle);
  return { sha256: name, byteLength: whole, sentBytes: whole - from };
}

function pieceAt(handle, offset, whole) {
  const piece = Buffer.alloc(Math.min(PIECE_BYTES, whole - offset));
  readSync(handle, piece, 0, piece.length, offset);
  return piece;
}

async function post(where, body) {
  const reply = await request(where, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const said = await reply.json().catch(() => null);
  return said?.v === 1 ? said : fail('not-our-server');
}

async function tus(method, where, headers = {}, body = undefined) {
  const reply = await request(where, { method, body, headers: { 'tus-resumable': '1.0.0', ...headers } });
  return reply.headers.get('tus-resumable') === '1.0.0' ? reply.headers : fail('not-our-server');
}

/** Any answer that is not ours, a portal's page or a redirect among them, is no answer. */
async function request(where, init) {
  const reply = await fetch(server + where, { ...init, redirect: 'error', headers: { ...init.headers, ...(token && { authorization: `Bearer ${token}` }) } });
  if (reply.ok) return reply;
  const { problem } = (await reply.json().catch(() => null)) ?? {};
  return fail(problem?.code ?? reply.headers.get('xuncha-problem') ?? 'not-our-server', problem?.detail);
}

function fail(code, detail) {
  throw Object.assign(new Error(code), { problem: { code, ...(detail && { detail }) } });
}

function sha256(text) {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** A UUID of version 7. Nobody reads its time. */
function newId() {
  return randomUUID().replace(/^(.{14})4/, '$17');
}
