import net from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ErrorReply, ExchangeReply, paths } from '#shared/sync/wire.ts';
import { openTestServer } from '../../helpers/server.ts';
import { demoLaptop, expectDone, newChange, newId, type TestLaptop } from '../../helpers/test-laptop.ts';

const exchangeBody = (laptop: TestLaptop, over: Record<string, unknown> = {}): string => JSON.stringify({ v: 1, cursor: 0, pageLimit: 10, push: laptop.journal.length > 0 ? laptop.push(1) : null, ...over });

async function post(laptop: TestLaptop, body: string | Buffer, headers: Record<string, string> = {}, path = '/v1/exchange') {
  const reply = await laptop.fetch(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: Buffer.from(body) });
  expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const json: unknown = await reply.json();
  const error = ErrorReply.safeParse(json);
  return { status: reply.status, problem: error.success ? error.data.problem : null };
}

async function laptopWithWork(): Promise<TestLaptop> {
  const { url } = await openTestServer({ demo: true });
  const laptop = await demoLaptop(url, 'inspector');
  laptop.write(newChange('institution', newId(), { name: '甲单位' }));
  return laptop;
}

async function nothingWasTaken(laptop: TestLaptop): Promise<void> {
  expect(expectDone(await laptop.exchange({ cursor: 0 })).receipt).toBeNull();
}

