import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openTestServer } from '../../helpers/server.ts';
import { demoLaptop, expectDone, problemIn, sha256, type TestLaptop } from '../../helpers/test-laptop.ts';

async function sendInPieces(laptop: TestLaptop, bytes: Buffer, sizes: readonly number[]): Promise<void> {
  const name = sha256(bytes);
  let offset = 0;
  for (let n = 0; offset < bytes.length; n += 1) {
    const piece = bytes.subarray(offset, offset + (sizes[n % sizes.length] ?? bytes.length));
    const status = expectDone(await laptop.sendPiece(name, bytes.length, offset, piece));
    offset += piece.length;
    expect(status).toMatchObject({ receivedBytes: offset, complete: offset === bytes.length });
  }
}

test('an original goes up in pieces of any size and comes back to the byte', async () => {
  const { url } = await openTestServer({ demo: true });
  const [laptop, head] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'sectionHead')];
  const bytes = randomBytes(1_000_003);
  await sendInPieces(laptop, bytes, [1, 99_999, 333, 65_537]);
  const reply = await head.fetch(`/v1/evidence/${sha256(bytes)}`);
  expect(Buffer.from(await reply.arrayBuffer()).equals(bytes)).toBe(true);
  expect(expectDone(await head.evidenceStatus(sha256(bytes)))).toMatchObject({ complete: true, receivedBytes: bytes.length });
});

test('a piece for the wrong place is left, and the answer says where to go on', async () => {
  const { url } = await openTestServer({ demo: true });
  const laptop = await demoLaptop(url, 'inspector');
  const bytes = randomBytes(5000);
  const name = sha256(bytes);
  expect(expectDone(await laptop.sendPiece(name, 5000, 100, bytes.subarray(100)))).toMatchObject({ receivedBytes: 0, complete: false });
  expectDone(await laptop.sendPiece(name, 5000, 0, bytes.subarray(0, 777)));
  expect(expectDone(await laptop.sendPiece(name, 5000, 0, randomBytes(900)))).toMatchObject({ receivedBytes: 777 });
  expect(expectDone(await laptop.sendPiece(name, 5000, 777, bytes.subarray(777)))).toMatchObject({ complete: true });
  expect(expectDone(await laptop.sendPiece(name, 5000, 0, bytes)), 'once more').toMatchObject({ complete: true });
});

test('a second laptop goes on where the first was cut off', async () => {
  const { url, dataDir } = await openTestServer({ demo: true });
  const [first, second] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'assistant')];
  const bytes = randomBytes(300_000);
  const name = sha256(bytes);
  const cut = new AbortController();
  // Half arrives, then the line is cut in the middle of the request.
  const body = new ReadableStream({ start: (sink) => sink.enqueue(bytes.subarray(0, 150_000)) });
  const sending = fetch(`${url}/v1/evidence/${name}`, {
    method: 'PATCH', body, duplex: 'half', signal: cut.signal,
    headers: { authorization: `Bearer ${await first.token()}`, 'content-type': 'application/octet-stream', 'upload-offset': '0', 'upload-length': '300000', 'upload-media-type': 'image/jpeg' },
  } as RequestInit);
  const part = path.join(dataDir, 'evidence', first.entry.officeId, 'arriving', name);
  await expect.poll(() => (existsSync(part) ? readFileSync(part).length : 0)).toBe(150_000);
  expect(problemIn(await second.sendPiece(name, 300_000, 0, bytes)), 'one at a time').toEqual({ code: 'rate-limited', detail: { reason: 'upload-under-way' } });
  cut.abort();
  await expect(sending).rejects.toThrow(/abort/);
  await expect.poll(async () => expectDone(await second.evidenceStatus(name)).receivedBytes).toBe(150_000);
  expect(expectDone(await second.sendPiece(name, 300_000, 150_000, bytes.subarray(150_000)))).toMatchObject({ complete: true });
});

test('bytes that are not what their name says are put aside, and the right ones can follow', async () => {
  const server = await openTestServer({ demo: true });
  const laptop = await demoLaptop(server.url, 'inspector');
  const bytes = randomBytes(4000);
  const name = sha256(bytes);
  const wrong = Buffer.concat([bytes.subarray(0, 3999), Buffer.from([(bytes[3999] ?? 0) ^ 1])]);
  expect(problemIn(await laptop.sendPiece(name, 4000, 0, wrong))).toEqual({ code: 'evidence-damaged', detail: { sha256: name } });
  expect((await laptop.fetch(`/v1/evidence/${name}`)).status).toBe(404);
  const aside = path.join(server.dataDir, 'evidence', laptop.entry.officeId, 'damaged');
  expect(readdirSync(aside)).toEqual([`${name}.1`]);
  expect(readFileSync(path.join(aside, `${name}.1`)).equals(wrong)).toBe(true);
  expect(server.log()).toMatch(/"alarm":true.*arrived damaged/);
  await sendInPieces(laptop, bytes, [1500]);
});

