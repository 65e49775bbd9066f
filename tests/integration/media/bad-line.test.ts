import { randomBytes, sign } from 'node:crypto';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { evidenceReader } from '../../../src-main/evidence/fetch.ts';
import { openEvidenceStore } from '../../../src-main/evidence/file-store.ts';
import type { EvidenceStore } from '../../../src-main/evidence/store.ts';
import { evidenceUpload, type EvidenceUpload } from '../../../src-main/evidence/upload.ts';
import { nodeDisk } from '../../../src-main/journal/node-disk.ts';
import { officeConnection, type OfficeConnection } from '../../../src-main/sync/office-connection.ts';
import { inRecords, openTestServer, tempDir, type TestServer } from '../../helpers/server.ts';
import { demoLaptop, expectDone, sha256, type TestLaptop } from '../../helpers/test-laptop.ts';
import { cuttingLine, type CuttingLine } from '../sync/cutting-line.ts';

const mebibyte = 1024 * 1024;
const chunk = 4 * mebibyte;
/** Request lines and headers of a few requests. */
const heads = 8 * 1024;

let server: TestServer;
let line: CuttingLine;
let laptop: TestLaptop;
let store: EvidenceStore;
let connection: OfficeConnection;
let upload: EvidenceUpload;

beforeEach(async () => {
  server = await openTestServer({ demo: true });
  line = await cuttingLine(server.url);
  laptop = await demoLaptop(server.url, 'inspector');
  ({ store, connection, upload } = await uploads(laptop));
  return async () => {
    await upload.stop();
    connection.close();
    await line.stop();
  };
});

/** What main does for uploads, with a store of its own and over the line that can be cut. */
async function uploads(of: TestLaptop) {
  const opened = await openEvidenceStore(nodeDisk, path.join(tempDir(), 'evidence'), 0);
  const office = officeConnection(line.url, null, of.chainId, (bytes) => sign(null, bytes, of.key).toString('base64'));
  const { askMedia } = office;
  const made = evidenceUpload({
    store: opened,
    office: {
      standing: (name) => askMedia((media, token) => media.standing(token, name)),
      begin: (piece) => askMedia((media, token) => media.begin(token, piece)),
      send: (piece) => askMedia((media, token) => media.send(token, piece)),
    },
    recordsAreSent: () => true, onProgress: () => undefined, now: () => performance.now(),
  });
  return { store: opened, connection: office, upload: made };
}

async function contact(of: EvidenceUpload = upload): Promise<void> {
  of.goOn();
  await of.settled();
}

async function bytesAtTheOffice(bytes: Buffer): Promise<Buffer> {
  return Buffer.from(await (await laptop.fetch(`/v1/evidence/${sha256(bytes)}`)).arrayBuffer());
}

describe('a line that is cut once costs at most one piece of 4 MiB again', () => {
  const places = [1, 90, 400, 900, 1400, 64 * 1024, 2 * mebibyte, chunk - 1, chunk, chunk + 700, chunk + 1400, chunk + 2100, 6 * mebibyte, 2 * chunk + 1500, 9 * mebibyte];
  test.each(places)('going up, after %d bytes', async (place) => {
    const video = randomBytes(9 * mebibyte + 5);
    expectDone(await store.import([video], 'video/mp4', video.length));
    line.cutUploadsAt(place);
    await contact();
    expect(store.notUploaded(), 'the line was cut').toHaveLength(1);
    const before = line.uploadedBytes();
    line.cutUploadsAt(null);
    await contact();
    expect(store.notUploaded()).toEqual([]);
    expect(before + line.uploadedBytes()).toBeLessThanOrEqual(video.length + chunk + heads);
    expect((await bytesAtTheOffice(video)).equals(video)).toBe(true);
  });

  test.each([1, 40, 300, 600, 900, 1300])('coming down in the answers, after %d bytes', async (place) => {
    const video = randomBytes(9 * mebibyte + 5);
    expectDone(await store.import([video], 'video/mp4', video.length));
    line.cutUploadsAt(null);
    line.cutAnswersAt(place);
    await contact();
    line.cutAnswersAt(null);
    await contact();
    expect(store.notUploaded()).toEqual([]);
    expect(line.uploadedBytes()).toBeLessThanOrEqual(video.length + chunk + heads);
    expect((await bytesAtTheOffice(video)).equals(video)).toBe(true);
  });
});