describe('a body that is not ours is refused whole, and the queue goes through afterwards', () => {
  const change = (body: string): string => body.replace('"kind":"create"', '"kind":"create","kind":"create"');
  test.each([
    ['no JSON', () => 'push=1', 400, { code: 'invalid-input', detail: { flaw: 'json' } }],
    ['nothing at all', () => '', 400, { code: 'invalid-input', detail: { flaw: 'json' } }],
    ['a page of a portal', () => '<!doctype html><p>请登录', 400, { code: 'invalid-input', detail: { flaw: 'json' } }],
    ['a key twice', change, 400, { code: 'invalid-input', detail: { flaw: 'duplicate-key' } }],
    ['a key twice, once in disguise', (body: string) => body.replace('"v":1', '"v":1,"\\u0076":1'), 400, { code: 'invalid-input', detail: { flaw: 'duplicate-key' } }],
    ['a prototype', (body: string) => body.replace('"name":', '"__proto__":{"was":null,"to":1},"name":'), 400, { code: 'invalid-input', detail: { flaw: 'dangerous-key' } }],
    ['a constructor', (body: string) => body.replace('"to":"', '"to":{"constructor":1},"x":"'), 400, { code: 'invalid-input', detail: { flaw: 'dangerous-key' } }],
    ['a hundred thousand brackets', () => '['.repeat(100_000), 400, { code: 'invalid-input', detail: { flaw: 'depth' } }],
    ['a million values in a list', (body: string) => body.replace('"to":"甲单位"', `"to":[${'0,'.repeat(1_000_000)}0]`), 400, { code: 'invalid-input', detail: { flaw: 'items' } }],
    ['more lists than anybody needs', (body: string) => body.replace('"to":"甲单位"', `"to":[${`[${'0,'.repeat(9000)}0],`.repeat(60)}0]`), 400, { code: 'invalid-input', detail: { flaw: 'items' } }],
    ['half a character', (body: string) => body.replace('甲单位', '\\ud842'), 400, { code: 'invalid-input', detail: { flaw: 'surrogate' } }],
    ['a number too large for a body', (body: string) => body.replace('"mono":1000', '"mono":1e309'), 400, { code: 'invalid-input', detail: { field: 'push.changes.0.mono' } }],
    ['a fraction', (body: string) => body.replace('"to":"甲单位"', '"to":0.1'), 400, { code: 'invalid-input', detail: { field: 'push.changes.0.patch.name.to' } }],
    ['a null', () => 'null', 400, { code: 'invalid-input', detail: { field: '' } }],
    ['a wrong type', (body: string) => body.replace('"cursor":0', '"cursor":"0"'), 400, { code: 'invalid-input', detail: { field: 'cursor' } }],
    ['a negative position', (body: string) => body.replace('"cursor":0', '"cursor":-1'), 400, { code: 'invalid-input', detail: { field: 'cursor' } }],
    ['a position with a fraction', (body: string) => body.replace('"cursor":0', '"cursor":0.5'), 400, { code: 'invalid-input', detail: { field: 'cursor' } }],
    ['an id in capitals', (body: string) => body.replace(/"recordId":"[^"]+"/, (id) => id.toUpperCase().replace('RECORDID', 'recordId')), 400, { code: 'invalid-input', detail: { field: 'push.changes.0.recordId' } }],
    ['a later version', (body: string) => body.replace('"v":1', '"v":2'), 426, { code: 'please-update', detail: { version: '2' } }],
    ['a field of a later version', (body: string) => body.replace('"cursor":0', '"cursor":0,"urgent":true'), 426, { code: 'please-update', detail: { field: 'urgent' } }],
    ['a field of a later version inside a change', (body: string) => body.replace('"kind":"create"', '"kind":"create","geo":null'), 426, { code: 'please-update', detail: { field: 'push.changes.0.geo' } }],
    ['somebody else named as author', (body: string) => body.replace('"kind":"create"', '"kind":"create","officerId":"x"'), 426, { code: 'please-update', detail: { field: 'push.changes.0.officerId' } }],
  ])('%s', async (_what, spoil, status, problem) => {
    const laptop = await laptopWithWork();
    expect(await post(laptop, spoil(exchangeBody(laptop)))).toEqual({ status, problem });
    await nothingWasTaken(laptop);
    await laptop.sync();
    expect(laptop.receipted()).toBe(1);
  });

  test('cut off at any byte', async () => {
    const laptop = await laptopWithWork();
    const whole = Buffer.from(exchangeBody(laptop));
    for (let length = 0; length < whole.length; length += 7) {
      expect((await post(laptop, whole.subarray(0, length))).problem?.code).toBe('invalid-input');
    }
    await nothingWasTaken(laptop);
    expect((await post(laptop, whole)).status).toBe(200);
  });

  test('in bytes that are no UTF-8', async () => {
    const laptop = await laptopWithWork();
    expect(await post(laptop, Buffer.from(exchangeBody(laptop).replace('甲单位', '\u00e9'), 'latin1'))).toEqual({ status: 400, problem: { code: 'invalid-input', detail: { flaw: 'utf-8' } } });
  });

  test('packed otherwise than by gzip, broken, blown up, or packed by a stranger', async () => {
    const laptop = await laptopWithWork();
    const body = exchangeBody(laptop);
    const packed = gzipSync(body);
    const gzip = { 'content-encoding': 'gzip' };
    for (const encoding of ['br', 'deflate', 'gzip, gzip', 'x-gzip']) {
      expect(await post(laptop, packed, { 'content-encoding': encoding })).toEqual({ status: 415, problem: { code: 'invalid-input', detail: { header: 'content-encoding' } } });
    }
    for (const broken of [Buffer.from(body), packed.subarray(0, packed.length - 9), Buffer.alloc(0)]) {
      expect((await post(laptop, broken, gzip)).problem?.code).toBe('invalid-input');
    }
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20));
    expect(bomb.byteLength).toBeLessThan(300_000);
    expect(await post(laptop, bomb, gzip)).toEqual({ status: 413, problem: { code: 'too-large', detail: { limit: 24 * 1024 * 1024 } } });
    const { url } = await openTestServer();
    const stranger = await fetch(`${url}${paths.challenge}`, { method: 'POST', headers: { 'content-type': 'application/json', ...gzip }, body: gzipSync('{"v":1,"chainId":"x"}') });
    expect(stranger.status).toBe(415);
    await nothingWasTaken(laptop);
    expect((await post(laptop, packed, gzip)).status).toBe(200);
  });

  test('and a long reply comes packed only to who can read it', async () => {
    const laptop = await laptopWithWork();
    laptop.write(...Array.from({ length: 20 }, (_, index) => newChange('institution', newId(), { name: `示例单位${index}` })));
    await laptop.sync();
    const ask = (accepted: string) => laptop.fetch(paths.exchange, {
      method: 'POST', headers: { 'content-type': 'application/json', 'accept-encoding': accepted }, body: JSON.stringify({ v: 1, cursor: 0, pageLimit: 100, push: null }),
    });
    for (const accepted of ['identity', 'br', 'gzip;q=0']) expect((await ask(accepted)).headers.get('content-encoding')).toBeNull();
    const packedReply = await ask('br, gzip');
    expect(packedReply.headers.get('content-encoding')).toBe('gzip');
    expect(ExchangeReply.parse(await packedReply.json()).page.length).toBeGreaterThan(19);
  });

  test('in another format or another character set', async () => {
    const laptop = await laptopWithWork();
    const body = exchangeBody(laptop);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=gbk', 'multipart/form-data; boundary=x', 'application/octet-stream, application/json']) {
      expect(await post(laptop, body, { 'content-type': type })).toEqual({ status: 415, problem: { code: 'invalid-input', detail: { header: 'content-type' } } });
    }
    await nothingWasTaken(laptop);
  });

  test('larger than 24 MiB, or with more changes than a push may have', async () => {
    const laptop = await laptopWithWork();
    expect(await post(laptop, Buffer.alloc(24 * 1024 * 1024 + 1, 0x20))).toEqual({ status: 413, problem: { code: 'too-large', detail: { field: 'body' } } });
    const push = laptop.push(1);
    const many = { ...push, changes: Array.from({ length: 1001 }, () => push.changes[0]) };
    expect(await post(laptop, exchangeBody(laptop, { push: many }))).toEqual({ status: 413, problem: { code: 'too-large', detail: { field: 'push.changes', limit: 1000 } } });
    await nothingWasTaken(laptop);
  });

  test('ten megabytes in one text field: the change is kept aside, its sender is told which field', async () => {
    const laptop = await laptopWithWork();
    laptop.write(newChange('institution', newId(), { name: '甲'.repeat(3_500_000) }), newChange('institution', newId(), { name: '乙单位' }));
    await laptop.sync();
    expect(laptop.refused.map(({ seq, problem }) => [seq, problem])).toEqual([[2, { code: 'field-too-long', detail: { recordType: 'institution', field: 'name', limit: 80 } }]]);
    expect(laptop.receipted()).toBe(3);
  });
});

