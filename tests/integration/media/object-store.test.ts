import { randomBytes } from 'node:crypto';
import { beforeEach, expect, test, vi } from 'vitest';
import { objectStore, type ObjectStore } from '../../helpers/object-store.ts';
import { inRecords, openTestServer, spawnTestServer, tempDir, type TestServer } from '../../helpers/server.ts';
import { demoLaptop, expectDone, sha256, type TestLaptop } from '../../helpers/test-laptop.ts';

// Originals in an object store: a stand-in that checks signatures and refuses short parts (tests/helpers/object-store.ts).

const mebibyte = 1024 * 1024;
const chunk = 4 * mebibyte;

let store: ObjectStore;
let server: TestServer;
let laptop: TestLaptop;
let keyOf: (bytes: Uint8Array) => string;

beforeEach(async () => {
  store = await objectStore();
  vi.stubEnv('AWS_ACCESS_KEY_ID', store.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', store.secretAccessKey);
  server = await openTestServer({ demo: true, media: { bucket: { name: store.bucket, endpoint: store.url, region: 'us-east-1' } } });
  laptop = await demoLaptop(server.url, 'inspector');
  keyOf = (bytes) => `${laptop.entry.officeId}/${sha256(bytes)}`;
  return () => vi.unstubAllEnvs();
});

/** Sends pieces of 4 MiB from where the office stands until all is there. */
async function sendRest(bytes: Buffer): Promise<void> {
  const name = sha256(bytes);
  for (;;) {
    const { receivedBytes, complete } = expectDone(await laptop.evidenceStatus(name));
    if (complete) return;
    const piece = bytes.subarray(receivedBytes, receivedBytes + chunk);
    const reply = await laptop.patch(name, receivedBytes, piece, { 'upload-checksum': `sha256 ${Buffer.from(sha256(piece), 'hex').toString('base64')}` });
    expect(reply.status).toBe(204);
  }
}

async function bytesBack(bytes: Buffer): Promise<Buffer> {
  return Buffer.from(await (await laptop.fetch(`/v1/evidence/${sha256(bytes)}`)).arrayBuffer());
}

test('a photo and a video of many pieces lie in the bucket under their hash, and nothing else does', async () => {
  const photo = randomBytes(350_000);
  const video = randomBytes(13 * mebibyte + 13);
  expect((await laptop.announce(sha256(photo), photo.length, 'image/jpeg', photo)).status).toBe(201);
  await laptop.announce(sha256(video), video.length, 'video/mp4');
  await sendRest(video);
  expect((await bytesBack(photo)).equals(photo)).toBe(true);
  expect((await bytesBack(video)).equals(video)).toBe(true);
  expect([...store.objects.keys()].toSorted()).toEqual([keyOf(photo), keyOf(video)].toSorted());
  // Two pieces make a part: the first waits as a tail of its own.
  expect(store.calls.filter((call) => call === 'UploadPart')).toHaveLength(1 + 2);
});

test('each acknowledged byte is held by the store: a cut between any two pieces costs nothing', async () => {
  const video = randomBytes(14 * mebibyte);
  const name = sha256(video);
  await laptop.announce(name, video.length, 'video/mp4');
  for (let offset = 0; offset + chunk < video.length; offset += chunk) {
    expect((await laptop.patch(name, offset, video.subarray(offset, offset + chunk))).status).toBe(204);
    expect(expectDone(await laptop.evidenceStatus(name))).toEqual({ receivedBytes: offset + chunk, complete: false });
  }
  await sendRest(video);
  expect((await bytesBack(video)).equals(video)).toBe(true);
});

test('what came of a piece before the line was cut counts', async () => {
  const video = randomBytes(9 * mebibyte);
  const name = sha256(video);
  await laptop.announce(name, video.length, 'video/mp4');
  expect((await laptop.patch(name, 0, video.subarray(0, chunk))).status).toBe(204);
  const cut = new AbortController();
  const sending = laptop.patch(name, chunk, new ReadableStream({
    async start(sink) {
      sink.enqueue(video.subarray(chunk, chunk + 2 * mebibyte));
      await expect.poll(() => store.calls.filter((call) => call === 'GetObject').length).toBeGreaterThan(1);
      cut.abort();
    },
  }), {}, cut.signal);
  await expect(sending).rejects.toThrow(/abort/);
  const { receivedBytes } = expectDone(await laptop.evidenceStatus(name));
  expect(receivedBytes).toBeGreaterThanOrEqual(chunk);
  await sendRest(video);
  expect((await bytesBack(video)).equals(video)).toBe(true);
});

test.each([
  ['UploadPart', 'before'], ['UploadPart', 'after'], ['PutObject', 'before'], ['PutObject', 'after'], ['CompleteMultipartUpload', 'before'], ['CompleteMultipartUpload', 'after'],
] as const)('a store that fails at %s, %s doing it, loses no acknowledged byte', async (call, when) => {
  const video = randomBytes(9 * mebibyte);
  const name = sha256(video);
  await laptop.announce(name, video.length, 'video/mp4');
  // As often as its client tries by itself.
  store.failNext(call, when, 3);
  let acknowledged = 0;
  const refused: number[] = [];
  for (let tries = 0; tries < 8 && acknowledged < video.length; tries += 1) {
    const { receivedBytes } = expectDone(await laptop.evidenceStatus(name));
    expect(receivedBytes).toBeGreaterThanOrEqual(acknowledged);
    acknowledged = receivedBytes;
    if (receivedBytes === video.length) break;
    const reply = await laptop.patch(name, receivedBytes, video.subarray(receivedBytes, receivedBytes + chunk));
    if (reply.ok) acknowledged = Number(reply.headers.get('upload-offset'));
    else refused.push(reply.status);
  }
  expect(refused).toEqual([500]);
  expect((await bytesBack(video)).equals(video)).toBe(true);
});

test('bytes that were spoilt in the store are found when they are read back, put aside, and the right ones can follow', async () => {
  const video = randomBytes(6 * mebibyte);
  const name = sha256(video);
  await laptop.announce(name, video.length, 'video/mp4');
  expect((await laptop.patch(name, 0, video.subarray(0, chunk))).status).toBe(204);
  store.spoil(`${keyOf(video)}.part`);
  const reply = await laptop.patch(name, chunk, video.subarray(chunk));
  expect([reply.status, await reply.json()]).toEqual([422, { v: 1, problem: { code: 'evidence-damaged', detail: { sha256: name } } }]);
  expect([...store.objects.keys()]).toEqual([expect.stringMatching(`^${laptop.entry.officeId}/damaged/${name}\\.`)]);
  expect((await laptop.fetch(`/v1/evidence/${name}`)).status).toBe(404);
  await laptop.announce(name, video.length, 'video/mp4');
  await sendRest(video);
  expect((await bytesBack(video)).equals(video)).toBe(true);
});

test('a piece that was hurt on its way is not put into the store', async () => {
  const bytes = randomBytes(mebibyte);
  await laptop.announce(sha256(bytes), bytes.length);
  const hurt = await laptop.patch(sha256(bytes), 0, randomBytes(mebibyte), { 'upload-checksum': `sha256 ${Buffer.from(sha256(bytes), 'hex').toString('base64')}` });
  expect(hurt.status).toBe(460);
  expect(expectDone(await laptop.evidenceStatus(sha256(bytes)))).toEqual({ receivedBytes: 0, complete: false });
  await sendRest(bytes);
});

test('kill -9 between two pieces: another process goes on where the store stands', async () => {
  const dataDir = tempDir();
  const args = ['--demo', '--s3-bucket', store.bucket, '--s3-endpoint', store.url];
  const video = randomBytes(11 * mebibyte);
  const name = sha256(video);
  const first = await spawnTestServer({ dataDir, args });
  laptop = await demoLaptop(first.url, 'inspector');
  await laptop.announce(name, video.length, 'video/mp4');
  expect((await laptop.patch(name, 0, video.subarray(0, chunk))).status).toBe(204);
  await first.kill();
  const second = await spawnTestServer({ dataDir, args });
  laptop.moveTo(second.url);
  expect(expectDone(await laptop.evidenceStatus(name))).toEqual({ receivedBytes: chunk, complete: false });
  await sendRest(video);
  expect((await bytesBack(video)).equals(video)).toBe(true);
});

test('an original that the bucket has and an older database has forgotten is recognized, not sent again', async () => {
  const video = randomBytes(6 * mebibyte);
  const name = sha256(video);
  await laptop.announce(name, video.length, 'video/mp4');
  await sendRest(video);
  await inRecords(server.dataDir, (sql) => sql.run('DELETE FROM evidence'));
  expect(expectDone(await laptop.evidenceStatus(name))).toEqual({ receivedBytes: 0, complete: false });
  const parts = store.calls.filter((call) => call === 'UploadPart').length;
  await laptop.announce(name, video.length, 'video/mp4');
  await sendRest(video);
  expect(store.calls.filter((call) => call === 'UploadPart')).toHaveLength(parts);
  expect((await bytesBack(video)).equals(video)).toBe(true);
});

test('a wrong secret is told as a trouble of the server, and costs no record', async () => {
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'not the secret');
  const other = await openTestServer({ demo: true, media: { bucket: { name: store.bucket, endpoint: store.url, region: 'us-east-1' } } });
  const sender = await demoLaptop(other.url, 'inspector');
  const reply = await sender.announce(sha256('x'), 1, 'image/jpeg', Buffer.from('x'));
  expect(((await reply.json()) as { problem: { code: string } }).problem.code).toBe('server-error');
  expect(other.log()).toContain('SignatureDoesNotMatch');
});
