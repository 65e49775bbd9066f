import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeDisk } from '../../../src-main/journal/node-disk.ts';
import type { Disk } from '../../../src-main/journal/disk.ts';
import { openJournal, usualSizes } from '../../../src-main/journal/open-journal.ts';
import { createJournal } from '../../../src-main/journal/create-journal.ts';
import { chain, everything, key, makeChain, open, pulled, remarksOf, roomChange, smallSizes, summerDay, tryOpen } from './desk-of-one.ts';
import { ForgetfulDisk } from './forgetful-disk.ts';

/** A fixed piece of work: opening, saving, receipts, pages, closing, opening again. Ids of what was acknowledged. */
async function workday(disk: Disk): Promise<{ saved: string[]; refusedCodes: string[]; finished: boolean }> {
  const saved: string[] = [];
  const refusedCodes: string[] = [];
  for (const morning of [true, false]) {
    const opened = await tryOpen(disk);
    if (!opened.ok) return { saved, refusedCodes: [...refusedCodes, opened.problem.code], finished: false };
    const journal = opened.value;
    for (let n = 0; n < 9; n += 1) {
      const receipt = await journal.append([roomChange(`${morning ? '上午' : '下午'}${n}${'。'.repeat(300)}`)]);
      if (receipt.ok) saved.push(...receipt.value.changes.map((change) => change.id));
      else refusedCodes.push(receipt.problem.code);
      if (n === 4) await journal.recordReceipt({ ...journal.head(), receivedAt: summerDay.wall }, []);
      if (n === 5) await journal.appendPage([pulled(journal.cursor() + 1)], journal.cursor() + 1);
    }
    await journal.close();
  }
  return { saved, refusedCodes, finished: true };
}

async function expectKept(disk: ForgetfulDisk, saved: readonly string[], what: string): Promise<void> {
  const journal = await open(disk.afterKill());
  const ids = new Set((await everything(journal)).map((change) => change.id));
  const lost = saved.filter((id) => !ids.has(id));
  const goesOn = (await journal.append([roomChange('之后')])).ok;
  expect({ what, lost, readOnly: journal.readOnly(), goesOn }).toEqual({ what, lost: [], readOnly: null, goesOn: true });
}

describe.each(['ENOSPC', 'EIO', 'EROFS', 'EMFILE'])('%s at the n-th call to the disk, for every n', (code) => {
  test('is told to the person, and nothing acknowledged is lost', async () => {
    const untroubled = new ForgetfulDisk();
    await makeChain(untroubled);
    await workday(untroubled);
    const calls = untroubled.calls;
    for (let n = 1; n <= calls; n += 1) {
      const disk = new ForgetfulDisk();
      await makeChain(disk);
      Object.assign(disk, { calls: 0, failAtCall: n, failCode: code });
      const { saved, refusedCodes } = await workday(disk);
      for (const refused of refusedCodes) expect(['disk-full', 'storage-failed', 'read-only']).toContain(refused);
      await expectKept(disk, saved, `${code} at call ${n}`);
    }
  }, 120_000);
});

