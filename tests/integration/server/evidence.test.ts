import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { inRecords, openTestServer, spawnTestServer, tempDir } from '../../helpers/server.ts';
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

test('a piece for the wrong place is refused with 409, nothing of it is kept, and a look says where to go on', async () => {
  const { url } = await openTestServer({ demo: true });
  const laptop = await demoLaptop(url, 'inspector');
  const bytes = randomBytes(5000);
  const name = sha256(bytes);
  const elsewhere = { code: 'invalid-input', detail: { header: 'upload-offset', standing: 'elsewhere' } };
  expect(problemIn(await laptop.sendPiece(name, 5000, 100, bytes.subarray(100)))).toEqual(elsewhere);
  expect(expectDone(await laptop.evidenceStatus(name))).toEqual({ receivedBytes: 0, complete: false });
  expectDone(await laptop.sendPiece(name, 5000, 0, bytes.subarray(0, 777)));
  expect((await laptop.patch(name, 0, randomBytes(900))).status).toBe(409);
  expect(expectDone(await laptop.evidenceStatus(name))).toEqual({ receivedBytes: 777, complete: false });
  expect(expectDone(await laptop.sendPiece(name, 5000, 777, bytes.subarray(777)))).toMatchObject({ complete: true });
});

test('an original that the office has already is answered at once, its bytes are not taken', async () => {
  const { url } = await openTestServer({ demo: true });
  const [first, second] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'assistant')];
  const bytes = randomBytes(5000);
  await sendInPieces(first, bytes, [5000]);
  const reply = await second.announce(sha256(bytes), 5000);
  expect(reply.status).toBe(201);
  expect([reply.headers.get('upload-offset'), reply.headers.get('upload-length'), reply.headers.get('location')]).toEqual(['5000', '5000', `/v1/evidence/${sha256(bytes)}`]);
  expect(expectDone(await second.evidenceStatus(sha256(bytes)))).toEqual({ receivedBytes: 5000, complete: true });
});

test('a photo comes with its announcement in one request', async () => {
  const { url } = await openTestServer({ demo: true });
  const laptop = await demoLaptop(url, 'inspector');
  const bytes = randomBytes(350_000);
  const reply = await laptop.announce(sha256(bytes), bytes.length, 'image/jpeg', bytes, checksum(bytes));
  expect([reply.status, reply.headers.get('upload-offset')]).toEqual([201, String(bytes.length)]);
  expect(expectDone(await laptop.evidenceStatus(sha256(bytes)))).toMatchObject({ complete: true });
});

/** A request that has sent its first bytes and then says nothing more. */
function sendingForEver(laptop: TestLaptop, name: string, bytes: Buffer, cut: AbortController): Promise<Response> {
  const body = new ReadableStream({ start: (sink) => sink.enqueue(bytes) });
  return laptop.patch(name, 0, body, {}, cut.signal);
}

test('one laptop at a time: a second one is told so, and goes on where the first was cut off', async () => {
  const { url, dataDir } = await openTestServer({ demo: true });
  const [first, second] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'assistant')];
  const bytes = randomBytes(300_000);
  const name = sha256(bytes);
  const cut = new AbortController();
  await first.announce(name, bytes.length);
  const sending = sendingForEver(first, name, bytes.subarray(0, 150_000), cut);
  await expect.poll(() => arrivingBytes(dataDir, first, name)).toBe(150_000);
  const refused = await second.patch(name, 0, bytes);
  expect(refused.status).toBe(423);
  expect(await refused.json()).toEqual({ v: 1, problem: { code: 'rate-limited', detail: { reason: 'upload-under-way' } } });
  // It may look all the same.
  expect(expectDone(await second.evidenceStatus(name))).toEqual({ receivedBytes: 0, complete: false });
  cut.abort();
  await expect(sending).rejects.toThrow(/abort/);
  await expect.poll(async () => expectDone(await second.evidenceStatus(name)).receivedBytes).toBe(150_000);
  expect(expectDone(await second.sendPiece(name, 300_000, 150_000, bytes.subarray(150_000)))).toMatchObject({ complete: true });
});