test('a line that never lasts longer than three mebibytes brings a video home all the same', async () => {
  const video = randomBytes(20 * mebibyte);
  expectDone(await store.import([video], 'video/mp4', video.length));
  line.cutUploadsAt(3 * mebibyte);
  for (let times = 0; times < 40 && store.notUploaded().length > 0; times += 1) await contact();
  expect(store.notUploaded()).toEqual([]);
  line.cutUploadsAt(null);
  expect((await bytesAtTheOffice(video)).equals(video)).toBe(true);
});

test('a session that ends in the middle is opened again, and the piece under way is all that is sent again', async () => {
  const video = randomBytes(13 * mebibyte);
  const passed: number[] = [];
  const ended = { at: 0 };
  await upload.stop();
  const { askMedia } = connection;
  const watched = evidenceUpload({
    store,
    office: {
      standing: (name) => askMedia((media, token) => media.standing(token, name)),
      begin: (piece) => askMedia((media, token) => media.begin(token, piece)),
      async send(piece) {
        passed.push(piece.offset);
        if (piece.offset === chunk) ended.at = await inRecords(server.dataDir, (sql) => sql.run('DELETE FROM sessions'));
        return await askMedia((media, token) => media.send(token, piece));
      },
    },
    recordsAreSent: () => true, onProgress: () => undefined, now: () => performance.now(),
  });
  expectDone(await store.import([video], 'video/mp4', video.length));
  line.cutUploadsAt(null);
  await contact(watched);
  expect(ended.at).toBeGreaterThan(0);
  expect(passed).toEqual([chunk, 2 * chunk, 3 * chunk]);
  expect(store.notUploaded()).toEqual([]);
  expect(line.uploadedBytes()).toBeLessThanOrEqual(video.length + chunk + heads);
});

test('two laptops with the same video send it once between them, each learns that it is there', async () => {
  const video = randomBytes(16 * mebibyte);
  const other = await uploads(await demoLaptop(server.url, 'assistant'));
  onTestFinished(() => other.connection.close());
  for (const each of [store, other.store]) expectDone(await each.import([video], 'video/mp4', video.length));
  line.cutUploadsAt(null);
  for (let times = 0; times < 40 && store.notUploaded().length + other.store.notUploaded().length > 0; times += 1) {
    await Promise.all([contact(), contact(other.upload)]);
  }
  expect(store.notUploaded()).toEqual([]);
  expect(other.store.notUploaded()).toEqual([]);
  expect((await bytesAtTheOffice(video)).equals(video)).toBe(true);
  // Once, and at most the pieces that crossed while both began.
  expect(line.uploadedBytes()).toBeLessThanOrEqual(video.length + 2 * chunk + 4 * heads);
});

test('an upload that hangs ends when the person signs out', async () => {
  const video = randomBytes(9 * mebibyte);
  expectDone(await store.import([video], 'video/mp4', video.length));
  upload.goOn();
  connection.close();
  await upload.stop();
  expect(store.notUploaded()).toHaveLength(1);
});

test('a video comes down piece by piece, and one that was cut on its way is fetched anew, never kept half', async () => {
  const video = randomBytes(9 * mebibyte);
  expectDone(await store.import([video], 'video/mp4', video.length));
  await contact();
  const other = await uploads(await demoLaptop(server.url, 'sectionHead'));
  onTestFinished(() => other.connection.close());
  const reader = evidenceReader(other.store, (name, take) => other.connection.askMedia((media, token) => media.fetch(token, name, take)));
  line.cutAnswersAt(5 * mebibyte);
  expect(await reader.pieces(sha256(video))).toMatchObject({ ok: false, problem: { code: 'half-reply' } });
  expect(other.store.has(sha256(video))).toBe(false);
  line.cutAnswersAt(null);
  expect(expectDone(await reader.read(sha256(video))).bytes).toHaveLength(video.length);
  expect(other.store.notUploaded()).toEqual([]);
});