describe('text that is only text', () => {
  test.each([
    ['rare characters', '𠮷野家 㐂 \u{30000} \u{e000}'],
    ['right to left override', 'abc\u202edef'],
    ['markup', '<img src=x onerror=alert(1)>'],
    ['SQL', "'; DROP TABLE changes; --"],
    ['line breaks for a log', '甲\r\n{"level":30,"msg":"forged"}'],
    ['composed otherwise', 'e\u0301'],
    ['a formula', '=HYPERLINK("http://evil")'],
  ])('%s comes out as it went in', async (_what, name) => {
    const server = await openTestServer({ demo: true });
    const laptop = await demoLaptop(server.url, 'inspector');
    const id = newId();
    laptop.write(newChange('institution', id, { name }));
    await laptop.sync();
    expect(laptop.pulled.find(({ recordId }) => recordId === id)?.patch['name']?.to).toBe(name);
    for (const line of server.log().trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
    expect(server.log()).not.toContain(JSON.stringify(name).slice(1, -1));
  });
});

describe('an act of the server', () => {
  test('with a field that is not asked for, such as a status, is refused before anything happens', async () => {
    const { url } = await openTestServer({ demo: true });
    const admin = await demoLaptop(url, 'administrator');
    const body = { organId: null, name: '示例区中心', kind: 'bureau', level: 'district' };
    expect(await post(admin, JSON.stringify({ ...body, demo: false }), {}, '/v1/office/organ.save')).toEqual({ status: 426, problem: { code: 'please-update', detail: { field: 'demo' } } });
    expect(await post(admin, JSON.stringify({ ...body, name: ' ' }), {}, '/v1/office/organ.save')).toMatchObject({ status: 400, problem: { code: 'invalid-input', detail: { field: 'name' } } });
    expect(await post(admin, JSON.stringify({ ...body, name: 'x'.repeat(81) }), {}, '/v1/office/organ.save')).toMatchObject({ status: 400, problem: { code: 'field-too-long', detail: { field: 'name', limit: 80 } } });
    expect(await post(admin, JSON.stringify({ ...body, name: 'a\u0000' }), {}, '/v1/office/organ.save')).toMatchObject({ status: 400, problem: { detail: { flaw: 'nul' } } });
    expect(await post(admin, JSON.stringify({ ...body, kind: 'ministry' }), {}, '/v1/office/organ.save')).toMatchObject({ status: 400, problem: { detail: { field: 'kind' } } });
  });

  test('that does not exist is not found, whatever its name', async () => {
    const { url } = await openTestServer({ demo: true });
    const admin = await demoLaptop(url, 'administrator');
    for (const name of ['organ.drop', 'constructor', '__proto__', 'toString', 'x'.repeat(90)]) {
      expect(await post(admin, '{}', {}, `/v1/office/${name}`)).toMatchObject({ status: 404, problem: { code: 'not-found' } });
    }
    expect((await post(admin, '{}', {}, `/v1/office/${'x'.repeat(200)}`)).status).toBe(404);
  });
});

describe('without a session', () => {
  test('nothing but enrolment, session, health and docs answers', async () => {
    const { url } = await openTestServer({ demo: true });
    for (const [method, path] of [['POST', '/v1/exchange'], ['POST', '/v1/office/chain.list'], ['GET', '/v1/hints'], ['GET', `/v1/evidence/${'a'.repeat(64)}`], ['PATCH', `/v1/evidence/${'a'.repeat(64)}`], ['POST', '/v1/evidence']] as const) {
      for (const authorization of ['', 'Bearer', `Bearer ${'A'.repeat(43)}`, `Basic ${'A'.repeat(43)}`, 'Bearer null', `Bearer ${'A'.repeat(5000)}`]) {
        const reply = await fetch(url + path, { method, headers: { authorization } });
        expect([reply.status, await reply.json()]).toEqual([401, { v: 1, problem: { code: 'unauthorized' } }]);
      }
    }
    for (const path of ['/v1/health', '/openapi.json', '/docs']) expect((await fetch(url + path)).status).toBe(200);
    expect((await fetch(`${url}/v1/hints`, { method: 'HEAD' })).status).toBe(404);
    for (const path of ['/', '/v1', '/v1/exchange/', '/.git/config', '/v1/health/../exchange', '/%2e%2e/office.db']) expect((await fetch(url + path)).status).toBe(404);
  });

  test('a token in the address is no token', async () => {
    const { url } = await openTestServer({ demo: true });
    const laptop = await demoLaptop(url, 'inspector');
    expect((await fetch(`${url}/v1/hints?token=${await laptop.token()}&access_token=${await laptop.token()}`)).status).toBe(401);
  });
});

/** Speaks to the server as no library would; resolves to all that came back before it hung up. */
function rawRequest(url: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8').on('data', (piece) => (answer += String(piece)));
    socket.once('close', () => resolve(answer));
    socket.once('error', reject);
  });
}

