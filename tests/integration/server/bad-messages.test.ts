import { createHash, sign } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { demoPeople } from '#shared/domain/demo/demo-people.ts';
import type { NewChange } from '#shared/journal/change.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { ErrorReply, paths } from '#shared/sync/wire.ts';
import { inRecords, openTestServer, type TestServer } from '../../helpers/server.ts';
import { demoLaptop, enrolLaptop, expectDone, newChange, newId, postJson, problemIn, signed, tryToEnrol, type TestLaptop } from '../../helpers/test-laptop.ts';

/** A laptop with one change that waits to be sent, and the exchange that would send it. */
type Desk = { readonly server: TestServer; readonly laptop: TestLaptop; readonly whole: string };
/** What is sent, and what came of it in one line. */
type Case = readonly [name: string, observed: string, send: (desk: Desk) => Promise<string>];

const json = { 'content-type': 'application/json' };

function told(status: number, { code, detail = {} }: Problem): string {
  return [status, code, ...Object.entries(detail).map(([name, value]) => `${name}=${value}`)].join(' ');
}

async function toldBy(reply: Response): Promise<string> {
  const error = ErrorReply.safeParse(await reply.json());
  return error.success ? told(reply.status, error.data.problem) : `${reply.status} taken`;
}

const post = (where: string, body: string | Buffer, headers: Record<string, string> = json) => async ({ laptop }: Desk): Promise<string> =>
  toldBy(await laptop.fetch(where, { method: 'POST', headers, body: Buffer.from(body) }));

/** The exchange with one part of its text replaced by another, or wholly by what `spoil` makes of it. */
const spoilt = (part: string | RegExp, by: string) => async (desk: Desk): Promise<string> => {
  if (desk.whole.replace(part, by) === desk.whole) throw new Error(`nothing to spoil: ${String(part)}`);
  return post(paths.exchange, desk.whole.replace(part, by))(desk);
};
const asBytes = (spoil: (whole: string) => string | Buffer, headers: Record<string, string> = json) => async (desk: Desk): Promise<string> => post(paths.exchange, spoil(desk.whole), headers)(desk);

/** A change as the journal would take it, signed and pushed: what comes of it when it arrives. */
const pushed = (change: () => NewChange) => async ({ laptop }: Desk): Promise<string> => {
  const seq = laptop.write(change())[0]?.seq;
  await laptop.sync();
  const refusal = laptop.refused.find((each) => each.seq === seq);
  return refusal ? `kept aside: ${told(0, refusal.problem).slice(2)}` : '200 taken';
};

/** A push made anew from the waiting changes. */
const altered = (alter: (push: ReturnType<TestLaptop['push']>, laptop: TestLaptop) => object) => async (desk: Desk): Promise<string> =>
  post(paths.exchange, JSON.stringify({ v: 1, cursor: 0, pageLimit: 10, push: alter(desk.laptop.push(desk.laptop.receipted() + 1), desk.laptop) }))(desk);

/** Speaks to the server as no library would, and hangs up when it has answered or after its last word. */
const raw = (text: string) => ({ server }: Desk): Promise<string> => new Promise((resolve, reject) => {
  const socket = net.connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(text.replaceAll('\n', '\r\n')));
  let answer = '';
  socket.setEncoding('utf8').on('data', (piece) => (answer += String(piece)));
  socket.once('error', reject);
  socket.once('close', () => {
    const body = ErrorReply.safeParse(JSON.parse(answer.split('\r\n\r\n').at(-1) ?? ''));
    resolve(body.success ? told(Number(answer.split(' ')[1]), body.data.problem) : answer.slice(0, 60));
  });
});
const enrolHeaders = `POST /v1/enrol HTTP/1.1\nhost: x\ncontent-type: application/json\n`;