test('after a failed fdatasync the file is never written again, and the failed save is not there twice', async () => {
  const disk = new ForgetfulDisk();
  await makeChain(disk);
  const journal = await open(disk);
  await journal.append([roomChange('一')]);
  let fails = false;
  const original = disk.open.bind(disk);
  disk.open = async (name, how) => {
    const file = await original(name, how);
    return { ...file, fdatasync: async () => (fails ? Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' })) : file.fdatasync()) };
  };
  await journal.close();
  const again = await open(disk);
  fails = true;
  expect(await again.append([roomChange('二')])).toMatchObject({ ok: false, problem: { code: 'storage-failed' } });
  fails = false;
  expect((await again.append([roomChange('三')])).ok).toBe(true);
  expect(disk.files().filter(([name]) => name.endsWith('.seg'))).toHaveLength(2);
  expect(remarksOf(await everything(await open(disk.afterKill())))).toEqual(['一', '三']);
});

describe('a full disk', () => {
  test('gives up its reserve, so that the text under the hands is still saved; then says that it is full', async () => {
    const disk = new ForgetfulDisk();
    await makeChain(disk);
    const journal = await open(disk);
    await journal.append([roomChange('之前')]);
    // One call later the reserve is made.
    await journal.close();
    const again = await open(disk);
    expect(disk.files().some(([name]) => name.endsWith('reserve.bin'))).toBe(true);
    disk.capacity = disk.files().reduce((sum, [, bytes]) => sum + bytes.length, 0) + 100;
    expect((await again.append([roomChange('磁盘满了也要存下'.repeat(20))])).ok).toBe(true);
    expect(disk.files().some(([name]) => name.endsWith('reserve.bin'))).toBe(false);
    expect(await again.append([roomChange('太多'.repeat(2000))])).toMatchObject({ ok: false, problem: { code: 'disk-full' } });
    expect((await again.append([roomChange('短')])).ok).toBe(true);
    expect(remarksOf(await everything(await open(disk.afterKill())))).toHaveLength(3);
  });

  test('does not lock anybody out: the journal still opens', async () => {
    const disk = new ForgetfulDisk();
    await makeChain(disk);
    await (await open(disk)).close();
    disk.capacity = disk.files().reduce((sum, [, bytes]) => sum + bytes.length, 0);
    const opened = await tryOpen(disk);
    expect(opened.ok).toBe(true);
  });
});

// A file system of its own, because only that gets full without harming anybody. It takes root and Linux.
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

test(`a real file system of 4 MB runs full${canMount ? '' : ' (NOT RUN: mounting takes root on Linux; run the tests as root to have it)'}`, async () => {
  if (!canMount) {
    process.stderr.write('\n*** The test on a really full file system did not run: it mounts a tmpfs, which takes root on Linux. ***\n');
    return;
  }
  const mount = mkdtempSync(path.join(os.tmpdir(), 'xuncha-full-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', mount]);
  try {
    const folder = path.join(mount, '中文 目录');
    mkdirSync(folder);
    await createJournal(nodeDisk, folder, chain, key, '0198a000-0000-7000-8000-00000000000a');
    const saved = await fillUp(folder, mount);
    expect(saved.length).toBeGreaterThan(10);
    const journal = await openReal(folder);
    expect(remarksOf(await everything(journal)).map((text) => text.slice(0, 8))).toEqual(saved);
    expect(journal.readOnly()).toBeNull();
    await journal.close();
  } finally {
    execFileSync('umount', [mount]);
    rmSync(mount, { recursive: true, force: true });
  }
}, 60_000);

async function fillUp(folder: string, mount: string): Promise<string[]> {
  const journal = await openReal(folder);
  const saved: string[] = [];
  writeFileSync(path.join(mount, 'photos'), Buffer.alloc(2_500_000));
  const refusals: string[] = [];
  for (let n = 0; refusals.length < 20 && n < 2000; n += 1) {
    const text = `第${String(n).padStart(6, '0')}条`;
    const outcome = await journal.append([roomChange(text + '满'.repeat(3000))]);
    if (outcome.ok) saved.push(text);
    else refusals.push(outcome.problem.code);
  }
  expect(refusals).toEqual(Array.from({ length: 20 }, () => 'disk-full'));
  await journal.close();
  return saved;
}

async function openReal(folder: string) {
  const clock = { bootId: 'boot-1', wall: () => summerDay.wall, mono: () => 1 };
  const lock = { self: { pid: 1, bootId: 'boot-1', startedAt: '1' }, isAlive: () => false };
  const opened = await openJournal({ disk: nodeDisk, folder, chain, key, clock, lock, sizes: { ...usualSizes, reserveBytes: 262_144, segmentBytes: 200_000 } });
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value;
}

test('sizes leave room for several segments in a workday', () => {
  expect(smallSizes.segmentBytes).toBeLessThan(9 * 900);
});
