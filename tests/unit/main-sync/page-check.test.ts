import { beforeEach, describe, expect, test } from 'vitest';
import type { PageItem } from '../../../src-shared/sync/wire.ts';
import { laptop } from './laptop.ts';
import { laptopDisk, type LaptopDisk } from './journal-model.ts';
import { chainOf, realOffice, remark, type RealOffice } from './real-office.ts';
import { virtualTime, type VirtualTime } from './virtual-time.ts';

type Damage = (items: PageItem[]) => { page?: PageItem[]; next?: number };

describe('a page from the office is held against the chains before it is kept', () => {
  let time: VirtualTime;
  let office: RealOffice;
  let disk: LaptopDisk;

  beforeEach(async () => {
    time = virtualTime();
    office = await realOffice(time.now);
    disk = laptopDisk(chainOf(2));
    const inspector = laptop(laptopDisk(chainOf(1)), office, time);
    for (const text of ['一', '二', '三']) inspector.journal.append(remark(text));
    inspector.engine.start();
    await time.settle();
  });

  const damages: Record<string, Damage> = {
    'a remark changed on the way': (items) => ({ page: items.map((item) => (item.seq === 2 ? { ...item, patch: { remarks: { was: null, to: '改' } } } : item)) }),
    'a change under another id': (items) => ({ page: items.map((item) => (item.seq === 3 ? { ...item, id: 'e'.repeat(64) } : item)) }),
    'a change put into another officer’s chain': (items) => ({ page: items.map((item) => (item.seq === 1 ? { ...item, officerId: chainOf(3).officerId } : item)) }),
    'two changes with their places exchanged': (items) => ({ page: [items[1]!, items[0]!, items[2]!] }),
    'a change delivered twice': (items) => ({ page: [items[0]!, items[0]!, items[1]!] }),
    'a position that goes back': () => ({ page: [], next: -1 }),
    'a change beyond the position that the page claims': () => ({ next: 2 }),
  };

  test.each(Object.entries(damages))('%s: nothing of it is kept, the position stays, the exchange pauses', async (_name, damage) => {
    const supervisor = laptop(disk, office, time);
    supervisor.setLine(async (_request, reachOffice) => {
      const reply = await reachOffice();
      return reply.ok ? { ok: true, value: { ...reply.value, ...damage([...reply.value.page]) } } : reply;
    });
    supervisor.engine.start();
    await time.settle();
    expect(supervisor.engine.status()).toMatchObject({ phase: 'paused', lastProblem: { code: 'chain-mismatch' } });
    expect(disk.pages).toEqual([]);
    expect(disk.cursor).toBe(0);
    expect(supervisor.arrived).toEqual([]);
    // Our own chain is sound: work goes on.
    expect(disk.halted).toBeNull();
    supervisor.setLine(async (_request, reachOffice) => reachOffice());
    expect(await supervisor.engine.now()).toMatchObject({ phase: 'idle', lastProblem: null });
    expect(supervisor.seen()).toEqual(['一', '二', '三']);
    expect(supervisor.engine.trust()).toEqual({ proven: 3, trusted: 0 });
  });
});
