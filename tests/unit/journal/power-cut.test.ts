import { describe, expect, test } from 'vitest';
import type { Disk, DiskFile } from '../../../src-main/journal/disk.ts';
import type { Journal } from '../../../src-main/journal/journal.ts';
import { everything, makeChain, newDocument, open, pulled, roomChange, smallSizes, tryOpen } from './desk-of-one.ts';
import { ForgetfulDisk, seeded, type Random } from './forgetful-disk.ts';

/** How many simulated lives of a laptop each test plays; XUNCHA_POWER_CUTS for a long run. */
const lives = Number(process.env['XUNCHA_POWER_CUTS'] ?? 250);

/** A way to build the journal's disk: the real one, or one with a fault put in to see that the test notices. */
type Build = (disk: ForgetfulDisk) => Disk;
type EndOfLife = 'power cut' | 'kill';

describe('power cuts', () => {
  test('what was acknowledged survives every one of them, in order and unaltered', async () => {
    const { losses, cuts, acknowledged } = await playLives(lives, (disk) => disk, 'power cut');
    expect(losses).toEqual([]);
    expect(cuts).toBe(lives * 3);
    expect(acknowledged).toBeGreaterThan(lives);
  }, 240_000);

  test('the test notices a journal built without fdatasync', async () => {
    const { losses } = await playLives(40, withoutSync, 'power cut');
    expect(losses.length).toBeGreaterThan(0);
  }, 60_000);

  test('the test notices a writer that acknowledges before it appends', async () => {
    const { losses } = await playLives(40, acknowledgesFirst, 'power cut');
    expect(losses.length).toBeGreaterThan(0);
  }, 60_000);
});

describe('the power goes right after the sixth 已保存, and only the first bytes of what was not synced reach the disk', () => {
  test('at every byte of the last three frames: all six are there', async () => {
    const { disk, ends, ids } = await sixSaves((each) => each);
    for (let bytes = ends.third; bytes < ends.sixth; bytes += 1) expect(await kept(disk.afterPowerCutAt(bytes), ids)).toBe(6);
  }, 120_000);

  test('a build without fdatasync loses something at every byte of the last three frames', async () => {
    const { disk, ends, ids } = await sixSaves(withoutSync);
    for (let bytes = ends.third; bytes < ends.sixth; bytes += 1) expect(await kept(disk.afterPowerCutAt(bytes), ids)).toBeLessThan(6);
  }, 120_000);

  test('a writer that acknowledges before it appends loses something at every byte of the last three frames', async () => {
    const { disk, ends, ids } = await sixSaves(acknowledgesFirst);
    for (let bytes = ends.third; bytes < ends.sixth; bytes += 1) expect(await kept(disk.afterPowerCutAt(bytes), ids)).toBeLessThan(6);
  }, 120_000);

  async function sixSaves(build: Build) {
    const disk = new ForgetfulDisk();
    await makeChain(disk);
    const sizes = { ...smallSizes, segmentBytes: 1_000_000, growBytes: 0, checkpointEvery: 1000 };
    const journal = await open(build(disk), sizes);
    const ids: string[] = [];
    const lengths: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      const receipt = await journal.append([roomChange(`第${n}条`)]);
      ids.push(...(receipt.ok ? receipt.value.changes.map((change) => change.id) : []));
      lengths.push(disk.file(segment).length);
    }
    // Where the frames end in a file that was written to its end, whatever a late writer has done by now.
    const frame = (lengths[5] ?? 0) - (lengths[4] ?? 0) || 680;
    const sixth = build === acknowledgesFirst ? disk.file(segment).length + 6 * frame : (lengths[5] ?? 0);
    return { disk, ids, ends: { third: sixth - 3 * frame, sixth } };
  }

  async function kept(disk: ForgetfulDisk, ids: readonly string[]): Promise<number> {
    const found = new Set((await everything(await open(disk))).map((change) => change.id));
    return ids.filter((id) => found.has(id)).length;
  }
});

const segment = '/chain/journal/000001.seg';

describe('kill -9', () => {
  test('what was acknowledged survives every one of them, in order and unaltered', async () => {
    const { losses } = await playLives(Math.ceil(lives / 4), (disk) => disk, 'kill');
    expect(losses).toEqual([]);
  }, 120_000);

  test('the test notices a writer that acknowledges before it appends', async () => {
    const { losses } = await playLives(40, acknowledgesFirst, 'kill');
    expect(losses.length).toBeGreaterThan(0);
  }, 60_000);
});

