import { expect, test } from 'vitest';
import { done } from '../../../src-shared/kit/outcome.ts';
import type { ExchangeReply, PageItem } from '../../../src-shared/sync/wire.ts';
import type { Journal } from '../../../src-main/journal/journal.ts';
import { exchangeRounds, type Exchange } from '../../../src-main/sync/exchange-round.ts';
import { folder, makeChain, open, pulled } from '../journal/desk-of-one.ts';
import { ForgetfulDisk } from '../journal/forgetful-disk.ts';

const limits = { changes: 100, bytes: 1_000_000, page: 5 };

/** Positions of a colleague whose changes between are not published: nothing here has a predecessor to be held against. */
const feed: readonly PageItem[] = Array.from({ length: 40 }, (_, at) => ({ ...pulled(at + 1), seq: 2 * (at + 1) }));

function officeWith(end: number): Exchange {
  return async ({ cursor, pageLimit }) => {
    const page = feed.filter((item) => item.cursor > cursor && item.cursor <= end).slice(0, pageLimit);
    const next = page.at(-1)?.cursor ?? cursor;
    return done({ v: 1, receipt: null, refused: null, page, next, more: next < end, serverTime: '2026-08-12T06:00:00.000Z' } satisfies ExchangeReply);
  };
}

async function pullAll(journal: Journal, exchange: Exchange): Promise<void> {
  const round = exchangeRounds(journal, exchange, () => false);
  for (let again = true; again; ) {
    const result = await round(limits);
    again = result.kind === 'done' && result.again;
  }
}

async function positions(journal: Journal): Promise<readonly number[]> {
  const found: number[] = [];
  for (let [after, more] = [0, true]; more; ) {
    const piece = await journal.pages(after, 1000);
    found.push(...piece.items.map((item) => item.cursor));
    [after, more] = [piece.cursor, piece.more];
  }
  return found;
}

test('after a power cut that took an earlier file of pages, nothing of the feed is missing for ever', async () => {
  const disk = new ForgetfulDisk();
  await makeChain(disk);
  const before = await open(disk);
  await pullAll(before, officeWith(35));
  await before.close();
  const first = `${folder}/pages/000001.pg`;
  expect(await disk.size(`${folder}/pages/000002.pg`)).not.toBeNull();
  // The second file ends well, and only it is read at the start.
  const file = await disk.open(first, 'existing');
  await file.truncate(200);
  const after = await open(disk.afterKill());
  expect(after.cursor()).toBe(35);
  await pullAll(after, officeWith(40));
  await pullAll(after, officeWith(40));
  expect(await positions(after)).toEqual(feed.map((item) => item.cursor));
});

test('the pull cursor is saved with its pages: one is kept only behind the page that it was asked for', async () => {
  const disk = new ForgetfulDisk();
  await makeChain(disk);
  const journal = await open(disk);
  await journal.appendPage(feed.slice(0, 5), 5);
  expect(await journal.appendPage(feed.slice(10, 12), 12, 10)).toEqual(done(undefined));
  expect(journal.cursor()).toBe(5);
  expect(await journal.appendPage(feed.slice(5, 7), 7, 5)).toEqual(done(undefined));
  expect(await positions(journal)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});
