import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { evidenceCalls } from '../../../src-main/bridge/evidence-calls.ts';
import { openEvidenceStore } from '../../../src-main/evidence/file-store.ts';
import type { EvidenceStore } from '../../../src-main/evidence/store.ts';
import { nodeDisk } from '../../../src-main/journal/node-disk.ts';
import type { SessionHolder } from '../../../src-main/keys/open-session.ts';
import { done, failed } from '../../../src-shared/kit/outcome.ts';

const video = Buffer.alloc(3_000_000, 'frame');
const sha256 = createHash('sha256').update(video).digest('hex');

let folder = '';
let store: EvidenceStore;
let chosen: string | null;
let target: string | null;
let suggested: string[];
let isSignedIn: boolean;

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'xuncha-import-'));
  store = await openEvidenceStore(nodeDisk, path.join(folder, 'evidence'), 0);
  chosen = path.join(folder, '拒绝检查.MP4');
  writeFileSync(chosen, video);
  utimesSync(chosen, 1_786_000_000, 1_786_000_000);
  target = path.join(folder, 'copy.mp4');
  suggested = [];
  isSignedIn = true;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const calls = () => evidenceCalls({ current: () => (isSignedIn ? { evidence: store } : null) } as unknown as SessionHolder, {
  read: async () => failed('evidence-missing'),
  pieces: async (hash) => (store.has(hash) ? done(store.pieces(hash)) : failed('evidence-missing', { sha256: hash })),
  askWhich: async () => chosen,
  askWhere: async (name) => {
    suggested.push(name);
    return target;
  },
  personsDisk: nodeDisk,
});

describe('a video that the person chooses', () => {
  test('is taken in as it is, and only its hash, length, kind, name and time are told', async () => {
    expect(await calls()['evidence.import']({ kind: 'video' })).toEqual({
      ok: true, value: { sha256, mediaType: 'video/mp4', byteLength: video.length, name: '拒绝检查.MP4', capturedAt: '2026-08-06T07:06:40.000Z' },
    });
    expect(readFileSync(store.path(sha256)).equals(video)).toBe(true);
    expect(store.notUploaded()).toEqual([{ sha256, mediaType: 'video/mp4', byteLength: video.length }]);
  });

  test('is nothing when the person changes his mind, or has signed out meanwhile', async () => {
    chosen = null;
    expect(await calls()['evidence.import']({ kind: 'video' })).toEqual({ ok: true, value: null });
    isSignedIn = false;
    expect(await calls()['evidence.import']({ kind: 'video' })).toMatchObject({ ok: false, problem: { code: 'not-signed-in' } });
  });

  test('that is empty, a folder, or gone before it was read is refused with a reason, and leaves nothing behind', async () => {
    const answer = async (file: string) => {
      chosen = file;
      return await calls()['evidence.import']({ kind: 'any' });
    };
    writeFileSync(path.join(folder, 'empty.mov'), '');
    mkdirSync(path.join(folder, 'a folder'));
    expect(await answer(path.join(folder, 'empty.mov'))).toMatchObject({ ok: false, problem: { code: 'invalid-input' } });
    expect(await answer(path.join(folder, 'a folder'))).toMatchObject({ ok: false, problem: { code: 'unreadable-file' } });
    expect(await answer(path.join(folder, 'gone.mov'))).toMatchObject({ ok: false, problem: { code: 'storage-failed' } });
    expect(readdirSync(path.join(folder, 'evidence'))).toEqual([]);
  });
});

describe('a copy for the person', () => {
  test('is the original to the byte, under a name that opens with the right program', async () => {
    await calls()['evidence.import']({ kind: 'video' });
    expect(await calls()['evidence.save']({ sha256, suggestedName: '现场录像' })).toEqual({ ok: true, value: { path: target } });
    expect(suggested).toEqual(['现场录像.mp4']);
    expect(readFileSync(target ?? '').equals(video)).toBe(true);
  });

  test('does not appear when the stored bytes are no longer the original', async () => {
    await calls()['evidence.import']({ kind: 'video' });
    writeFileSync(store.path(sha256), 'something else');
    expect(await calls()['evidence.save']({ sha256, suggestedName: 'x' })).toMatchObject({ ok: false, problem: { code: 'evidence-damaged' } });
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual([]);
  });
});

describe('what arrives piece by piece', () => {
  async function* endless(): AsyncGenerator<Uint8Array, void, void> {
    for (;;) yield Buffer.alloc(1024 * 1024);
  }

  test('stops at four gibibytes that were announced, before a byte is written', async () => {
    expect(await store.import(endless(), 'video/mp4', 5 * 1024 ** 3)).toMatchObject({ ok: false, problem: { code: 'too-large', detail: { limit: 4 * 1024 ** 3 } } });
  });

  test('twice is one file, and half of it after a crash is removed at the next start', async () => {
    const both = await Promise.all([store.import([video], 'video/mp4', video.length), store.import([video.subarray(0, 7), video.subarray(7)], 'video/mp4', video.length)]);
    expect(both.map((each) => each.ok && each.value.sha256)).toEqual([sha256, sha256]);
    expect(store.notUploaded()).toHaveLength(1);
    writeFileSync(path.join(folder, 'evidence', 'arriving-half'), 'half');
    const again = await openEvidenceStore(nodeDisk, path.join(folder, 'evidence'), 0);
    expect(readdirSync(path.join(folder, 'evidence'))).toEqual([sha256.slice(0, 2)]);
    expect(again.has(sha256)).toBe(true);
  });

  test('is not taken when the last space would go', async () => {
    const small = await openEvidenceStore({ ...nodeDisk, free: async () => 3_500_000 }, path.join(folder, 'small'), 1_000_000);
    expect(await small.import([video], 'video/mp4', video.length)).toMatchObject({ ok: false, problem: { code: 'disk-full' } });
    expect(readdirSync(path.join(folder, 'small'))).toEqual([]);
  });

  test('a wish to pause uploads outlives a restart', async () => {
    await store.pauseUploads(true);
    const again = await openEvidenceStore(nodeDisk, path.join(folder, 'evidence'), 0);
    expect(again.uploadsPaused()).toBe(true);
    await again.pauseUploads(false);
    expect((await openEvidenceStore(nodeDisk, path.join(folder, 'evidence'), 0)).uploadsPaused()).toBe(false);
  });
});
