import { describe, expect, test } from 'vitest';
import { changeId, coreOf } from '#shared/journal/change-id.ts';
import { GENESIS } from '#shared/journal/change.ts';
import { problem } from '#shared/kit/problem.ts';
import { hashText } from '../../../src-main/journal/bytes.ts';
import { MAX_FIELD_BYTES } from '../../../src-main/journal/check-changes.ts';
import { chain, colleague, everything, folder, key, makeChain, newDocument, open, pulled, remarksOf, roomChange, smallSizes, summerDay } from './desk-of-one.ts';
import { ForgetfulDisk } from './forgetful-disk.ts';

async function freshJournal() {
  const disk = new ForgetfulDisk();
  await makeChain(disk);
  return { disk, journal: await open(disk) };
}

describe('writing', () => {
  test('what was saved is there after closing and opening again, in order and unaltered', async () => {
    const { disk, journal } = await freshJournal();
    for (let n = 1; n <= 20; n += 1) expect((await journal.append([roomChange(`备注${n}`), roomChange(`又${n}`)])).ok).toBe(true);
    const before = await everything(journal);
    await journal.close();
    const again = await open(disk);
    expect(await everything(again)).toEqual(before);
    expect(remarksOf(before).slice(0, 4)).toEqual(['备注1', '又1', '备注2', '又2']);
    expect(again.head()).toEqual({ seq: 40, id: before[39]?.id });
    expect(again.readOnly()).toBeNull();
  });

  test('every change has the id that anybody can recompute from its content and its place', async () => {
    const { journal } = await freshJournal();
    await journal.append([roomChange('甲'), roomChange('乙')]);
    await journal.append([roomChange('丙')]);
    const changes = await everything(journal);
    let prev = GENESIS;
    for (const change of changes) {
      expect(change.prev).toBe(prev);
      expect(change.id).toBe(changeId(coreOf(change.body, { ...chain, seq: change.seq, prev }, hashText), hashText));
      prev = change.id;
    }
    const second = changes[1];
    expect(changes[0]?.batchEnd).toEqual(second?.batchEnd);
    expect(key.verify(Buffer.from(second?.id ?? '', 'hex'), second?.batchEnd.signature ?? '')).toBe(true);
  });

  test('the receipt shows the changes as they were committed', async () => {
    const { journal } = await freshJournal();
    const receipt = await journal.append([roomChange('甲'), roomChange('乙')]);
    if (!receipt.ok) throw new Error('not saved');
    const changes = await everything(journal);
    expect(receipt.value.changes.map((change) => change.id)).toEqual(changes.map((change) => change.id));
    expect(receipt.value.changes[1]).toMatchObject({ seq: 2, chainId: chain.chainId, receivedAt: null, wall: summerDay.wall });
  });

  test('saves of the same moment are all kept, in the order in which they were asked for', async () => {
    const { disk, journal } = await freshJournal();
    const outcomes = await Promise.all(Array.from({ length: 30 }, (_, n) => journal.append([roomChange(`同时${n}`)])));
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    await journal.close();
    expect(remarksOf(await everything(await open(disk)))).toEqual(Array.from({ length: 30 }, (_, n) => `同时${n}`));
  });

  test('listeners hear of every save, and no more once they have gone', async () => {
    const { journal } = await freshJournal();
    let heard = 0;
    const leave = journal.onAppended(() => (heard += 1));
    await journal.append([roomChange('一')]);
    leave();
    await journal.append([roomChange('二')]);
    expect(heard).toBe(1);
  });

  test('a second program is refused while the first has the journal open', async () => {
    const { disk } = await freshJournal();
    const { openJournal } = await import('../../../src-main/journal/open-journal.ts');
    const clock = { bootId: 'boot-1', wall: () => summerDay.wall, mono: () => 1 };
    const lock = { self: { pid: 2, bootId: 'boot-1', startedAt: '2' }, isAlive: () => true };
    const second = await openJournal({ disk, folder, chain, key, clock, lock, sizes: smallSizes });
    expect(second).toEqual({ ok: false, problem: problem('already-open', { pid: 1 }) });
  });
});

