import { expect, test } from 'vitest';
import { openExchangeNotes, type ExchangeNotes } from '../../../src-main/sync/exchange-notes.ts';
import { ForgetfulDisk } from '../journal/forgetful-disk.ts';

const notes = (lastContactAt: string | null, more: Partial<ExchangeNotes> = {}): ExchangeNotes => ({ formatVersion: 0, lastContactAt, lastProblem: null, setBack: null, ...more });

test('what is noted is there after a restart, and after a kill it is at most a minute old', async () => {
  const disk = new ForgetfulDisk();
  const first = await openExchangeNotes(disk, '/chain');
  expect(first.recalled).toBeNull();
  first.keep(notes('2026-08-12T06:00:00.000Z'));
  await first.settle();
  const calls = disk.calls;
  first.keep(notes('2026-08-12T06:00:30.000Z'));
  await Promise.resolve();
  expect(disk.calls, 'contact alone is not written every 15 seconds').toBe(calls);
  expect((await openExchangeNotes(disk.afterKill(), '/chain')).recalled?.lastContactAt).toBe('2026-08-12T06:00:00.000Z');
  await first.settle();
  expect((await openExchangeNotes(disk, '/chain')).recalled).toEqual(notes('2026-08-12T06:00:30.000Z'));
});

test('a refusal is written at once and taken back at once', async () => {
  const disk = new ForgetfulDisk();
  const file = await openExchangeNotes(disk, '/chain');
  for (const each of [notes('2026-08-12T06:00:00.000Z', { lastProblem: { code: 'revoked' } }), notes('2026-08-12T06:00:01.000Z')]) {
    file.keep(each);
    await new Promise<void>((resolve) => { setImmediate(resolve); });
    expect((await openExchangeNotes(disk.afterKill(), '/chain')).recalled).toEqual(each);
  }
});

test('a damaged file says nothing, and a full disk costs the memory only', async () => {
  const disk = ForgetfulDisk.of([['/chain/exchange.json', Buffer.from('{"formatVersion":0,')]]);
  const file = await openExchangeNotes(disk, '/chain');
  expect(file.recalled).toBeNull();
  disk.capacity = 0;
  file.keep(notes('2026-08-12T06:00:00.000Z'));
  await file.settle();
});
