import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openTestServer, spawnTestServer, tempDir } from '../../helpers/server.ts';
import { demoLaptop, expectDone, sha256, type TestLaptop } from '../../helpers/test-laptop.ts';

/** A request that has sent its first bytes and then says nothing more. */
function sendingForEver(laptop: TestLaptop, name: string, bytes: Buffer, cut: AbortController): Promise<Response> {
  return laptop.patch(name, 0, new ReadableStream({ start: (sink) => sink.enqueue(bytes) }), {}, cut.signal);
}

function arrivingBytes(dataDir: string, laptop: TestLaptop, name: string): number {
  const part = path.join(dataDir, 'evidence', laptop.entry.officeId, 'arriving', name);
  return existsSync(part) ? readFileSync(part).length : 0;
}

test('one sender for one original across two processes, and its own laptop takes over from the other process', async () => {
  const dataDir = tempDir();
  const [a, b] = [await openTestServer({ dataDir, demo: true }), await openTestServer({ dataDir, demo: true })];
  const [first, second] = [await demoLaptop(a.url, 'inspector'), await demoLaptop(b.url, 'assistant')];
  const bytes = randomBytes(300_000);
  const name = sha256(bytes);
  const cut = new AbortController();
  await first.announce(name, bytes.length);
  const hanging = sendingForEver(first, name, bytes.subarray(0, 150_000), cut).catch(() => null);
  await expect.poll(() => arrivingBytes(dataDir, first, name)).toBe(150_000);
  expect((await second.patch(name, 0, bytes)).status, 'somebody else, at the other process').toBe(423);
  first.moveTo(b.url);
  expect(expectDone(await first.evidenceStatus(name))).toEqual({ receivedBytes: 150_000, complete: false });
  expect(expectDone(await first.sendPiece(name, bytes.length, 150_000, bytes.subarray(150_000)))).toMatchObject({ complete: true });
  expect(expectDone(await second.evidenceStatus(name))).toMatchObject({ complete: true });
  cut.abort();
  await hanging;
});

test('a process that dies in the middle of a piece holds its lock for seconds only', async () => {
  const dataDir = tempDir();
  const a = await spawnTestServer({ dataDir, args: ['--demo'] });
  const b = await openTestServer({ dataDir, demo: true });
  const [first, second] = [await demoLaptop(a.url, 'inspector'), await demoLaptop(b.url, 'assistant')];
  const bytes = randomBytes(300_000);
  const name = sha256(bytes);
  await first.announce(name, bytes.length);
  const dying = sendingForEver(first, name, bytes.subarray(0, 150_000), new AbortController()).catch(() => null);
  await expect.poll(() => arrivingBytes(dataDir, first, name)).toBe(150_000);
  await a.kill();
  await dying;
  expect((await second.patch(name, 0, bytes)).status).toBe(423);
  await expect.poll(async () => (await second.patch(name, 0, bytes)).status, { timeout: 20_000, interval: 500 }).toBe(204);
  expect(expectDone(await second.evidenceStatus(name))).toMatchObject({ complete: true });
}, 60_000);