const room = (values: NewChange['patch']): NewChange => ({ recordType: 'roomCheck', recordId: newId(), kind: 'create', patch: values });
const to = (value: NewChange['patch'][string]['to']) => ({ was: null, to: value });
const signature = /"signature":"[^"]+"/;
const session = { v: 1, chainId: 'x', challenge: 'x'.repeat(40), signature: 'x'.repeat(88) };
const enrolment = { v: 1, code: 'AAAA-BBBB-CCCC-DDDD', deviceId: newId(), deviceName: '笔记本', publicKey: Buffer.alloc(32, 7).toString('base64') };

const families: Readonly<Record<number, readonly Case[]>> = {
  21: [
    ['a field of a patch twice', '400 invalid-input flaw=duplicate-key', spoilt('"name":{', '"name":{"was":null,"to":"乙"},"name":{')],
    ['a key twice deep in a value', '400 invalid-input flaw=duplicate-key', spoilt('"to":"甲单位"', '"to":{"a":[{"b":1,"b":2}]}')],
    ['the push twice', '400 invalid-input flaw=duplicate-key', spoilt('"push":', '"push":null,"push":')],
    ['a key twice in a question for a challenge', '400 invalid-input flaw=duplicate-key', post(paths.challenge, '{"v":1,"chainId":"a","chainId":"b"}')],
    ['a key twice in an act', '400 invalid-input flaw=duplicate-key', post(`${paths.office}/chain.list`, '{"a":1,"a":1}')],
    ['a key twice in a packed exchange', '400 invalid-input flaw=duplicate-key', asBytes((whole) => gzipSync(whole.replace('"v":1', '"v":1,"v":1')), { ...json, 'content-encoding': 'gzip' })],
  ],
  22: [
    ['a hundred thousand objects in one another', '400 invalid-input flaw=depth', asBytes(() => `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)],
    ['a value one level deeper than the limit', '400 invalid-input flaw=depth', spoilt('"to":"甲单位"', `"to":${'['.repeat(60)}${']'.repeat(60)}`)],
    ['a packed hundred thousand brackets', '400 invalid-input flaw=depth', asBytes(() => gzipSync('['.repeat(100_000)), { ...json, 'content-encoding': 'gzip' })],
    ['a hundred thousand brackets for a new laptop', '400 invalid-input flaw=depth', post(paths.enrol, '['.repeat(100_000))],
    ['a value of lists within lists where a text belongs', 'kept aside: invalid-input recordType=roomCheck field=room', pushed(() => room({ room: to([[[[[[[[[[1]]]]]]]]]]) }))],
  ],
  23: [
    ['an object with a million keys', '400 invalid-input flaw=items', spoilt('"to":"甲单位"', `"to":{${Array.from({ length: 1_000_000 }, (_, n) => `"${n.toString(36)}":0`).join(',')}}`)],
    ['a patch of twenty thousand and one fields', '400 invalid-input flaw=items', spoilt('"patch":{', `"patch":{${Array.from({ length: 20_001 }, (_, n) => `"a${n}":{"was":null,"to":0},`).join('')}`)],
    ['a list of bases longer than it may be', '413 too-large field=bases limit=30', post(`${paths.office}/bases.sign-off`, JSON.stringify({ bases: Array(31).fill({ id: 'a', name: 'b', article: 'c', textVersion: '2017-03-01', status: 'verified', source: 'd' }), comment: '' }))],
    ['more settled heads than a field can have', '413 too-large field=push.changes.0.patch.name.resolves limit=50', spoilt('"to":"甲单位"', `"to":"甲单位","resolves":[${Array(51).fill(`"${'a'.repeat(64)}"`).join(',')}]`)],
    ['a push without changes', '400 invalid-input field=push.changes', altered((push) => ({ ...push, changes: [] }))],
  ],
  25: [
    ['no content type', '415 invalid-input header=content-type', asBytes((whole) => whole, { 'content-type': '' })],
    ['UTF-16 that says it is UTF-8', '400 invalid-input flaw=utf-8', asBytes((whole) => Buffer.from(`\ufeff${whole}`, 'utf16le'), { 'content-type': 'application/json; charset=utf-8' })],
    ['JSON that says it is UTF-8', '200 taken', asBytes((whole) => whole, { 'content-type': 'application/json; charset=utf-8' })],
    ['packed twice under one word', '400 invalid-input flaw=utf-8', asBytes((whole) => gzipSync(gzipSync(whole)), { ...json, 'content-encoding': 'gzip' })],
    ['a packed act', '415 invalid-input header=content-encoding', post(`${paths.office}/chain.list`, gzipSync('{}'), { ...json, 'content-encoding': 'gzip' })],
    ['bytes of a photo', '415 invalid-input header=content-type', asBytes(() => Buffer.alloc(100, 0xff), { 'content-type': 'image/jpeg' })],
  ],
  26: [
    ['no version', '400 invalid-input field=v', spoilt('"v":1,', '')],
    ['an earlier version', '426 please-update version=0', spoilt('"v":1', '"v":0')],
    ['a version in words', '426 please-update version=1', spoilt('"v":1', '"v":"1"')],
    ['a field of a later push', '426 please-update field=push.urgent', spoilt('"fromSeq"', '"urgent":1,"fromSeq"')],
    ['a field of a later patch', '426 please-update field=push.changes.0.patch.name.unit', spoilt('"to":"甲单位"', '"to":"甲单位","unit":"m2"')],
    ['a field of a later enrolment', '426 please-update field=platform', post(paths.enrol, JSON.stringify({ ...enrolment, platform: 'win' }))],
    ['a record type of a later version', 'kept aside: newer-version recordType=heatPump', pushed(() => ({ recordType: 'heatPump', recordId: newId(), kind: 'create', patch: { name: to('x') } }))],
    ['a field of a later record', 'kept aside: newer-version recordType=roomCheck field=humidity', pushed(() => room({ humidity: to('40') }))],
    ['a list where an earlier version had one value', 'kept aside: newer-version recordType=roomCheck field=room/a', pushed(() => room({ 'room/a': to('3-0214') }))],
    ['a key of a later value', 'kept aside: newer-version recordType=institution field=liaison', pushed(() => newChange('institution', newId(), { liaison: { name: '甲', telephone: '1', mail: 'x' } }))],
  ],
  27: [
    ['an exchange without the fields that came later', '200 taken', post(paths.exchange, JSON.stringify({ v: 1, cursor: 0, pageLimit: 10, push: null }))],
    ['an upload as before tus', '404 not-found', async ({ laptop }) => toldBy(await laptop.fetch(`${paths.evidence}/${'a'.repeat(64)}`, { method: 'PUT', headers: { 'content-type': 'application/octet-stream' }, body: 'x' }))],
    ['a review as before it named its lock', 'kept aside: not-allowed recordType=review kind=create', pushed(() => newChange('review', newId(), { inspectionId: newId(), verdict: 'sent-back', comment: '', at: '2026-08-12T06:03:00.000Z' }))],
  ],
  28: [
    ['a page size in words', '400 invalid-input field=pageLimit', spoilt('"pageLimit":10', '"pageLimit":"10"')],
    ['a page of more than may be', '400 invalid-input field=pageLimit', spoilt('"pageLimit":10', '"pageLimit":2001')],
    ['a list for a push', '400 invalid-input field=push', altered(() => [])],
    ['an object for a list of changes', '400 invalid-input field=push.changes', altered((push) => ({ ...push, changes: {} }))],
    ['a record type with a blank', '400 invalid-input field=push.changes.0.recordType', spoilt('"recordType":"institution"', '"recordType":"room check"')],
    ['a kind in capitals', '400 invalid-input field=push.changes.0.kind', spoilt('"kind":"create"', '"kind":"CREATE"')],
    ['an instant without milliseconds', '400 invalid-input field=push.changes.0.wall', spoilt(/"wall":"[^"]+"/, '"wall":"2026-08-12T06:03:00Z"')],
    ['an instant in another zone', '400 invalid-input field=push.changes.0.wall', spoilt(/"wall":"[^"]+"/, '"wall":"2026-08-12T14:03:00.000+08:00"')],
    ['a negative time since the start', '400 invalid-input field=push.changes.0.mono', spoilt(/"mono":\d+/, '"mono":-1')],
    ['a start without a name', '400 invalid-input field=push.changes.0.bootId', spoilt(/"bootId":"[^"]+"/, '"bootId":""')],
    ['a start with too long a name', '400 field-too-long field=push.changes.0.bootId limit=64', spoilt(/"bootId":"[^"]+"/, `"bootId":"${'b'.repeat(65)}"`)],
    ['a salt that is too short', '400 invalid-input field=push.changes.0.salt', spoilt(/"salt":"[^"]+"/, '"salt":"abcd"')],
    ['a salt in capitals', '400 invalid-input field=push.changes.0.salt', spoilt(/"salt":"[^"]+"/, `"salt":"${'A'.repeat(32)}"`)],
    ['a base that is no id', '400 invalid-input field=push.changes.0.patch.name.was', spoilt('"was":null', '"was":"latest"')],
    ['no base', '400 invalid-input field=push.changes.0.patch.name.was', spoilt('"was":null,', '')],
    ['a field named by its index', '400 invalid-input field=push.changes.0.patch.photos[0]', spoilt('"name":{', '"photos[0]":{')],
    ['a record without an id', '400 invalid-input field=push.changes.0.recordId', spoilt(/"recordId":"[^"]+",/, '')],
    ['no signature', '400 invalid-input field=push.signature', spoilt(signature, '"signature":null')],
    ['a list of known refusals instead of its mark', '400 invalid-input field=refusedMark', spoilt('"cursor":0', '"cursor":0,"refusedMark":"all"')],
    ['a word that a choice does not have', 'kept aside: invalid-input recordType=inspection field=season', pushed(() => newChange('inspection', newId(), { season: 'spring' }))],
    ['a number where a decimal is written as text', 'kept aside: invalid-input recordType=roomCheck field=setTemperatureC', pushed(() => room({ setTemperatureC: to(26) }))],
    ['a text for yes or no', 'kept aside: invalid-input recordType=institution field=sample', pushed(() => newChange('institution', newId(), { sample: 'true' }))],
  ],
  29: [
    ['a place before the first', '400 invalid-input field=push.fromSeq', altered((push) => ({ ...push, fromSeq: 0 }))],
    ['a place far ahead', '409 gap expected=1 seq=9000', altered((push) => ({ ...push, fromSeq: 9000 }))],
    ['one change twice under one signature', '400 bad-signature seq=1', altered((push) => ({ ...push, changes: [...push.changes, ...push.changes] }))],
    ['two changes in each other’s place', '400 bad-signature seq=1', altered((_push, laptop) => {
      laptop.write(newChange('institution', newId(), { name: '丙单位' }));
      const push = laptop.push(1);
      return { ...push, changes: push.changes.toReversed() };
    })],
    ['the whole message three times', '200 taken, 200 taken, 200 taken', async (desk) => [await asBytes((whole) => whole)(desk), await asBytes((whole) => whole)(desk), await asBytes((whole) => whole)(desk)].join(', ')],
  ],
  31: [
    ['a signature over the text of the id', '400 bad-signature seq=1', altered((push, { journal, key }) => ({ ...push, signature: signed(key, Buffer.from(journal[0]?.id ?? '').toString('hex')) }))],
    ['a signature over nothing', '400 bad-signature seq=1', altered((push, { key }) => ({ ...push, signature: signed(key, '') }))],
    ['a signature that is no base64', '400 bad-signature seq=1', altered((push) => ({ ...push, signature: '*'.repeat(88) }))],
    ['a signature that names its algorithm none', '426 please-update field=push.alg', altered((push) => ({ ...push, alg: 'none' }))],
    ['a token that signs itself with none', '401 unauthorized', async ({ server, whole }) => toldBy(await fetch(server.url + paths.exchange, { method: 'POST', headers: { ...json, authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.' }, body: whole }))],
    ['a key that is too short', '400 invalid-input field=publicKey', post(paths.enrol, JSON.stringify({ ...enrolment, publicKey: Buffer.alloc(31, 7).toString('base64').slice(0, 43) }))],
  ],
  32: [
    ['a challenge that the server did not make', '401 unauthorized', post(paths.session, JSON.stringify(session))],
    ['a challenge of a chain that does not exist', '401 unauthorized', post(paths.session, JSON.stringify({ ...session, chainId: `${newId()}.${newId()}` }))],
    ['a token with one letter changed', '401 unauthorized', async ({ server, laptop, whole }) => {
      const token = await laptop.token();
      const other = token.slice(0, -2) + (token.at(-2) === 'A' ? 'B' : 'A') + token.slice(-1);
      return toldBy(await fetch(server.url + paths.exchange, { method: 'POST', headers: { ...json, authorization: `Bearer ${other}` }, body: whole }));
    }],
    ['a token cut short', '401 unauthorized', async ({ server, laptop, whole }) => toldBy(await fetch(server.url + paths.exchange, { method: 'POST', headers: { ...json, authorization: `Bearer ${(await laptop.token()).slice(0, 40)}` }, body: whole }))],
    ['a code that nobody gave', '403 code-invalid', post(paths.enrol, JSON.stringify(enrolment))],
  ],
  33: [
    ['three thousand headers', '431 invalid-input header=request', raw(`GET /v1/health HTTP/1.1\nhost: x\n${Array.from({ length: 3000 }, (_, n) => `x-${n}: ${n}\n`).join('')}\n`)],
    ['an address of twenty thousand letters', '431 invalid-input header=request', raw(`GET /${'x'.repeat(20_000)} HTTP/1.1\nhost: x\n\n`)],
  ],
  34: [
    ['two lengths that differ', '400 invalid-input header=request', raw(`${enrolHeaders}content-length: 4\ncontent-length: 5\n\n{}  `)],
    ['a negative length', '400 invalid-input header=request', raw(`${enrolHeaders}content-length: -1\n\n`)],
    ['a coding that is only like chunked', '400 invalid-input header=request', raw(`${enrolHeaders}transfer-encoding: xchunked\n\n{}`)],
    ['a chunk without a size', '400 invalid-input header=request', raw(`${enrolHeaders}transfer-encoding: chunked\n\nzz\n{}\n`)],
    ['a blank before the colon', '400 invalid-input header=request', raw('GET /v1/health HTTP/1.1\nhost: x\ncontent-length : 4\n\n')],
    ['a header that goes on in the next line', '400 invalid-input header=request', raw('GET /v1/health HTTP/1.1\nhost: x\n folded: 1\n\n')],
  ],
  35: [
    ['a position that no number can hold', '400 invalid-input field=cursor', spoilt('"cursor":0', '"cursor":9007199254740993')],
    ['no position', '400 invalid-input field=cursor', spoilt('"cursor":0,', '')],
    ['an id of a position that is none', '400 invalid-input field=cursorId', spoilt('"cursor":0', '"cursor":0,"cursorId":"abc"')],
  ],
  38: [
    ...['seq', 'prev', 'id', 'officeId', 'deviceId', 'receivedAt', 'cursor'].map((field): Case =>
      [`a change that brings its own ${field}`, `426 please-update field=push.changes.0.${field}`, spoilt('"kind":"create"', `"kind":"create","${field}":"x"`)]),
    ['an enrolment that asks for roles', '426 please-update field=roles', post(paths.enrol, JSON.stringify({ ...enrolment, roles: ['leader'] }))],
    ['a session that asks for another office', '426 please-update field=officeId', post(paths.session, JSON.stringify({ ...session, officeId: newId() }))],
    ['a role given to oneself', 'kept aside: not-allowed recordType=person kind=edit', pushed(() => newChange('person', newId(), { roles: ['leader'] }, 'edit'))],
    ['an official number that the office did not give', 'kept aside: not-allowed field=officialNumber', pushed(() => newChange('document', newId(), { officialNumber: '示机事整〔2026〕1号' }))],
  ],
};

async function deskWithWork(): Promise<Desk> {
  const server = await openTestServer({ demo: true });
  const laptop = await demoLaptop(server.url, 'inspector');
  laptop.write(newChange('institution', newId(), { name: '甲单位' }));
  return { server, laptop, whole: JSON.stringify({ v: 1, cursor: 0, pageLimit: 10, push: laptop.push(1) }) };
}

const sessionBody = async (url: string, { chainId, key }: TestLaptop): Promise<string> => {
  const { challenge } = (await (await postJson(url + paths.challenge, { v: 1, chainId })).json()) as { challenge: string };
  return JSON.stringify({ v: 1, chainId, challenge, signature: sign(null, Buffer.from(`xuncha-session-v1:${challenge}`), key).toString('base64') });
};

describe('parse once at each border, HTTP to server: each bad message gets its problem, takes nothing with it, and the queue goes on', () => {
  test.each(Object.entries(families))('family %s', async (_family, cases) => {
    const desk = await deskWithWork();
    const { laptop, server } = desk;
    let taken = 0;
    for (const [name, expected, send] of cases) {
      const observed = await send(desk);
      expect.soft(observed, name).toBe(expected);
      const { receipt } = expectDone(await laptop.exchange({ cursor: 0, pageLimit: 0 }));
      if (/taken|aside/.test(observed)) taken = receipt?.seq ?? 0;
      expect.soft(receipt?.seq ?? 0, name).toBe(taken);
    }
    laptop.write(newChange('institution', newId(), { name: '乙单位' }));
    await laptop.sync();
    expect(laptop.receipted()).toBe(laptop.journal.length);
    expect(laptop.pulled.some(({ patch }) => patch['name']?.to === '乙单位')).toBe(true);
    expect(server.log()).not.toMatch(/"level":50|server-error/);
  });

  test('every case stands in docs/bad-input.md with what is observed', () => {
    const table = readFileSync(path.resolve(import.meta.dirname, '../../../docs/bad-input.md'), 'utf8').split('\n');
    const missing = Object.entries(families).flatMap(([family, cases]) => cases
      .filter(([name, observed]) => !table.some((row) => row.startsWith(`| ${family} | ${name} | `) && row.endsWith(` | ${observed} | M |`)))
      .map(([name, observed]) => `| ${family} | ${name} | … | ${observed} | M |`));
    expect(missing).toEqual([]);
  });
});

test('a newer laptop is told, not misread: what it said beside the unknown field is not taken either', async () => {
  const desk = await deskWithWork();
  expect(await spoilt('"cursor":0', '"cursor":0,"scope":"district"')(desk)).toBe('426 please-update field=scope');
  expect(expectDone(await desk.laptop.exchange({})).receipt).toBeNull();
});

describe('family 24: cut at each byte, a message is refused and can be sent again', () => {
  test.each([
    ['an enrolment', paths.enrol, async () => ({ bytes: Buffer.from(JSON.stringify({ ...enrolment, deviceId: newId(), code: demoPeople.assistant.code })), headers: json })],
    ['a session', paths.session, async ({ server, laptop }: Desk) => ({ bytes: Buffer.from(await sessionBody(server.url, laptop)), headers: json })],
    ['a packed exchange', paths.exchange, async ({ whole }: Desk) => ({ bytes: gzipSync(whole), headers: { ...json, 'content-encoding': 'gzip' } })],
  ])('%s', async (_what, where, message) => {
    const desk = await deskWithWork();
    const { bytes, headers } = await message(desk);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(await post(where, bytes.subarray(0, length), headers)(desk), `after ${length} bytes`).toMatch(/^400 invalid-input flaw=/);
    }
    expect(await post(where, bytes, headers)(desk)).toBe('200 taken');
  });

  test('a line that ends before the length that was told takes nothing and is no alarm', async () => {
    const { server, laptop, whole } = await deskWithWork();
    const head = `POST ${paths.exchange} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nauthorization: Bearer ${await laptop.token()}\r\ncontent-length: ${Buffer.byteLength(whole)}\r\n\r\n`;
    const socket = net.connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(head + whole.slice(0, -1));
    socket.resume().end();
    await once(socket, 'close');
    expect(expectDone(await laptop.exchange({})).receipt).toBeNull();
    expect(server.log()).not.toMatch(/"level":50/);
    await laptop.sync();
    expect(laptop.receipted()).toBe(1);
  });
});

test('family 30: a fork that comes again gets the same answer, is kept once, and everything else goes on', async () => {
  const { server, laptop } = await deskWithWork();
  const [original] = laptop.push(1).changes;
  await laptop.sync();
  (laptop.journal as unknown[]).length = 0;
  laptop.write(newChange('institution', newId(), { name: '另一个' }));
  for (let times = 0; times < 3; times += 1) expect(problemIn(await laptop.exchange({ push: laptop.push(1) }))).toEqual({ code: 'fork', detail: { seq: 1 } });
  expect(expectDone(await laptop.exchange({ cursor: 0 })).page.some(({ recordId }) => recordId === original?.recordId)).toBe(true);
  const other = await demoLaptop(server.url, 'secondInspector');
  other.write(newChange('institution', newId(), { name: '乙单位' }));
  await other.sync();
  expect(other.receipted()).toBe(1);
  await server.stop();
  expect(await inRecords(server.dataDir, (sql) => sql.all('SELECT id FROM forks', []))).toHaveLength(1);
});

test('family 32: what somebody recorded on the wire and sends again opens nothing and doubles nothing', async () => {
  const { server, laptop, whole } = await deskWithWork();
  const recorded = await sessionBody(server.url, laptop);
  expect(await post(paths.session, recorded)({ server, laptop, whole })).toBe('200 taken');
  expect(await post(paths.session, recorded)({ server, laptop, whole })).toBe('401 unauthorized');
  const first = expectDone(await laptop.exchange({ push: laptop.push(1) }));
  const again = expectDone(await laptop.exchange({ push: laptop.push(1) }));
  expect([again.receipt, again.next]).toEqual([first.receipt, first.next]);
});

test('family 33: a thousand lines on which nobody says anything hold up nobody', async () => {
  const { server, laptop } = await deskWithWork();
  const idle = Array.from({ length: 1000 }, () => net.connect(Number(new URL(server.url).port), '127.0.0.1'));
  await Promise.all(idle.map((socket) => once(socket, 'connect')));
  await laptop.sync();
  expect(laptop.receipted()).toBe(1);
  for (const socket of idle) socket.destroy();
});

describe('family 36: a step that may not be', () => {
  test('a lock in somebody else’s name, a lock taken back, an event in somebody else’s name', async () => {
    const { server, laptop } = await deskWithWork();
    const other = await demoLaptop(server.url, 'secondInspector');
    const [id, caseId] = [newId(), newId()];
    const lock = (lockedBy: string) => ({ lockedAt: '2026-08-12T08:00:00.000Z', lockedBy, seen: { [laptop.chainId]: laptop.journal.length }, covers: [] });
    const event = { type: 'note', findingId: null, follows: null, by: other.entry.officerId, at: '2026-08-12T08:00:00.000Z', dueOn: null, complies: null, text: '', photos: [], documentId: null };
    laptop.write(newChange('inspection', id, { leadOfficerId: laptop.entry.officerId }));
    laptop.write(newChange('inspection', id, { lock: lock(other.entry.officerId) }, 'lock'));
    laptop.write(newChange('inspection', id, { lock: lock(laptop.entry.officerId) }, 'edit'));
    laptop.write(newChange('inspection', id, { lock: lock(laptop.entry.officerId) }, 'lock'));
    laptop.write(newChange('inspection', id, { lock: null }, 'edit'));
    laptop.write(newChange('case', caseId, { inspectionId: id, 'events/a': event }));
    await laptop.sync();
    expect(laptop.refused.map(({ seq, problem }) => [seq, problem.code])).toEqual([[3, 'not-allowed'], [4, 'not-allowed'], [6, 'locked'], [7, 'not-allowed']]);
  });
});

test('family 37: ids of another office are as if they were not there', async () => {
  const server = await openTestServer();
  const account = { name: '钟守正', loginName: 'zhong', officeName: '甲局' };
  const a = await enrolLaptop(server.url, { code: server.firstAccountCode ?? '', firstAccount: account });
  await server.stop();
  const both = await openTestServer({ dataDir: server.dataDir, addOffice: true });
  a.moveTo(both.url);
  const b = await enrolLaptop(both.url, { code: both.firstAccountCode ?? '', firstAccount: { ...account, officeName: '乙局' } });
  await a.sync();
  await b.sync();
  const bytes = Buffer.from('甲局的照片');
  const name = createHash('sha256').update(bytes).digest('hex');
  expectDone(await a.sendPiece(name, bytes.length + 1, 0, bytes));
  expect((await b.patch(name, bytes.length, Buffer.from('x'))).status).toBe(404);
  expect((await b.fetch(`${paths.evidence}/${name}`, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } })).status).toBe(404);
  expect(problemIn(await b.exchange({ cursor: a.cursor(), cursorId: a.pulled.at(-1)?.id ?? '' }))?.code).toBe('cursor-invalid');
  const [caseId, opinionId] = [newId(), newId()];
  expect(problemIn(await b.office('opinion.draft', { opinionId, caseId, text: { facts: '', demand: '', replyBy: '2026-09-30', jointOrganId: null, contact: '' }, comment: '', keep: true }))?.code).toBe('not-found');
});

describe('family 39: fifty at once', () => {
  test('the same push: one receipt, published once', async () => {
    const { laptop } = await deskWithWork();
    const { next } = expectDone(await laptop.exchange({ cursor: 0 }));
    const replies = await Promise.all(Array.from({ length: 50 }, () => laptop.exchange({ push: laptop.push(1), pageLimit: 0 })));
    expect(new Set(replies.map((reply) => JSON.stringify(expectDone(reply).receipt))).size).toBe(1);
    expect(expectDone(await laptop.exchange({ cursor: 0 })).next).toBe(next + 1);
  });

  test('one answered challenge opens one session', async () => {
    const { server, laptop } = await deskWithWork();
    const body = await sessionBody(server.url, laptop);
    const replies = await Promise.all(Array.from({ length: 50 }, () => fetch(server.url + paths.session, { method: 'POST', headers: json, body })));
    expect(replies.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, ...Array<number>(49).fill(401)]);
  });

  test('one enrolment code lets one laptop in', async () => {
    const server = await openTestServer();
    const firstAccount = { name: '钟守正', loginName: 'zhong', officeName: '甲局' };
    const tries = await Promise.all(Array.from({ length: 50 }, () => tryToEnrol(server.url, { code: server.firstAccountCode ?? '', firstAccount })));
    const codes = tries.map(({ outcome }) => problemIn(outcome)?.code ?? 'in');
    expect(codes.filter((code) => code === 'in')).toHaveLength(1);
    expect(codes.every((code) => ['in', 'code-used', 'rate-limited'].includes(code))).toBe(true);
  });

  test('values for one field from five laptops: every one is published, none is overwritten', async () => {
    const { server, laptop } = await deskWithWork();
    const others = await Promise.all(Array.from({ length: 5 }, () => demoLaptop(server.url, 'inspector')));
    const id = laptop.journal[0]?.body.recordId ?? '';
    await laptop.sync();
    const was = laptop.journal[0]?.id ?? '';
    await Promise.all(others.map(async (other, n) => {
      for (let round = 0; round < 10; round += 1) {
        other.write({ recordType: 'institution', recordId: id, kind: 'edit', patch: { address: { was: null, to: `${n}-${round}` }, name: { was, to: `单位${n}-${round}` } } });
        await other.sync();
      }
    }));
    await laptop.sync();
    const values = laptop.pulled.filter(({ recordId, kind }) => recordId === id && kind === 'edit').map(({ patch }) => patch['address']?.to);
    expect(values.toSorted()).toEqual(others.flatMap((_, n) => Array.from({ length: 10 }, (_each, round) => `${n}-${round}`)).toSorted());
    expect(others.flatMap(({ refused }) => refused)).toEqual([]);
  });
});