/** Plays lives of three ends each; every end comes at a random call to the disk. */
async function playLives(count: number, build: Build, end: EndOfLife) {
  const losses: string[] = [];
  let cuts = 0;
  let acknowledged = 0;
  for (let seed = 1; seed <= count; seed += 1) {
    const random = seeded(seed);
    let disk = new ForgetfulDisk();
    await makeChain(disk);
    const saved: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      disk.calls = 0;
      disk.cutAtCall = 1 + Math.floor(random() * 160);
      // Without a fault nothing ever fails; with one, a journal that refuses its own work has noticed it too.
      const flaw = await Promise.race([work(build(disk), saved, random).catch(String), disk.powerCut]);
      if (flaw) losses.push(`seed ${seed}, round ${round}: ${flaw}`);
      if (flaw) break;
      cuts += 1;
      disk = end === 'kill' ? disk.afterKill() : disk.afterPowerCut(random);
      const loss = await lossAfter(disk, saved);
      if (loss) losses.push(`seed ${seed}, round ${round}: ${loss}`);
      if (loss) break;
    }
    acknowledged += saved.length;
  }
  return { losses, cuts, acknowledged };
}

/** Works until the power goes. `saved` holds the ids of what was acknowledged, in order. */
async function work(disk: Disk, saved: string[], random: Random): Promise<void> {
  for (;;) {
    const journal = await open(disk);
    for (let n = 0; n < 12; n += 1) await oneAct(journal, saved, random);
    await journal.close();
  }
}

async function oneAct(journal: Journal, saved: string[], random: Random): Promise<void> {
  const dice = random();
  if (dice < 0.5) await save(journal, saved, random);
  else if (dice < 0.7) await Promise.all([save(journal, saved, random), save(journal, saved, random), save(journal, saved, random)]);
  else if (dice < 0.85) await journal.recordReceipt({ ...journal.head(), receivedAt: '2026-08-12T07:00:00.000Z' }, []);
  else await journal.appendPage([pulled(journal.cursor() + 1)], journal.cursor() + 1);
}

async function save(journal: Journal, saved: string[], random: Random): Promise<void> {
  const changes = Array.from({ length: 1 + Math.floor(random() * 3) }, () => (random() < 0.1 ? newDocument() : roomChange('备'.repeat(Math.floor(random() * 700)))));
  const receipt = await journal.append(changes);
  if (!receipt.ok) throw new Error(`not saved: ${JSON.stringify(receipt.problem)}`);
  saved.push(...receipt.value.changes.map((change) => change.id));
}

async function lossAfter(disk: ForgetfulDisk, saved: readonly string[]): Promise<string | null> {
  const copy = disk.afterKill();
  const opened = await tryOpen(copy);
  if (!opened.ok) return `does not open: ${JSON.stringify(opened.problem)}`;
  const journal = opened.value;
  const changes = await everything(journal);
  if (journal.readOnly()) return `damaged: ${JSON.stringify(journal.readOnly())}`;
  const ids = new Set(changes.map((change) => change.id));
  const lost = saved.filter((id) => !ids.has(id));
  if (lost.length > 0) return `${lost.length} of ${saved.length} lost`;
  if (changes.some((change, at) => change.seq !== at + 1)) return 'a gap in the numbers';
  const numbers = changes.flatMap((change) => change.body.patch['fieldNumber']?.to ?? []);
  if (new Set(numbers).size !== numbers.length) return 'a field number twice';
  // And it can be worked on.
  return (await journal.append([roomChange('之后')])).ok ? null : 'can not be written';
}

function withoutSync(disk: ForgetfulDisk): Disk {
  return changed(disk, (file) => ({ ...file, fdatasync: async () => undefined }));
}

/** Says "written" at once and writes a little later. */
function acknowledgesFirst(disk: ForgetfulDisk): Disk {
  let later: Promise<unknown> = Promise.resolve();
  return changed(disk, (file) => ({
    ...file,
    writeAt: async (bytes, offset) => {
      later = later.then(() => new Promise((resolve) => setImmediate(resolve))).then(() => file.writeAt(bytes, offset));
    },
    fdatasync: async () => undefined,
  }));
}

function changed(disk: ForgetfulDisk, change: (file: DiskFile) => DiskFile): Disk {
  const same: Disk = {
    open: (path, how) => disk.open(path, how), read: (path, offset, length) => disk.read(path, offset, length), size: (path) => disk.size(path),
    list: (folder) => disk.list(folder), makeFolder: () => disk.makeFolder(), rename: (from, to) => disk.rename(from, to),
    remove: (path) => disk.remove(path), fsyncFolder: (folder) => disk.fsyncFolder(folder), free: () => disk.free(),
  };
  // Only the journal's own appends are touched, so that the fault is one fault.
  return { ...same, open: async (path, how) => (how === 'existing' ? change(await disk.open(path, how)) : disk.open(path, how)) };
}

test('sizes are small enough that lives cross segments and checkpoints', () => {
  expect(smallSizes.segmentBytes).toBeLessThan(10_000);
});