describe('what is refused, with the field named and nothing written', () => {
  test.each([
    ['10 MB in a text field', roomChange('长'.repeat(3_500_000)), 'field-too-long', 'remarks'],
    ['one byte too much', roomChange('x'.repeat(MAX_FIELD_BYTES - 1)), 'field-too-long', 'remarks'],
    ['half of a character', roomChange('\ud83d'), 'invalid-input', 'remarks'],
    ['a NUL character', roomChange('a\u0000b'), 'invalid-input', 'remarks'],
    ['a fraction in binary floating point', { ...roomChange(''), patch: { remarks: { was: null, to: 26.5 } } }, 'invalid-input', 'remarks'],
    ['a field that the record does not have', { ...roomChange(''), patch: { verdict: { was: null, to: 'ok' } } }, 'invalid-input', 'verdict'],
    ['a record type that does not exist', { ...roomChange('x'), recordType: 'constructor' }, 'invalid-input', 'recordType'],
  ])('%s', async (_what, change, code, field) => {
    const { disk, journal } = await freshJournal();
    const before = disk.files();
    const outcome = await journal.append([roomChange('好'), change]);
    expect(outcome).toMatchObject({ ok: false, problem: { code, detail: { field } } });
    expect(disk.files()).toEqual(before);
    expect(journal.head().seq).toBe(0);
  });

  test('a key that would change the object it is copied into', async () => {
    const { journal } = await freshJournal();
    const to = JSON.parse('{"__proto__": {"admin": 1}}') as never;
    expect(await journal.append([{ ...roomChange(''), patch: { remarks: { was: null, to } } }])).toMatchObject({ ok: false, problem: { code: 'invalid-input' } });
  });

  test('values nested without end', async () => {
    const { journal } = await freshJournal();
    let to: never = [] as never;
    for (let depth = 0; depth < 100; depth += 1) to = [to] as never;
    expect(await journal.append([{ ...roomChange(''), patch: { remarks: { was: null, to } } }])).toMatchObject({ ok: false, problem: { code: 'invalid-input' } });
  });

  test('accounts and opinions, which only the server writes', async () => {
    const { journal } = await freshJournal();
    const outcome = await journal.append([{ ...roomChange(''), recordType: 'person', patch: { name: { was: null, to: '张' } } }]);
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'not-allowed' } });
  });

  test('a batch that fits no frame, while each field is short enough', async () => {
    const { journal } = await freshJournal();
    const large = Array.from({ length: 21 }, () => roomChange('y'.repeat(1_000_000)));
    expect(await journal.append(large)).toMatchObject({ ok: false, problem: { code: 'too-large' } });
    expect((await journal.append(large.slice(0, 19))).ok).toBe(true);
  });
});

describe('现场编号', () => {
  test('counts the documents of this laptop and officer in one day, in the frame that makes them', async () => {
    const { disk, journal } = await freshJournal();
    const time = { ...summerDay };
    const receipt = await journal.append([newDocument(), roomChange('x'), newDocument()]);
    if (!receipt.ok) throw new Error('not saved');
    expect(receipt.value.changes.map((change) => change.patch['fieldNumber']?.to)).toEqual(['A7-20260812-1', undefined, 'A7-20260812-2']);
    await journal.close();
    const again = await open(disk, smallSizes, time);
    expect(await numberOf(again)).toBe('A7-20260812-3');
    // 2026-08-13 00:30 in Shanghai.
    time.wall = '2026-08-12T16:30:00.000Z';
    expect(await numberOf(again)).toBe('A7-20260813-1');
    await again.close();
    // A clock set back goes on behind the last number of that day.
    expect(await numberOf(await open(disk.afterKill()))).toBe('A7-20260812-4');
  });

  test('a number that came along is kept, and not given a second time', async () => {
    const { journal } = await freshJournal();
    await journal.append([newDocument({ fieldNumber: { was: null, to: 'A7-20260812-7' } })]);
    expect(await numberOf(journal)).toBe('A7-20260812-8');
  });

  async function numberOf(journal: Awaited<ReturnType<typeof open>>) {
    const receipt = await journal.append([newDocument()]);
    return receipt.ok ? receipt.value.changes[0]?.patch['fieldNumber']?.to : receipt.problem.code;
  }
});

