import { describe, expect, test } from 'vitest';
import { readFrame } from '#shared/journal/frame.ts';
import type { JournalSizes } from '../../../src-main/journal/open-journal.ts';
import { everything, makeChain, open, remarksOf, roomChange, smallSizes, tryOpen } from './desk-of-one.ts';
import { ForgetfulDisk, seeded } from './forgetful-disk.ts';

// One segment and no checkpoint but the first, so that every frame of the file counts as its tail.
const oneSegment: JournalSizes = { ...smallSizes, segmentBytes: 1_000_000, growBytes: 0, checkpointEvery: 1000 };
const file = '/chain/journal/000001.seg';
const texts = ['一', '二', '三', '四', '五', '六'];

/** Six saves and then a kill: the disk as the next start finds it, and where each frame begins. */
async function sixSaves(closed: boolean) {
  const disk = new ForgetfulDisk();
  await makeChain(disk);
  const journal = await open(disk, oneSegment);
  for (const text of texts) await journal.append([roomChange(text)]);
  if (closed) await journal.close();
  const bytes = disk.file(file);
  const starts: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const reading = readFrame(bytes, at);
    if (reading.kind !== 'frame') throw new Error('not whole');
    starts.push(at);
    at = reading.end;
  }
  return { disk, bytes, starts, fourth: starts[4] ?? 0 };
}

function withFile(disk: ForgetfulDisk, bytes: Uint8Array): ForgetfulDisk {
  return ForgetfulDisk.of(disk.files().map(([path, before]) => [path, path === file ? bytes : before]));
}

/** Zeros at the end of a piece are the ones written ahead, as far as anybody can tell. */
function withoutZeros(bytes: Uint8Array): Uint8Array {
  const last = bytes.findLastIndex((byte) => byte !== 0);
  return bytes.slice(0, last + 1);
}

function flipped(bytes: Uint8Array, at: number, bit: number): Uint8Array {
  const after = bytes.slice();
  after[at] = (after[at] ?? 0) ^ (1 << bit);
  return after;
}

describe('the file ends too early, at every byte of the last three frames', () => {
  test('after a kill exactly the whole frames are there, the rest is set aside, and work goes on in a new segment', async () => {
    const { disk, bytes, starts, fourth } = await sixSaves(false);
    for (let length = fourth; length < bytes.length; length += 1) {
      const cut = withFile(disk, bytes.slice(0, length));
      const journal = await open(cut, oneSegment);
      const whole = starts.filter((_, n) => n > 0 && (starts[n + 1] ?? bytes.length) <= length).length;
      expect(remarksOf(await everything(journal))).toEqual(texts.slice(0, whole));
      expect(journal.readOnly()).toBeNull();
      const goodBytes = starts[whole + 1] ?? bytes.length;
      const aside = cut.files().filter(([path]) => path.startsWith('/chain/torn/'));
      const torn = withoutZeros(bytes.slice(goodBytes, length));
      expect(aside.map(([, kept]) => kept)).toEqual(torn.length > 0 ? [torn] : []);
      // Every byte is read back; going on is the same after each, so a part of them will do.
      if (length % 16 !== 0) continue;
      expect((await journal.append([roomChange('之后')])).ok).toBe(true);
      expect(cut.files().some(([path]) => path.endsWith('000002.seg'))).toBe(true);
      expect(remarksOf(await everything(await open(cut.afterKill(), oneSegment)))).toEqual([...texts.slice(0, whole), '之后']);
    }
  }, 120_000);

  test('after a clean end missing bytes are damage: reading only, nothing cut', async () => {
    const { disk, bytes, fourth } = await sixSaves(true);
    for (let length = fourth; length < bytes.length; length += 3) {
      const cut = withFile(disk, bytes.slice(0, length));
      const journal = await open(cut, oneSegment);
      expect(journal.readOnly()?.code).toBe('journal-damaged');
      expect((await journal.append([roomChange('之后')])).ok).toBe(false);
      expect(Buffer.from(cut.file(file)).equals(bytes.slice(0, length))).toBe(true);
    }
  }, 120_000);
});

describe('zeros lie ahead of the frames, as in every running journal', () => {
  test('after a kill exactly the whole frames are there, and no zero is set aside', async () => {
    const { disk, bytes, starts, fourth } = await sixSaves(false);
    for (let length = fourth; length < bytes.length; length += 3) {
      const written = new Uint8Array(length + 700);
      written.set(bytes.subarray(0, length));
      const cut = withFile(disk, written);
      const journal = await open(cut, oneSegment);
      const whole = starts.filter((_, n) => n > 0 && (starts[n + 1] ?? bytes.length) <= length).length;
      expect(remarksOf(await everything(journal))).toEqual(texts.slice(0, whole));
      expect(journal.readOnly()).toBeNull();
      const goodBytes = starts[whole + 1] ?? bytes.length;
      const torn = withoutZeros(bytes.slice(goodBytes, length));
      expect(cut.files().filter(([path]) => path.startsWith('/chain/torn/')).map(([, kept]) => kept)).toEqual(torn.length > 0 ? [torn] : []);
    }
  }, 120_000);

  test('a clean end takes them back', async () => {
    const disk = new ForgetfulDisk();
    await makeChain(disk);
    const journal = await open(disk, { ...oneSegment, growBytes: 5000 });
    await journal.append([roomChange('一')]);
    expect(disk.file(file).length).toBeGreaterThan(5000);
    await journal.close();
    expect(disk.file(file).length).toBeLessThan(2000);
    expect((await open(disk, oneSegment)).readOnly()).toBeNull();
  });
});

