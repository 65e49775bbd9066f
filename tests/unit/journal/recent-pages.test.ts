import { expect, test } from 'vitest';
import type { Journal } from '../../../src-main/journal/journal.ts';
import { makeChain, open, pulled } from './desk-of-one.ts';
import { ForgetfulDisk } from './forgetful-disk.ts';

/** Everything after `after`, read in pieces of at most `limit`. */
async function readOn(journal: Journal, after: number, limit: number): Promise<{ readonly found: readonly number[]; readonly end: number }> {
  const found: number[] = [];
  let end = after;
  for (let more = true; more; ) {
    const piece = await journal.pages(end, limit);
    expect(piece.items.length).toBeLessThanOrEqual(limit);
    expect(piece.more && piece.cursor === end, 'a piece that leads nowhere').toBe(false);
    found.push(...piece.items.map(({ cursor }) => cursor));
    [end, more] = [piece.cursor, piece.more];
  }
  return { found, end };
}

/** Twelve pages of one to four changes, some of which reach beyond their last change, as own changes left out make them. */
async function withPages(disk: ForgetfulDisk): Promise<Journal> {
  await makeChain(disk);
  const journal = await open(disk);
  let cursor = 0;
  for (let page = 1; page <= 12; page += 1) {
    const items = Array.from({ length: 1 + (page % 4) }, (_, at) => pulled(cursor + 1 + at));
    const reached = cursor + items.length + (page % 3 === 0 ? 2 : 0);
    const reachedId = page % 3 === 0 ? 'ab'.repeat(32) : undefined;
    expect((await journal.appendPage(items, reached, cursor, reachedId)).ok).toBe(true);
    expect(journal.pulledTo()).toEqual({ cursor: reached, cursorId: reachedId ?? items.at(-1)?.id });
    cursor = reached;
  }
  return journal;
}

test('what is handed over from memory is what the files hold, from any place and in pieces of any size', async () => {
  const disk = new ForgetfulDisk();
  const live = await withPages(disk);
  const fromMemory = new Map<string, unknown>();
  for (let after = 0; after <= live.cursor(); after += 1) for (const limit of [1, 2, 3, 5, 1000]) fromMemory.set(`${after} ${limit}`, await readOn(live, after, limit));
  await live.close();
  const reopened = await open(disk);
  expect(reopened.pulledTo()).toEqual({ cursor: reopened.cursor(), cursorId: 'ab'.repeat(32) });
  for (let after = 0; after <= reopened.cursor(); after += 1) {
    for (const limit of [1, 2, 3, 5, 1000]) expect(fromMemory.get(`${after} ${limit}`), `after ${after}, at most ${limit}`).toEqual(await readOn(reopened, after, limit));
  }
});
