import { expectDone, type TestLaptop } from './test-laptop.ts';

/** Changes with a receipt that the server at `url` does not have, or not as they were. Empty is the promise. */
export async function lostChanges(laptops: readonly TestLaptop[], url: string): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const laptop of laptops) {
    laptop.moveTo(url);
    const held: string[] = [];
    for (let cursor = 0, more = true; more;) {
      const reply = expectDone(await laptop.exchange({ cursor, pageLimit: 2000 }));
      if ((reply.receipt?.seq ?? 0) < laptop.receipted()) lost.push(`receipt of ${laptop.entry.chainCode}: ${reply.receipt?.seq ?? 0} < ${laptop.receipted()}`);
      held.push(...reply.page.filter(({ deviceId }) => deviceId === laptop.deviceId).map(({ id }) => id));
      ({ next: cursor, more } = reply);
    }
    const ids = new Set(held);
    for (const { seq, id } of laptop.journal.slice(0, laptop.receipted())) if (!ids.has(id)) lost.push(`${laptop.entry.chainCode} ${seq}`);
  }
  return lost;
}