describe('receipts', () => {
  test('tell what the server holds, also after opening again', async () => {
    const { disk, journal } = await freshJournal();
    for (const text of ['一', '二', '三']) await journal.append([roomChange(text)]);
    const [, second] = await everything(journal);
    const receivedAt = '2026-08-12T07:00:00.000Z';
    const refusal = { seq: 1, id: second?.prev ?? '', problem: problem('not-allowed') };
    expect(await journal.recordReceipt({ seq: 2, id: second?.id ?? '', receivedAt }, [refusal])).toEqual({ ok: true, value: undefined });
    await journal.append([roomChange('四')]);
    await journal.close();
    for (const again of [await open(disk), await open(disk.afterKill())]) {
      expect(again.receiptedThrough()).toBe(2);
      expect(again.refusals()).toEqual([refusal]);
      expect((await everything(again)).map((change) => change.receivedAt)).toEqual([receivedAt, receivedAt, null, null]);
    }
  });

  test('take back a refusal that the server has taken back, also after opening again, and of what it lost they say nothing', async () => {
    const { disk, journal } = await freshJournal();
    for (const text of ['一', '二', '三']) await journal.append([roomChange(text)]);
    const changes = await everything(journal);
    const refused = changes.map(({ seq, id }) => ({ seq, id, problem: problem('newer-version') }));
    const receipt = (seq: number) => ({ seq, id: changes[seq - 1]?.id ?? '', receivedAt: '2026-08-12T07:00:00.000Z' });
    await journal.recordReceipt(receipt(3), refused);
    await journal.close();
    const locked = { seq: 2, id: changes[1]?.id ?? '', problem: problem('locked') };
    const later = await open(disk);
    // A server that was put back to an older backup holds two of the three.
    await later.recordReceipt(receipt(2), [locked]);
    expect(later.refusals()).toEqual([locked, refused[2]]);
    await later.recordReceipt(receipt(2), null);
    for (const again of [await open(disk.afterKill()), later]) expect(again.refusals()).toEqual([locked, refused[2]]);
    await later.recordReceipt(receipt(3), [refused[0], locked, refused[2]].flatMap((each) => each ?? []));
    await later.close();
    expect((await open(disk)).refusals()).toEqual([refused[0], locked, refused[2]]);
  });

  test('that say nothing new do not make the journal grow', async () => {
    const { disk, journal } = await freshJournal();
    await journal.append([roomChange('一')]);
    const { seq, id } = journal.head();
    await journal.recordReceipt({ seq, id, receivedAt: '2026-08-12T07:00:00.000Z' }, []);
    const before = disk.files();
    await journal.recordReceipt({ seq, id, receivedAt: '2026-08-12T08:00:00.000Z' }, []);
    await journal.recordReceipt(null, []);
    expect(disk.files()).toEqual(before);
  });

  test('for another change of ours stop writing: somebody else has used this chain', async () => {
    const { journal } = await freshJournal();
    await journal.append([roomChange('一')]);
    const outcome = await journal.recordReceipt({ seq: 1, id: 'f'.repeat(64), receivedAt: '2026-08-12T07:00:00.000Z' }, []);
    expect(outcome).toEqual({ ok: false, problem: problem('fork', { seq: 1 }) });
    expect(await journal.append([roomChange('二')])).toMatchObject({ ok: false, problem: { code: 'fork' } });
  });

  test('beyond our last change stop writing: an older copy of the profile was put back', async () => {
    const { journal } = await freshJournal();
    await journal.append([roomChange('一')]);
    const outcome = await journal.recordReceipt({ seq: 9, id: 'f'.repeat(64), receivedAt: '2026-08-12T07:00:00.000Z' }, []);
    expect(outcome).toEqual({ ok: false, problem: problem('chain-mismatch', { seq: 9, head: 1 }) });
    expect(journal.readOnly()?.code).toBe('chain-mismatch');
  });
});

describe('what goes to the server', () => {
  test('is whole appends, each piece signed at its end', async () => {
    const { journal } = await freshJournal();
    await journal.append([roomChange('1'), roomChange('2'), roomChange('3')]);
    await journal.append([roomChange('4'), roomChange('5')]);
    await journal.append([roomChange('6')]);
    const first = await journal.outgoing(1, 4, 1_000_000);
    expect(first).toMatchObject({ fromSeq: 1, throughSeq: 3 });
    const second = await journal.outgoing(4, 4, 1_000_000);
    expect(second).toMatchObject({ fromSeq: 4, throughSeq: 6 });
    expect(await journal.outgoing(7, 4, 1_000_000)).toBeNull();
    expect(await journal.outgoing(4, 100, 10)).toMatchObject({ throughSeq: 5 });
    expect(key.verify(Buffer.from(journal.head().id, 'hex'), second?.signature ?? '')).toBe(true);
    expect(second?.changes[0]).not.toHaveProperty('seq');
  });
});