test('a laptop that comes back on a new line does not wait for its old line to be found dead', async () => {
  const { url, dataDir } = await openTestServer({ demo: true });
  const laptop = await demoLaptop(url, 'inspector');
  const bytes = randomBytes(300_000);
  const name = sha256(bytes);
  const cut = new AbortController();
  await laptop.announce(name, bytes.length);
  // Nobody closes this line: so it is when a laptop is carried out of the radio's reach.
  const hanging = sendingForEver(laptop, name, bytes.subarray(0, 150_000), cut).catch(() => null);
  await expect.poll(() => arrivingBytes(dataDir, laptop, name)).toBe(150_000);
  expect(expectDone(await laptop.evidenceStatus(name))).toEqual({ receivedBytes: 150_000, complete: false });
  expect(expectDone(await laptop.sendPiece(name, 300_000, 150_000, bytes.subarray(150_000)))).toMatchObject({ complete: true });
  cut.abort();
  await hanging;
});

function arrivingBytes(dataDir: string, laptop: TestLaptop, name: string): number {
  const part = path.join(dataDir, 'evidence', laptop.entry.officeId, 'arriving', name);
  return existsSync(part) ? readFileSync(part).length : 0;
}

function checksum(bytes: Uint8Array): Record<string, string> {
  return { 'upload-checksum': `sha256 ${Buffer.from(sha256(bytes), 'hex').toString('base64')}` };
}

test('a piece that was hurt on its way is refused with 460 and can be sent again alone', async () => {
  const server = await openTestServer({ demo: true });
  const laptop = await demoLaptop(server.url, 'inspector');
  const bytes = randomBytes(9000);
  const name = sha256(bytes);
  await laptop.announce(name, 9000);
  expect((await laptop.patch(name, 0, bytes.subarray(0, 4000), checksum(bytes.subarray(0, 4000)))).status).toBe(204);
  const hurt = await laptop.patch(name, 4000, randomBytes(5000), checksum(bytes.subarray(4000)));
  expect(hurt.status).toBe(460);
  expect(await hurt.json()).toEqual({ v: 1, problem: { code: 'evidence-damaged', detail: { sha256: name, offset: 4000 } } });
  expect(expectDone(await laptop.evidenceStatus(name))).toEqual({ receivedBytes: 4000, complete: false });
  expect((await laptop.patch(name, 4000, bytes.subarray(4000), checksum(bytes.subarray(4000)))).status).toBe(204);
  expect(expectDone(await laptop.evidenceStatus(name))).toMatchObject({ complete: true });
});

test('a server that was killed between the last byte and its word reads back what it has before it says received', async () => {
  const server = await openTestServer({ demo: true });
  const laptop = await demoLaptop(server.url, 'inspector');
  const bytes = randomBytes(5000);
  const name = sha256(bytes);
  await sendInPieces(laptop, bytes, [5000]);
  await server.stop();
  // As the crash leaves it: the file in its place, the note that it is complete not written.
  await inRecords(server.dataDir, (sql) => sql.run('UPDATE evidence SET completed_at = NULL, received_bytes = 1000'));
  const again = await openTestServer({ demo: true, dataDir: server.dataDir });
  laptop.moveTo(again.url);
  expect(expectDone(await laptop.evidenceStatus(name))).toEqual({ receivedBytes: 5000, complete: true });
});

test('an original that is on the disk and that an older database has forgotten is recognized, not sent again', async () => {
  const server = await openTestServer({ demo: true });
  const laptop = await demoLaptop(server.url, 'inspector');
  const bytes = randomBytes(5000);
  await sendInPieces(laptop, bytes, [5000]);
  await server.stop();
  await inRecords(server.dataDir, (sql) => sql.run('DELETE FROM evidence'));
  laptop.moveTo((await openTestServer({ demo: true, dataDir: server.dataDir })).url);
  await laptop.announce(sha256(bytes), bytes.length);
  expect(expectDone(await laptop.evidenceStatus(sha256(bytes)))).toEqual({ receivedBytes: 5000, complete: true });
});

