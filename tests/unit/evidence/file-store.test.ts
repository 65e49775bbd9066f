import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_ORIGINAL_BYTES, openEvidenceStore } from '../../../src-main/evidence/file-store.ts';
import { nodeDisk } from '../../../src-main/journal/node-disk.ts';
import { ForgetfulDisk, seeded } from '../journal/forgetful-disk.ts';

const photo = Uint8Array.from({ length: 5000 }, (_, n) => n % 251);
const sha256 = createHash('sha256').update(photo).digest('hex');

let folder = '';
beforeEach(() => (folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'xuncha-evidence-')), '照片 folder')));
afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

const openStore = () => openEvidenceStore(nodeDisk, folder, 0);

describe('originals', () => {
  test('come back byte for byte by their hash, also after a restart', async () => {
    const store = await openStore();
    expect(await store.put(photo, 'image/jpeg')).toEqual({ ok: true, value: { sha256, mediaType: 'image/jpeg', byteLength: 5000 } });
    const again = await openStore();
    for (const each of [store, again]) {
      expect(await each.read(sha256)).toEqual({ ok: true, value: { bytes: photo, mediaType: 'image/jpeg' } });
      expect(each.has(sha256)).toBe(true);
      expect(each.describe(sha256)).toEqual({ sha256, mediaType: 'image/jpeg', byteLength: 5000 });
      expect(new Uint8Array(readFileSync(each.path(sha256)))).toEqual(photo);
    }
  });

  test('the same photo twice is one file', async () => {
    const store = await openStore();
    const both = await Promise.all([store.put(photo, 'image/jpeg'), store.put(photo, 'image/png')]);
    expect(both.map((each) => each.ok && each.value.sha256)).toEqual([sha256, sha256]);
    expect(store.notUploaded()).toHaveLength(1);
  });

  test('what the server holds is not uploaded again; the rest keeps the order in which it came', async () => {
    const store = await openStore();
    const hashes: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      const stored = await store.put(Uint8Array.of(n + 1, 2, 3), 'image/jpeg');
      hashes.push(stored.ok ? stored.value.sha256 : '');
    }
    await store.markUploaded(hashes[3] ?? '');
    const left = hashes.filter((_, n) => n !== 3);
    expect(store.notUploaded().map((each) => each.sha256)).toEqual(left);
    expect((await openStore()).notUploaded().map((each) => each.sha256)).toEqual(left);
  });

  test('listeners hear of what was stored here, not of what came from the server', async () => {
    const store = await openStore();
    let heard = 0;
    const leave = store.onStored(() => (heard += 1));
    await store.keep(sha256, [photo], 'image/jpeg');
    expect(heard).toBe(0);
    expect(store.notUploaded()).toEqual([]);
    await store.put(Uint8Array.of(1), 'image/png');
    leave();
    await store.put(Uint8Array.of(2), 'image/png');
    expect(heard).toBe(1);
  });
});

