import { describe, expect, test } from 'vitest';
import type { Journal } from '../../../src-main/journal/journal.ts';
import { folder, makeChain, open, pulled, roomChange } from './desk-of-one.ts';
import { ForgetfulDisk } from './forgetful-disk.ts';

/** A journal with a few own changes and twelve kept pages. */
async function withPages(): Promise<{ readonly disk: ForgetfulDisk; readonly journal: Journal }> {
  const disk = new ForgetfulDisk();
  await makeChain(disk);
  const journal = await open(disk);
  await journal.append([roomChange('自己的')]);
  for (let n = 1; n <= 12; n += 1) await journal.appendPage([pulled(n)], n);
  return { disk, journal };
}

const cursors = async (journal: Journal): Promise<readonly number[]> => (await journal.pages(0, 1000)).items.map((item) => item.cursor);
const oldOnes = Array.from({ length: 12 }, (_, n) => n + 1);
const newOnes = [100, 110, 120, 130];

async function pullAll(journal: Journal): Promise<void> {
  for (const n of newOnes.filter((each) => each > journal.pulledTo().cursor)) expect((await journal.appendPage([pulled(n)], n)).ok).toBe(true);
  expect(await journal.pulledAll()).toEqual({ ok: true, value: undefined });
}

describe('pages that are pulled anew', () => {
  test('are read once they are all there, and the kept ones until then, also after a restart in between', async () => {
    const { disk, journal } = await withPages();
    const before = journal.generationId;
    expect(journal.pulledTo()).toEqual({ cursor: 12, cursorId: pulled(12).id });
    await journal.pullAnew();
    await journal.appendPage([pulled(100)], 100);
    await journal.appendPage([pulled(110)], 110);
    expect(await cursors(journal)).toEqual(oldOnes);
    expect([journal.cursor(), journal.generationId]).toEqual([12, before]);
    await journal.close();

    for (const again of [await open(disk.afterKill()), await open(disk)]) {
      expect(again.isPullingAnew()).toBe(true);
      expect(again.pulledTo()).toEqual({ cursor: 110, cursorId: pulled(110).id });
      expect(await cursors(again)).toEqual(oldOnes);
      expect((await again.pulled(0, 10)).items.map((item) => item.cursor)).toEqual([100, 110]);
      await pullAll(again);
      expect(await cursors(again)).toEqual(newOnes);
      expect(again.cursor()).toBe(130);
      expect(again.generationId).not.toBe(before);
      expect((await again.own(1, 10)).map(({ seq }) => seq)).toEqual([1]);
      await again.close();
    }
    const later = await open(disk);
    expect([later.isPullingAnew(), later.cursor(), later.generationId === before]).toEqual([false, 130, false]);
    expect(await cursors(later)).toEqual(newOnes);
  });

  test('leave the earlier files where they are: nothing that was pulled is deleted', async () => {
    const { disk, journal } = await withPages();
    const kept = disk.files().filter(([path]) => path.startsWith(`${folder}/pages/`));
    await journal.pullAnew();
    await pullAll(journal);
    await journal.close();
    const after = new Map(disk.files());
    for (const [path, bytes] of kept) expect(after.get(path)).toEqual(bytes);
  });

  test('begin from nothing again when the feed changes a second time', async () => {
    const { journal } = await withPages();
    await journal.pullAnew();
    await journal.appendPage([pulled(100)], 100);
    await journal.pullAnew();
    expect(journal.pulledTo()).toEqual({ cursor: 0, cursorId: null });
    expect(await cursors(journal)).toEqual(oldOnes);
    await pullAll(journal);
    expect(await cursors(journal)).toEqual(newOnes);
  });

  test('survive a power cut at any call: the old ones or the new ones are read, never a part of the new ones', async () => {
    for (let cutAtCall = 1; ; cutAtCall += 1) {
      const { disk, journal } = await withPages();
      disk.cutAtCall = disk.calls + cutAtCall;
      const done = (async () => {
        await journal.pullAnew();
        await pullAll(journal);
        return 'all';
      })().catch(() => 'cut');
      const end = await Promise.race([done, disk.powerCut.then(() => 'cut')]);
      const found = await open(disk.afterPowerCut(() => 0.5));
      const read = await cursors(found);
      // Kept pages are not synced one by one: a cut may take their end, which is pulled again.
      const isOld = read.every((cursor, at) => cursor === oldOnes[at]);
      expect(isOld || JSON.stringify(read) === JSON.stringify(newOnes), `after ${cutAtCall} calls: ${read.join()}`).toBe(true);
      expect(found.readOnly()).toBeNull();
      if (end === 'all') break;
    }
  });
});