test('kill -9 of the server in the middle of a piece costs at most that piece, three times over', async () => {
  const dataDir = tempDir();
  const bytes = randomBytes(3_000_000);
  const name = sha256(bytes);
  const chunk = 400_000;
  let server = await spawnTestServer({ dataDir, args: ['--demo'] });
  const laptop = await demoLaptop(server.url, 'inspector');
  await laptop.announce(name, bytes.length);
  let acknowledged = 0;
  for (let kill = 1; kill <= 3; kill += 1) {
    const piece = bytes.subarray(acknowledged, acknowledged + chunk);
    const reply = await laptop.patch(name, acknowledged, piece, checksum(piece));
    acknowledged = Number(reply.headers.get('upload-offset'));
    expect(acknowledged).toBeGreaterThanOrEqual(kill * chunk);
    const body = new ReadableStream({ start: (sink) => sink.enqueue(bytes.subarray(acknowledged, acknowledged + chunk / 2)) });
    const dying = laptop.patch(name, acknowledged, body).catch(() => null);
    await expect.poll(() => arrivingBytes(dataDir, laptop, name)).toBeGreaterThanOrEqual(acknowledged + chunk / 2);
    await server.kill();
    await dying;
    server = await spawnTestServer({ dataDir, args: ['--demo'] });
    laptop.moveTo(server.url);
    const { receivedBytes } = expectDone(await laptop.evidenceStatus(name));
    expect(receivedBytes).toBeGreaterThanOrEqual(acknowledged);
    acknowledged = receivedBytes;
  }
  expect(expectDone(await laptop.sendPiece(name, bytes.length, acknowledged, bytes.subarray(acknowledged)))).toMatchObject({ complete: true });
  const back = await laptop.fetch(`/v1/evidence/${name}`);
  expect(Buffer.from(await back.arrayBuffer()).equals(bytes)).toBe(true);
});

test('a disk of the server that gets full says so, keeps what was acknowledged and goes on when there is room', async () => {
  const dataDir = tempDir();
  const bytes = randomBytes(12_000_000);
  const name = sha256(bytes);
  // No file beyond 8 MiB: to the program it looks like a disk that is full.
  let server = await spawnTestServer({ dataDir, args: ['--demo'], through: 'trap "" XFSZ; ulimit -f 8192' });
  const laptop = await demoLaptop(server.url, 'inspector');
  await laptop.announce(name, bytes.length);
  expect((await laptop.patch(name, 0, bytes.subarray(0, 6_000_000))).status).toBe(204);
  const full = await laptop.patch(name, 6_000_000, bytes.subarray(6_000_000));
  expect(((await full.json()) as { problem: unknown }).problem).toEqual({ code: 'server-error', detail: { reason: 'storage' } });
  expect(expectDone(await laptop.evidenceStatus(name))).toEqual({ receivedBytes: 6_000_000, complete: false });
  await server.stop();
  server = await spawnTestServer({ dataDir, args: ['--demo'] });
  laptop.moveTo(server.url);
  expect(expectDone(await laptop.sendPiece(name, bytes.length, 6_000_000, bytes.subarray(6_000_000)))).toMatchObject({ complete: true });
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
  expect(problemIn(await laptop.sendPiece(name, 3000, 0, bytes))).toEqual({ code: 'too-large', detail: { reason: 'more-than-announced' } });
  expectDone(await laptop.sendPiece(name, 3000, 0, bytes.subarray(0, 100)));
  expectDone(await laptop.sendPiece(name, 4000, 0, bytes.subarray(0, 10)));
  expect(expectDone(await laptop.evidenceStatus(name))).toMatchObject({ receivedBytes: 10 });
  expect(expectDone(await laptop.sendPiece(name, 4000, 10, bytes.subarray(10)))).toMatchObject({ complete: true });
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
  const metadata = (about: Record<string, string>): string => Object.entries(about).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',');
  const sound = { sha256: 'a'.repeat(64), mediaType: 'image/jpeg' };
  test.each([
    ['a name with a way out of the folder', { 'upload-metadata': metadata({ ...sound, sha256: '../../office.db' }) }, 'invalid-input', 400],
    ['a name that is no hash', { 'upload-metadata': metadata({ ...sound, sha256: 'A'.repeat(64) }) }, 'invalid-input', 400],
    ['no name', { 'upload-metadata': metadata({ mediaType: 'image/jpeg' }) }, 'invalid-input', 400],
    ['metadata that are not base64', { 'upload-metadata': 'sha256 ***' }, 'invalid-input', 400],
    ['a media type with a line break in it', { 'upload-metadata': metadata({ ...sound, mediaType: 'image/jpeg\nx: y' }) }, 'invalid-input', 400],
    ['no length', { 'upload-length': '' }, 'invalid-input', 400],
    ['a negative length', { 'upload-length': '-1' }, 'invalid-input', 400],
    ['a length in another notation', { 'upload-length': '0x10' }, 'invalid-input', 400],
    ['five gigabytes', { 'upload-length': '5368709120' }, 'too-large', 413],
    ['a length that comes later', { 'upload-length': '', 'upload-defer-length': '1' }, 'invalid-input', 400],
    ['a checksum of another kind', { 'upload-checksum': 'md5 1B2M2Y8AsgTpgAmY7PhCfg==' }, 'invalid-input', 400],
    ['another version of the protocol', { 'tus-resumable': '0.2.2' }, 'invalid-input', 412],
    ['no version of the protocol', { 'tus-resumable': '' }, 'invalid-input', 412],
  ])('%s', async (_what, headers: Record<string, string>, code, status) => {
    const server = await openTestServer({ demo: true });
    const laptop = await demoLaptop(server.url, 'inspector');
    const usual: Record<string, string> = { 'tus-resumable': '1.0.0', 'upload-length': '10', 'upload-metadata': metadata(sound) };
    const given = Object.fromEntries(Object.entries({ ...usual, ...headers }).filter(([, value]) => value !== ''));
    const reply = await laptop.fetch('/v1/evidence', { method: 'POST', headers: given });
    expect(((await reply.json()) as { problem: { code: string } }).problem.code).toBe(code);
    expect(reply.status).toBe(status);
    expect(existsSync(path.join(server.dataDir, 'evidence'))).toBe(false);
  });

  test.each([
    ['an original that nobody announced', {}, 404],
    ['an offset that is no number', { 'upload-offset': '-1' }, 400],
    ['an offset in another notation', { 'upload-offset': '0x10' }, 400],
    ['no offset', { 'upload-offset': '' }, 400],
    ['JSON instead of bytes', { 'content-type': 'application/json' }, 400],
    ['bytes of an unknown kind', { 'content-type': 'application/octet-stream' }, 415],
  ])('a piece: %s', async (_what, headers: Record<string, string>, status) => {
    const server = await openTestServer({ demo: true });
    const laptop = await demoLaptop(server.url, 'inspector');
    const usual: Record<string, string> = { 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
    const given = Object.fromEntries(Object.entries({ ...usual, ...headers }).filter(([, value]) => value !== ''));
    const reply = await laptop.fetch(`/v1/evidence/${'a'.repeat(64)}`, { method: 'PATCH', headers: given, body: Buffer.alloc(10) });
    expect(reply.status).toBe(status);
    expect(((await reply.json()) as { v: number }).v).toBe(1);
    expect(existsSync(path.join(server.dataDir, 'evidence'))).toBe(false);
  });
});