describe('on the wire', () => {
  test('a request with two lengths, or no HTTP at all, is hung up on with an answer of ours', async () => {
    const { url } = await openTestServer({ demo: true });
    const smuggled = 'POST /v1/enrol HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /docs HTTP/1.1\r\n\r\n';
    for (const text of [smuggled, 'SSH-2.0-OpenSSH\r\n\r\n', `GET /v1/health HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(40_000)}\r\n\r\n`]) {
      const answer = await rawRequest(url, text);
      expect(answer).toMatch(/^HTTP\/1\.1 4(00|31) /);
      expect(ErrorReply.parse(JSON.parse(answer.split('\r\n\r\n').at(-1) ?? '')).problem.code).toBe('invalid-input');
    }
    expect((await fetch(`${url}/v1/health`)).status).toBe(200);
  });

  test('somebody who sends one byte at a time is not waited for, and holds up nobody', async () => {
    const { url } = await openTestServer({ demo: true, requestTimeoutMs: 300 });
    const slow = rawRequest(url, 'POST /v1/enrol HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{');
    expect((await fetch(`${url}/v1/health`)).status).toBe(200);
    expect(await slow).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('an error tells nothing of the inside', async () => {
    const { url } = await openTestServer({ demo: true });
    const reply = await fetch(`${url}/v1/enrol`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"v":1,"code":5}' });
    expect(await reply.json()).toEqual({ v: 1, problem: { code: 'invalid-input', detail: { field: 'code' } } });
    expect([...reply.headers.keys()].filter((name) => /powered|server/i.test(name))).toEqual([]);
  });
});

test('the contract is published as it is enforced', async () => {
  const { url } = await openTestServer({ demo: true });
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: { additionalProperties?: boolean } }> } }>> };
  expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/v1/enrol', '/v1/exchange', '/v1/hints', '/v1/office/opinion.act', '/v1/evidence/{sha256}']));
  expect(document.paths['/v1/exchange']?.['post']?.requestBody?.content['application/json']?.schema.additionalProperties).toBe(false);
  const page = await (await fetch(`${url}/docs`)).text();
  expect(page).toContain('<code>POST /v1/office/opinion.act</code>');
  expect(page).not.toMatch(/<script|<link|src=|https?:\/\//);
});