describe('pages of the office', () => {
  test('come back in order without our own changes, across files and restarts', async () => {
    const { disk, journal } = await freshJournal();
    for (let page = 0; page < 12; page += 1) {
      const items = [1, 2, 3].map((n) => pulled(page * 4 + n));
      expect(await journal.appendPage(items, page * 4 + 4)).toEqual({ ok: true, value: undefined });
    }
    await journal.close();
    const again = await open(disk);
    expect(again.cursor()).toBe(48);
    const first = await again.pages(0, 20);
    expect(first.items).toHaveLength(20);
    expect(first.more).toBe(true);
    const rest = await again.pages(first.cursor, 1000);
    expect([...first.items, ...rest.items].map((item) => item.cursor)).toEqual(Array.from({ length: 48 }, (_, n) => n + 1).filter((n) => n % 4 !== 0));
    expect(rest).toMatchObject({ cursor: 48, more: false });
    expect((await again.pages(47, 10)).items).toEqual([]);
  });

  test('leave our own changes out and compare them with what we wrote', async () => {
    const { journal } = await freshJournal();
    await journal.append([roomChange('一')]);
    const own = { ...pulled(2), deviceId: chain.deviceId, officerId: chain.officerId, seq: 1, id: journal.head().id };
    expect((await journal.appendPage([pulled(1), own], 2)).ok).toBe(true);
    expect((await journal.pages(0, 10)).items.map((item) => item.cursor)).toEqual([1]);
    expect(await journal.appendPage([{ ...own, cursor: 3, id: 'e'.repeat(64) }], 3)).toEqual({ ok: false, problem: problem('fork', { seq: 1 }) });
    expect(journal.cursor()).toBe(3);
  });

  test('are refused when the feed goes backwards', async () => {
    const { journal } = await freshJournal();
    await journal.appendPage([pulled(5)], 5);
    expect(await journal.appendPage([pulled(4)], 6)).toMatchObject({ ok: false, problem: { code: 'cursor-invalid' } });
    expect(await journal.appendPage([], 3)).toMatchObject({ ok: false, problem: { code: 'cursor-invalid' } });
    expect(journal.cursor()).toBe(5);
  });

  test('a damaged page file costs its own pages only: they are pulled again', async () => {
    const { disk, journal } = await freshJournal();
    for (let n = 1; n <= 40; n += 1) await journal.appendPage([pulled(n)], n);
    await journal.close();
    const files = disk.files().map(([path, bytes]) => {
      if (path.endsWith('pages/000001.pg')) bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
      return [path, bytes] as const;
    });
    const again = await open(ForgetfulDisk.of(files));
    const { items, cursor } = await again.pages(0, 100);
    expect(again.cursor()).toBe(cursor);
    expect(cursor).toBeLessThan(40);
    for (let n = cursor + 1; n <= 40; n += 1) expect((await again.appendPage([pulled(n)], n)).ok).toBe(true);
    expect((await again.pages(0, 100)).items.map((item) => item.cursor)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    expect(items.length).toBe(cursor);
    expect(again.readOnly()).toBeNull();
  });

  test('together with our own they give the history of a record', async () => {
    const { disk, journal } = await freshJournal();
    const room = '0198a000-0000-7000-8000-0000000000aa';
    for (let n = 1; n <= 30; n += 1) {
      await journal.append([roomChange(`别的${n}`)]);
      await journal.appendPage([pulled(n, n % 10 === 0 ? room : undefined)], n);
      if (n % 7 === 0) await journal.append([roomChange(`这间${n}`, room)]);
    }
    await journal.close();
    const again = await open(disk);
    const history = await again.changesOf(new Set([room]));
    expect(history.map((change) => change.patch['remarks']?.to)).toEqual(['这间7', '这间14', '这间21', '这间28', '第10条', '第20条', '第30条']);
    expect(history.at(-1)).toMatchObject({ chainId: `${colleague}.${colleague}`, receivedAt: '2026-08-12T06:03:01.000Z' });
  });
});