describe('what is wrong is said, never shown as right', () => {
  test('altered bytes are damaged, missing ones are missing', async () => {
    const store = await openStore();
    await store.put(photo, 'image/jpeg');
    const file = store.path(sha256);
    writeFileSync(file, photo.slice(0, 4999));
    expect(await store.read(sha256)).toMatchObject({ ok: false, problem: { code: 'evidence-damaged' } });
    rmSync(file);
    expect(await store.read(sha256)).toMatchObject({ ok: false, problem: { code: 'evidence-missing' } });
    expect(await store.read('0'.repeat(64))).toMatchObject({ ok: false, problem: { code: 'evidence-missing' } });
    expect((await store.put(photo, 'image/jpeg')).ok).toBe(true);
    expect((await store.read(sha256)).ok).toBe(true);
  });

  test('bytes that do not hash to what was asked for are not kept', async () => {
    const store = await openStore();
    expect(await store.keep('0'.repeat(64), [photo], 'image/jpeg')).toMatchObject({ ok: false, problem: { code: 'evidence-damaged' } });
    expect(store.has(sha256)).toBe(false);
  });

  test('an empty file and one above the limit are refused', async () => {
    const store = await openStore();
    expect(await store.put(new Uint8Array(0), 'image/jpeg')).toMatchObject({ ok: false, problem: { code: 'invalid-input' } });
    const large = new Proxy(new Uint8Array(1), { get: (target, name) => (name === 'length' ? MAX_ORIGINAL_BYTES + 1 : Reflect.get(target, name)) });
    expect(await store.put(large, 'video/mp4')).toMatchObject({ ok: false, problem: { code: 'too-large' } });
  });

  test('an original whose description is lost is still there', async () => {
    await (await openStore()).put(photo, 'image/jpeg');
    const store = await openStore();
    rmSync(`${store.path(sha256)}.json`);
    const again = await openStore();
    expect(await again.read(sha256)).toMatchObject({ ok: true, value: { bytes: photo, mediaType: 'application/octet-stream' } });
    expect(again.notUploaded()).toHaveLength(1);
  });

  test('a server that may have forgotten is asked for every photo again, also after a restart', async () => {
    const store = await openStore();
    await store.put(photo, 'image/jpeg');
    await store.markUploaded(sha256);
    expect(store.notUploaded()).toEqual([]);
    expect(await store.doubtUploads()).toMatchObject({ ok: true });
    expect(store.notUploaded().map((each) => each.sha256)).toEqual([sha256]);
    expect((await openStore()).notUploaded().map((each) => each.sha256)).toEqual([sha256]);
    await store.markUploaded(sha256);
    expect((await openStore()).notUploaded()).toEqual([]);
  });

  test('photos leave the last space to the text', async () => {
    const store = await openEvidenceStore(nodeDisk, folder, Number.MAX_SAFE_INTEGER);
    expect(await store.put(photo, 'image/jpeg')).toMatchObject({ ok: false, problem: { code: 'disk-full' } });
  });
});

describe('bad luck', () => {
  test('a failing call leaves no half photo, whichever call it is', async () => {
    const quiet = new ForgetfulDisk();
    await (await openEvidenceStore(quiet, '/e', 0)).put(photo, 'image/jpeg');
    for (let n = 1; n <= quiet.calls; n += 1) {
      const disk = Object.assign(new ForgetfulDisk(), { failAtCall: n, failCode: n % 2 === 0 ? 'ENOSPC' : 'EIO' });
      const stored = await openEvidenceStore(disk, '/e', 0).then((store) => store.put(photo, 'image/jpeg'), () => ({ ok: false }));
      const again = await openEvidenceStore(disk.afterKill(), '/e', 0);
      const read = await again.read(sha256);
      const whole = read.ok && Buffer.from(read.value.bytes).equals(photo);
      const nothing = !read.ok && read.problem.code === 'evidence-missing' && !stored.ok;
      expect(whole || nothing, `call ${n}`).toBe(true);
    }
  });

  test('what was acknowledged survives a power cut at every call', async () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = seeded(seed);
      const disk = Object.assign(new ForgetfulDisk(), { cutAtCall: 1 + Math.floor(random() * 60) });
      const saved: string[] = [];
      const work = async (): Promise<void> => {
        const store = await openEvidenceStore(disk, '/e', 0);
        for (let n = 0; n < 6; n += 1) {
          const stored = await store.put(Uint8Array.from({ length: 1000 + n }, () => Math.floor(random() * 256)), 'image/jpeg');
          if (stored.ok) saved.push(stored.value.sha256);
        }
      };
      await Promise.race([work(), disk.powerCut]);
      const again = await openEvidenceStore(disk.afterPowerCut(random), '/e', 0);
      for (const each of saved) expect((await again.read(each)).ok, `seed ${seed}`).toBe(true);
    }
  }, 60_000);
});