describe('a bit flips', () => {
  test('in the last frame after a kill: that frame counts as torn and is set aside, never read', async () => {
    const { disk, bytes, starts } = await sixSaves(false);
    const last = starts.at(-1) ?? 0;
    for (let at = last; at < bytes.length; at += 1) {
      const journal = await open(withFile(disk, flipped(bytes, at, at % 8)), oneSegment);
      expect(remarksOf(await everything(journal))).toEqual(texts.slice(0, 5));
    }
  }, 120_000);

  test('in a frame with later writes behind it: reading only, and all the others are still read', async () => {
    const { disk, bytes, starts, fourth } = await sixSaves(false);
    const last = starts.at(-1) ?? 0;
    for (let at = fourth; at < last; at += 1) {
      const damaged = withFile(disk, flipped(bytes, at, at % 8));
      const journal = await open(damaged, oneSegment);
      expect(journal.readOnly()?.code).toBe('journal-damaged');
      const lost = at < (starts[5] ?? 0) ? 3 : 4;
      expect(remarksOf(await everything(journal))).toEqual(texts.filter((_, n) => n !== lost));
      expect(Buffer.from(damaged.file(file)).equals(flipped(bytes, at, at % 8))).toBe(true);
    }
  }, 120_000);

  test('every bit of 200 bytes anywhere, after a clean end: reading only, never a shorter journal that looks whole', async () => {
    const { disk, bytes } = await sixSaves(true);
    const random = seeded(26);
    for (let n = 0; n < 200; n += 1) {
      const at = Math.floor(random() * bytes.length);
      for (let bit = 0; bit < 8; bit += 1) {
        const journal = await open(withFile(disk, flipped(bytes, at, bit)), oneSegment);
        await everything(journal);
        expect(journal.readOnly()?.code).toBe('journal-damaged');
      }
    }
  }, 120_000);
});

describe('files of the journal', () => {
  test('a missing segment is damage; what lies around it is still read', async () => {
    const disk = new ForgetfulDisk();
    await makeChain(disk);
    const journal = await open(disk);
    for (let n = 0; n < 40; n += 1) await journal.append([roomChange(`第${n}条`)]);
    await journal.close();
    const without = ForgetfulDisk.of(disk.files().filter(([path]) => !path.endsWith('000002.seg')));
    const damaged = await open(without);
    const left = remarksOf(await everything(damaged));
    expect(damaged.readOnly()?.code).toBe('journal-damaged');
    expect(left.length).toBeGreaterThan(20);
    expect(left.length).toBeLessThan(40);
    expect(left.at(-1)).toBe('第39条');
  });

  test('an empty journal in the place of a lost one is damage, never a fresh start with the same numbers', async () => {
    const { disk } = await sixSaves(true);
    const journal = await open(ForgetfulDisk.of(disk.files().filter(([path]) => !path.startsWith('/chain/journal/'))), oneSegment);
    expect(journal.readOnly()?.code).toBe('journal-damaged');
    const nothing = await tryOpen(new ForgetfulDisk(), oneSegment);
    expect(nothing).toMatchObject({ ok: false, problem: { code: 'profile-damaged' } });
  });

  test('an older copy of the journal beside a newer checkpoint is damage', async () => {
    const { disk } = await sixSaves(true);
    const journal = await open(disk, oneSegment);
    const older = disk.file(file);
    await journal.append([roomChange('七')]);
    await journal.close();
    expect((await open(withFile(disk, older), oneSegment)).readOnly()?.code).toBe('journal-damaged');
  });

  test('a checkpoint that somebody else wrote is not believed: the whole journal is read', async () => {
    const { disk } = await sixSaves(true);
    const files = disk.files().map(([path, bytes]) => {
      if (!path.endsWith('checkpoint.json')) return [path, bytes] as const;
      const text = new TextDecoder().decode(bytes).replace('"seq":6', '"seq":5');
      return [path, new TextEncoder().encode(text)] as const;
    });
    const journal = await open(ForgetfulDisk.of(files), oneSegment);
    expect(journal.readOnly()).toBeNull();
    expect(remarksOf(await everything(journal))).toEqual(texts);
  });
});
