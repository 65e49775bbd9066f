import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeDisk } from '../../../src-main/journal/node-disk.ts';
import { isProcessAlive, takeWriterLock, thisProcess } from '../../../src-main/journal/writer-lock.ts';
import { ForgetfulDisk } from './forgetful-disk.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'xuncha-lock-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the lock of a journal folder, on the real disk', () => {
  test('is refused while its owner lives, and free again after it was released', async () => {
    const first = await takeWriterLock(nodeDisk, folder, thisProcess(), isProcessAlive);
    expect(first.ok).toBe(true);
    expect(await takeWriterLock(nodeDisk, folder, thisProcess(), isProcessAlive)).toEqual({ ok: false, problem: { code: 'already-open', detail: { pid: process.pid } } });
    if (first.ok) await first.value.release();
    expect((await takeWriterLock(nodeDisk, folder, thisProcess(), isProcessAlive)).ok).toBe(true);
  });

  test('of a process that is gone is put aside', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    await takeWriterLock(nodeDisk, folder, { ...thisProcess(), pid: gone }, isProcessAlive);
    expect((await takeWriterLock(nodeDisk, folder, thisProcess(), isProcessAlive)).ok).toBe(true);
  });

  test('of a process of an earlier boot is put aside, though its number is in use again', async () => {
    await takeWriterLock(nodeDisk, folder, { ...thisProcess(), bootId: 'an earlier boot' }, isProcessAlive);
    expect((await takeWriterLock(nodeDisk, folder, thisProcess(), isProcessAlive)).ok).toBe(true);
  });

  test.runIf(process.platform === 'linux')('of a process whose number another one has by now is put aside', async () => {
    await takeWriterLock(nodeDisk, folder, { ...thisProcess(), startedAt: '1' }, isProcessAlive);
    expect((await takeWriterLock(nodeDisk, folder, thisProcess(), isProcessAlive)).ok).toBe(true);
  });
});

describe('the lock file', () => {
  test.each([['empty', ''], ['half', '{"pid":1'], ['something else', '[]']])('that is %s was left by a power cut and holds nobody up', async (_what, text) => {
    const disk = ForgetfulDisk.of([['/chain/writer.lock', new TextEncoder().encode(text)]]);
    expect((await takeWriterLock(disk, '/chain', thisProcess(), () => true)).ok).toBe(true);
  });

  test('two that find the same stale lock do not both get it', async () => {
    const stale = new TextEncoder().encode(JSON.stringify({ pid: 1, bootId: 'old', startedAt: '' }));
    const disk = ForgetfulDisk.of([['/chain/writer.lock', stale]]);
    const isAlive = (owner: { bootId: string }): boolean => owner.bootId !== 'old';
    const both = await Promise.all([2, 3].map((pid) => takeWriterLock(disk, '/chain', { pid, bootId: 'now', startedAt: '' }, isAlive)));
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
  });
});
