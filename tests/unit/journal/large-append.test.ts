import { describe, expect, test } from 'vitest';
import { MAX_APPEND_CHANGES } from '#shared/journal/append-limits.ts';
import type { BatchBody } from '#shared/journal/bodies.ts';
import { frameTypes, readFrame } from '#shared/journal/frame.ts';
import type { Journal } from '../../../src-main/journal/journal.ts';
import type { JournalSizes } from '../../../src-main/journal/open-journal.ts';
import { everything, key, makeChain, open, remarksOf, roomChange, smallSizes } from './desk-of-one.ts';
import { ForgetfulDisk, seeded } from './forgetful-disk.ts';

// One segment and no checkpoint but the first, so that every frame of the file counts as its tail.
const oneSegment: JournalSizes = { ...smallSizes, segmentBytes: 4_000_000, growBytes: 0, checkpointEvery: 1000 };
const file = '/chain/journal/000001.seg';
const table = (rows: number) => Array.from({ length: rows }, (_, n) => roomChange(`表格第${n}行`));

async function opened(disk: ForgetfulDisk): Promise<Journal> {
  await makeChain(disk);
  const journal = await open(disk, oneSegment);
  await journal.append([roomChange('之前')]);
  return journal;
}

/** Where each frame of the file begins, and the end. */
function borders(bytes: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = 0; ; ) {
    found.push(at);
    const reading = readFrame(bytes, at);
    if (reading.kind !== 'frame') return found;
    at = reading.end;
  }
}

function withFile(disk: ForgetfulDisk, bytes: Uint8Array): ForgetfulDisk {
  return ForgetfulDisk.of(disk.files().map(([path, before]) => [path, path === file ? bytes : before]));
}

/** None of the table or all of it; what was there before in any case, and work goes on. */
async function expectNoneOrAll(disk: ForgetfulDisk, rows: number): Promise<'none' | 'all'> {
  const journal = await open(disk, oneSegment);
  const remarks = remarksOf(await everything(journal));
  expect([journal.readOnly(), remarks[0]]).toEqual([null, '之前']);
  expect([1, rows + 1]).toContain(remarks.length);
  expect((await journal.append([roomChange('之后')])).ok).toBe(true);
  expect(remarksOf(await everything(await open(disk.afterKill(), oneSegment)))).toEqual([...remarks, '之后']);
  return remarks.length === 1 ? 'none' : 'all';
}

test('a table of 1,200 rows is one append of three frames, each with its own signature', async () => {
  const disk = new ForgetfulDisk();
  const journal = await opened(disk);
  const receipt = await journal.append(table(1200));
  expect(receipt.ok && receipt.value.changes.map(({ seq }) => seq)).toEqual(Array.from({ length: 1200 }, (_, n) => n + 2));
  const bytes = disk.file(file);
  const bodies = borders(bytes).flatMap((at) => {
    const reading = readFrame(bytes, at);
    return reading.kind === 'frame' && reading.type === frameTypes.batch ? [JSON.parse(new TextDecoder().decode(reading.body)) as BatchBody] : [];
  });
  expect(bodies.map(({ part, count }) => [part, count])).toEqual([[undefined, 1], [{ no: 1, of: 3 }, 500], [{ no: 2, of: 3 }, 500], [{ no: 3, of: 3 }, 200]]);
  expect(new Set(bodies.slice(1).map(({ batchId }) => batchId)).size).toBe(1);
  const again = await open(disk.afterKill(), oneSegment);
  expect(remarksOf(await everything(again))).toHaveLength(1201);
});

test('it goes to the server in pieces that each prove themselves', async () => {
  const journal = await opened(new ForgetfulDisk());
  await journal.append(table(1200));
  const ids = (await everything(journal)).map(({ id }) => id);
  const pieces: number[][] = [];
  for (let from = 1; ; ) {
    const piece = await journal.outgoing(from, 1000, 8_000_000);
    if (!piece) break;
    pieces.push([piece.fromSeq, piece.throughSeq]);
    expect(key.verify(Buffer.from(ids[piece.throughSeq - 1] ?? '', 'hex'), piece.signature)).toBe(true);
    from = piece.throughSeq + 1;
  }
  expect(pieces).toEqual([[1, 501], [502, 1201]]);
});