test('a client of the protocol can ask what the server speaks', async () => {
  const { url } = await openTestServer({ demo: true });
  const laptop = await demoLaptop(url, 'inspector');
  const { status, headers } = await laptop.fetch('/v1/evidence', { method: 'OPTIONS' });
  expect(status).toBe(204);
  expect(Object.fromEntries(headers)).toMatchObject({
    'tus-version': '1.0.0', 'tus-extension': 'creation,creation-with-upload,checksum', 'tus-checksum-algorithm': 'sha256', 'tus-max-size': '4294967296',
  });
  // Nothing here is for pages of other origins.
  expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
});

test('an original that somebody deleted on the server is named as missing, and is an alarm', async () => {
  const server = await openTestServer({ demo: true });
  const laptop = await demoLaptop(server.url, 'inspector');
  const bytes = randomBytes(100);
  await sendInPieces(laptop, bytes, [100]);
  rmSync(path.join(server.dataDir, 'evidence', laptop.entry.officeId, sha256(bytes).slice(0, 2)), { recursive: true });
  const reply = await laptop.fetch(`/v1/evidence/${sha256(bytes)}`);
  expect(await reply.json()).toEqual({ v: 1, problem: { code: 'evidence-missing', detail: { sha256: sha256(bytes) } } });
  expect(server.log()).toMatch(/"alarm":true.*gone from its place/);
});

test('nobody without a session puts or takes an original', async () => {
  const { url } = await openTestServer({ demo: true });
  for (const method of ['GET', 'HEAD', 'PATCH']) {
    const reply = await fetch(`${url}/v1/evidence/${'a'.repeat(64)}`, { method, ...(method === 'PATCH' ? { body: 'x', headers: { 'content-type': 'application/offset+octet-stream' } } : {}) });
    expect(reply.status).toBe(401);
    // A HEAD has no body: the reason stands in a header.
    expect(reply.headers.get('xuncha-problem')).toBe('unauthorized');
  }
  expect((await fetch(`${url}/v1/evidence`, { method: 'POST' })).status).toBe(401);
});