test('more bytes than announced are not taken, and another length begins anew', async () => {
  const { url } = await openTestServer({ demo: true });
  const laptop = await demoLaptop(url, 'inspector');
  const bytes = randomBytes(4000);
  const name = sha256(bytes);
  expect(problemIn(await laptop.sendPiece(name, 3000, 0, bytes))).toEqual({ code: 'too-large', detail: { limit: 3000 } });
  expectDone(await laptop.sendPiece(name, 3000, 0, bytes.subarray(0, 100)));
  expect(expectDone(await laptop.sendPiece(name, 4000, 100, bytes.subarray(100)))).toMatchObject({ receivedBytes: 0 });
  expect(expectDone(await laptop.sendPiece(name, 4000, 0, bytes))).toMatchObject({ complete: true });
});

test('an empty original is one too', async () => {
  const { url } = await openTestServer({ demo: true });
  const laptop = await demoLaptop(url, 'inspector');
  const nothing = Buffer.alloc(0);
  expect(expectDone(await laptop.sendPiece(sha256(nothing), 0, 0, nothing))).toMatchObject({ complete: true, receivedBytes: 0 });
  expect((await (await laptop.fetch(`/v1/evidence/${sha256(nothing)}`)).arrayBuffer()).byteLength).toBe(0);
});

describe('what a browser could run leaves as plain bytes', () => {
  test.each([
    ['text/html', '<script>alert(1)</script>'],
    ['image/svg+xml', '<svg onload="alert(1)"/>'],
    ['application/xhtml+xml', '<html/>'],
    ['application/javascript', 'alert(1)'],
  ])('%s', async (mediaType, content) => {
    const { url } = await openTestServer({ demo: true });
    const laptop = await demoLaptop(url, 'inspector');
    const bytes = Buffer.from(content);
    expectDone(await laptop.sendPiece(sha256(bytes), bytes.length, 0, bytes, mediaType));
    const { headers } = await laptop.fetch(`/v1/evidence/${sha256(bytes)}`);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('upload-media-type')).toBe(mediaType);
    expect(headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain('sandbox');
  });

  test('a photograph keeps its type, as an attachment', async () => {
    const { url } = await openTestServer({ demo: true });
    const laptop = await demoLaptop(url, 'inspector');
    const bytes = randomBytes(10);
    expectDone(await laptop.sendPiece(sha256(bytes), 10, 0, bytes, 'image/jpeg'));
    const { headers } = await laptop.fetch(`/v1/evidence/${sha256(bytes)}`);
    expect([headers.get('content-type'), headers.get('content-disposition')]).toEqual(['image/jpeg', `attachment; filename="${sha256(bytes)}"`]);
  });
});

describe('an announcement that makes no sense is refused before a byte is written', () => {
  const name = 'a'.repeat(64);
  test.each([
    ['a name with a way out of the folder', '..%2f..%2foffice.db', {}, 'invalid-input'],
    ['a name that is no hash', 'A'.repeat(64), {}, 'invalid-input'],
    ['an offset that is no number', name, { 'upload-offset': '-1' }, 'invalid-input'],
    ['an offset in another notation', name, { 'upload-offset': '0x10' }, 'invalid-input'],
    ['an offset beyond the end', name, { 'upload-offset': '11' }, 'invalid-input'],
    ['no length', name, { 'upload-length': '' }, 'invalid-input'],
    ['a media type with a line break in it', name, { 'upload-media-type': 'image/jpeg; x' }, 'invalid-input'],
    ['five gigabytes', name, { 'upload-length': '5368709120' }, 'too-large'],
    ['JSON instead of bytes', name, { 'content-type': 'application/json' }, 'invalid-input'],
  ])('%s', async (_what, named, headers, code) => {
    const server = await openTestServer({ demo: true });
    const laptop = await demoLaptop(server.url, 'inspector');
    const usual = { 'content-type': 'application/octet-stream', 'upload-offset': '0', 'upload-length': '10', 'upload-media-type': 'image/jpeg' };
    const reply = await laptop.fetch(`/v1/evidence/${named}`, { method: 'PATCH', headers: { ...usual, ...headers }, body: Buffer.alloc(10) });
    expect(((await reply.json()) as { problem: { code: string } }).problem.code).toBe(code);
    expect(existsSync(path.join(server.dataDir, 'evidence'))).toBe(false);
  });
});

test('an original that somebody deleted on the server is named as missing, and is an alarm', async () => {
  const server = await openTestServer({ demo: true });
  const laptop = await demoLaptop(server.url, 'inspector');
  const bytes = randomBytes(100);
  await sendInPieces(laptop, bytes, [100]);
  rmSync(path.join(server.dataDir, 'evidence', laptop.entry.officeId, sha256(bytes).slice(0, 2)), { recursive: true });
  const reply = await laptop.fetch(`/v1/evidence/${sha256(bytes)}`);
  expect(await reply.json()).toEqual({ v: 1, problem: { code: 'evidence-missing', detail: { sha256: sha256(bytes) } } });
  expect(server.log()).toMatch(/"alarm":true.*gone from the folder/);
});

test('nobody without a session puts or takes an original', async () => {
  const { url } = await openTestServer({ demo: true });
  for (const method of ['GET', 'PATCH']) {
    const reply = await fetch(`${url}/v1/evidence/${'a'.repeat(64)}`, { method, ...(method === 'PATCH' ? { body: 'x', headers: { 'content-type': 'application/octet-stream' } } : {}) });
    expect(reply.status).toBe(401);
  }
});