test('more than one append may hold is refused before anything is written', async () => {
  const disk = new ForgetfulDisk();
  const journal = await opened(disk);
  const before = disk.file(file).length;
  const one = roomChange('行');
  const refused = await journal.append(Array.from({ length: MAX_APPEND_CHANGES + 1 }, () => one));
  expect(!refused.ok && refused.problem).toMatchObject({ code: 'too-large', detail: { limit: MAX_APPEND_CHANGES } });
  const huge = await journal.append(Array.from({ length: 1500 }, () => roomChange('长'.repeat(17_000))));
  expect(!huge.ok && huge.problem.code).toBe('too-large');
  const [, bad] = [roomChange('一'), { ...roomChange('二'), recordType: 'person' }];
  expect((await journal.append([...table(1200), bad])).ok, 'one row that may not be written').toBe(false);
  expect(disk.file(file).length).toBe(before);
}, 60_000);

describe('a table of 1,200 rows that is cut off while it is written', () => {
  test('by a kill, at every frame border and at places in between: none of it is there', async () => {
    const disk = new ForgetfulDisk();
    const journal = await opened(disk);
    await journal.append(table(1200));
    const bytes = disk.file(file);
    const [, second = 0, ...rest] = borders(bytes);
    const starts = rest;
    expect(second).toBeLessThan(starts[0] ?? 0);
    const cuts = [...starts.slice(0, -1).flatMap((at) => [at, at + 1, at + 9]), ...Array.from({ length: 25 }, (_, n) => Math.floor((starts[0] ?? 0) + ((n + 0.5) / 25) * (bytes.length - (starts[0] ?? 0)))), bytes.length - 1];
    for (const length of cuts) {
      const cut = withFile(disk, bytes.slice(0, length));
      expect([length, await expectNoneOrAll(cut, 1200)]).toEqual([length, 'none']);
      const aside = cut.files().filter(([path]) => path.startsWith('/chain/torn/'));
      expect(aside.map(([, kept]) => kept.length), 'what is cut is kept aside').toEqual(length === starts[0] ? [] : [length - (starts[0] ?? 0)]);
    }
    expect(await expectNoneOrAll(withFile(disk, bytes), 1200)).toBe('all');
  }, 120_000);

  test('by a power cut that keeps any sectors of it: none or all', async () => {
    const ends = { none: 0, all: 0 };
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = seeded(seed);
      const disk = new ForgetfulDisk();
      const journal = await opened(disk);
      disk.calls = 0;
      // The write, its zeros and its fdatasync are the next few calls.
      disk.cutAtCall = 1 + Math.floor(random() * 4);
      const acknowledged = await Promise.race([journal.append(table(1200)).then((receipt) => receipt.ok), disk.powerCut.then(() => false)]);
      const end = await expectNoneOrAll(disk.afterPowerCut(random), 1200);
      expect([acknowledged, end]).not.toEqual([true, 'none']);
      ends[end] += 1;
    }
    expect(ends.none).toBeGreaterThan(5);
    expect(ends.all).toBeGreaterThan(0);
  }, 120_000);

  test('by a full disk: it says so, none of it is there, and a single row still goes in', async () => {
    const disk = new ForgetfulDisk();
    const journal = await opened(disk);
    const used = disk.files().reduce((sum, [, bytes]) => sum + bytes.length, 0);
    disk.capacity = used + 250_000;
    const refused = await journal.append(table(1200));
    expect(!refused.ok && refused.problem.code).toBe('disk-full');
    expect(remarksOf(await everything(journal))).toEqual(['之前']);
    expect((await journal.append([roomChange('一行')])).ok).toBe(true);
    expect(remarksOf(await everything(await open(disk.afterKill(), oneSegment)))).toEqual(['之前', '一行']);
  });
});

test('a bit that flips in one part of an old table is damage: reading only, and all the other parts are still read', async () => {
  const disk = new ForgetfulDisk();
  const journal = await opened(disk);
  await journal.append(table(1200));
  await journal.append([roomChange('之后')]);
  const bytes = disk.file(file);
  const middle = borders(bytes)[3] ?? 0;
  bytes[middle + 5000] = (bytes[middle + 5000] ?? 0) ^ 1;
  const again = await open(withFile(disk, bytes), oneSegment);
  expect(again.readOnly()?.code).toBe('journal-damaged');
  const remarks = remarksOf(await everything(again));
  expect(remarks).toHaveLength(1 + 500 + 200 + 1);
  expect([remarks[0], remarks[500], remarks[501], remarks.at(-1)]).toEqual(['之前', '表格第499行', '表格第1000行', '之后']);
});

test('a table shares its write with what was saved in the same moment, and a cut takes only the table', async () => {
  const disk = new ForgetfulDisk();
  const journal = await opened(disk);
  await Promise.all([journal.append([roomChange('同时')]), journal.append(table(700))]);
  const bytes = disk.file(file);
  const cut = withFile(disk, bytes.slice(0, bytes.length - 10));
  expect(remarksOf(await everything(await open(cut, oneSegment)))).toEqual(['之前', '同时']);
});
