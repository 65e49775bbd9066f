import { beforeEach, describe, expect, test } from 'vitest';
import { failed } from '../../../src-shared/kit/outcome.ts';
import { laptop } from './laptop.ts';
import { laptopDisk, type LaptopDisk } from './journal-model.ts';
import { chainOf, poison, realOffice, remark, type RealOffice } from './real-office.ts';
import { virtualTime, type VirtualTime } from './virtual-time.ts';

describe('the exchange with the office', () => {
  let time: VirtualTime;
  let office: RealOffice;
  let disk: LaptopDisk;
  let supervisorDisk: LaptopDisk;

  beforeEach(async () => {
    time = virtualTime();
    office = await realOffice(time.now);
    disk = laptopDisk(chainOf(1));
    supervisorDisk = laptopDisk(chainOf(2));
  });

  test('what an inspector saves reaches a supervisor who presses nothing', async () => {
    const inspector = laptop(disk, office, time);
    const supervisor = laptop(supervisorDisk, office, time);
    inspector.engine.start();
    supervisor.engine.start();
    await time.settle();
    inspector.journal.append(remark('窗户开着'));
    expect(inspector.engine.status().unsent).toBe(1);
    await time.pass(50);
    expect(inspector.engine.status()).toMatchObject({ phase: 'idle', unsent: 0, lastProblem: null });
    await time.pass(15_000);
    expect(supervisor.seen()).toEqual(['窗户开着']);
    expect(supervisor.arrived).toEqual([1]);
  });

  test('a hint brings it at once', async () => {
    const supervisor = laptop(supervisorDisk, office, time);
    supervisor.engine.start();
    await time.settle();
    const inspector = laptop(disk, office, time);
    inspector.journal.append(remark('空调24度'));
    inspector.engine.start();
    await time.settle();
    supervisor.engine.hint(1);
    await time.settle();
    expect(supervisor.seen()).toEqual(['空调24度']);
  });

  test('nothing is sent without a receipt: a thousand saves go up in as few requests as fit', async () => {
    const inspector = laptop(disk, office, time);
    for (let number = 1; number <= 2500; number += 1) inspector.journal.append(remark(`${number}`, number));
    const unsentSeen: number[] = [];
    inspector.setLine(async (_request, reachOffice) => {
      unsentSeen.push(inspector.engine.status().unsent);
      return reachOffice();
    });
    inspector.engine.start();
    await time.settle();
    expect(unsentSeen.slice(0, 3)).toEqual([2500, 1500, 500]);
    expect(inspector.engine.status().unsent).toBe(0);
    expect(await office.heldOf(disk.chain)).toHaveLength(2500);
  });

  test('with the office out of reach the status says offline and the count of unsent work, and tries stay quiet', async () => {
    const inspector = laptop(disk, office, time);
    inspector.setLine(async () => failed('server-unreachable'));
    inspector.journal.append(remark('一'));
    inspector.engine.start();
    await time.pass(120_000);
    expect(inspector.engine.status()).toMatchObject({ phase: 'offline', unsent: 1, lastContactAt: null, lastProblem: { code: 'server-unreachable' } });
    const phases = inspector.statuses.map((status) => status.phase);
    expect(phases.filter((phase) => phase === 'exchanging')).toHaveLength(1);
    expect(inspector.requests.length).toBeGreaterThan(30);
  });

  test('work arrives within seconds of the network’s return', async () => {
    const inspector = laptop(disk, office, time);
    inspector.setLine(async () => failed('offline'));
    inspector.journal.append(remark('一'));
    inspector.engine.start();
    await time.pass(3_600_000);
    inspector.setLine(async (_request, reachOffice) => reachOffice());
    await time.pass(2_000);
    expect(inspector.engine.status()).toMatchObject({ phase: 'idle', unsent: 0 });
  });

  test('a server in trouble is asked less and less often, up to once a minute, and typing does not hurry it', async () => {
    const inspector = laptop(disk, office, time);
    inspector.setLine(async () => failed('server-error', { status: 500 }));
    inspector.engine.start();
    await time.pass(10 * 60_000);
    const before = inspector.requests.length;
    expect(before).toBeLessThan(20);
    for (let second = 0; second < 50; second += 1) {
      inspector.journal.append(remark(`${second}`));
      await time.pass(1_000);
    }
    expect(inspector.requests.length - before).toBeLessThanOrEqual(1);
  });

  test('a person who asks for it is served at once, whatever the wait', async () => {
    const inspector = laptop(disk, office, time);
    inspector.setLine(async () => failed('server-error'));
    inspector.journal.append(remark('一'));
    inspector.engine.start();
    await time.pass(10 * 60_000);
    inspector.setLine(async (_request, reachOffice) => reachOffice());
    expect(await inspector.engine.now()).toMatchObject({ phase: 'idle', unsent: 0 });
  });

  test('an answer that is not ours is no contact', async () => {
    const inspector = laptop(disk, office, time);
    inspector.journal.append(remark('一'));
    for (const code of ['not-our-server', 'half-reply', 'server-error', 'insecure-server'] as const) {
      inspector.setLine(async () => failed(code));
      expect(await inspector.engine.now()).toMatchObject({ phase: 'offline', unsent: 1, lastContactAt: null, lastProblem: { code } });
    }
  });

  test('killed between the server’s reply and the receipt, the same changes go up again and get the same receipt', async () => {
    const killed = laptop(disk, office, time);
    killed.journal.append(remark('一'), remark('二'));
    killed.setLine(async (_request, reachOffice) => {
      await reachOffice();
      return new Promise(() => undefined);
    });
    killed.engine.start();
    await time.settle();
    expect(disk.receipt).toBeNull();
    const held = await office.heldOf(disk.chain);
    expect(held).toHaveLength(2);
    const restarted = laptop(disk, office, time);
    restarted.engine.start();
    await time.settle();
    expect(restarted.engine.status().unsent).toBe(0);
    expect(await office.heldOf(disk.chain)).toEqual(held);
    expect(await office.feed()).toHaveLength(2);
  });

  test('a change that the office refuses is listed with its reason and blocks nothing behind it', async () => {
    const inspector = laptop(disk, office, time);
    inspector.journal.append(remark('前'), poison(), remark('后'));
    inspector.engine.start();
    await time.settle();
    expect(inspector.engine.status()).toMatchObject({ phase: 'idle', unsent: 0, refused: [{ seq: 2, problem: { code: 'field-too-long', detail: { field: 'remarks' } } }] });
    expect((await office.feed()).map((item) => item.patch['remarks']?.to)).toEqual(['前', '后']);
    const supervisor = laptop(supervisorDisk, office, time);
    supervisor.engine.start();
    await time.settle();
    expect(supervisor.seen()).toEqual(['前', '后']);
    // The one after the hole has an unknown predecessor: taken on the server's word, and counted as such.
    expect(supervisor.engine.trust()).toEqual({ proven: 1, trusted: 1 });
  });

  test('a fork stops writing and pauses the exchange until a person asks', async () => {
    const inspector = laptop(disk, office, time);
    inspector.journal.append(remark('一'));
    inspector.setLine(async () => failed('fork', { seq: 1 }));
    inspector.engine.start();
    await time.pass(60_000);
    expect(inspector.engine.status()).toMatchObject({ phase: 'paused', unsent: 1, lastProblem: { code: 'fork' } });
    expect(disk.halted).toMatchObject({ code: 'fork' });
    expect(inspector.requests).toHaveLength(1);
    inspector.journal.append(remark('二'));
    await time.pass(60_000);
    expect(inspector.requests).toHaveLength(1);
    await inspector.engine.now();
    expect(inspector.requests).toHaveLength(2);
  });

  test('a receipt for a change that we did not write is never kept', async () => {
    const inspector = laptop(disk, office, time);
    inspector.journal.append(remark('一'));
    inspector.setLine(async (_request, reachOffice) => {
      const reply = await reachOffice();
      return reply.ok && reply.value.receipt ? { ok: true, value: { ...reply.value, receipt: { ...reply.value.receipt, id: 'f'.repeat(64) } } } : reply;
    });
    inspector.engine.start();
    await time.settle();
    expect(disk.receipt).toBeNull();
    expect(inspector.engine.status()).toMatchObject({ phase: 'paused', unsent: 1, lastProblem: { code: 'fork' } });
  });

  test('an older copy of the profile is found out before it writes on', async () => {
    const inspector = laptop(disk, office, time);
    inspector.journal.append(remark('一'), remark('二'));
    inspector.engine.start();
    await time.settle();
    await inspector.engine.stop();
    const older: LaptopDisk = { ...laptopDisk(disk.chain), own: disk.own.slice(0, 1) };
    const restored = laptop(older, office, time);
    restored.engine.start();
    await time.settle();
    expect(restored.engine.status()).toMatchObject({ phase: 'paused', lastProblem: { code: 'chain-mismatch' } });
    expect(older.halted).toMatchObject({ code: 'chain-mismatch' });
  });

  describe('a server that was set back to an older backup', () => {
    const evening = async (work: number): Promise<ReturnType<typeof laptop>> => {
      const inspector = laptop(disk, office, time);
      for (let number = 1; number <= 10; number += 1) inspector.journal.append(remark(`${number}`, number));
      inspector.engine.start();
      await time.settle();
      await office.backUp();
      for (let number = 11; number <= 10 + work; number += 1) inspector.journal.append(remark(`${number}`, number));
      await time.pass(50);
      expect(inspector.engine.status()).toMatchObject({ unsent: 0, setBack: null });
      return inspector;
    };

    test('gets everything again by itself, and the status says what happened', async () => {
      const inspector = await evening(20);
      expect(inspector.forgotten()).toBe(0);
      await office.putBack();
      inspector.journal.append(remark('新', 31));
      await time.pass(2_000);
      expect((await office.heldOf(disk.chain)).map((each) => each['id'])).toEqual(disk.own.map((each) => each.id));
      expect(inspector.engine.status()).toMatchObject({ phase: 'idle', unsent: 0, lastProblem: null, setBack: { resent: 20, finishedAt: expect.any(String) } });
      expect(inspector.forgotten(), 'its originals are asked for again, once').toBe(1);
      expect(disk.reached, 'its place is the server’s').toEqual({ cursor: (await office.feed()).length, cursorId: (await office.feed()).at(-1)?.id });
    });

    test('counts what it lost as not sent until it holds it again', async () => {
      const inspector = await evening(20);
      await office.putBack();
      inspector.setLine(async (request, reachOffice) => (request.push ? failed('server-unreachable') : reachOffice()));
      await time.pass(20_000);
      expect(inspector.engine.status()).toMatchObject({ phase: 'offline', unsent: 20, setBack: { resent: 0, finishedAt: null } });
      inspector.setLine(async (_request, reachOffice) => reachOffice());
      await time.pass(5_000);
      expect(inspector.engine.status()).toMatchObject({ phase: 'idle', unsent: 0, setBack: { resent: 20 } });
    });

    test('is noticed too when its feed has grown beyond our place again', async () => {
      const inspector = await evening(3);
      const supervisor = laptop(supervisorDisk, office, time);
      supervisor.engine.start();
      await time.settle();
      expect(supervisor.seen()).toHaveLength(13);
      await inspector.engine.stop();
      await supervisor.engine.stop();
      await office.putBack();
      const other = laptop(laptopDisk(chainOf(3)), office, time);
      for (let number = 1; number <= 30; number += 1) other.journal.append(remark(`别人${number}`, 100 + number));
      other.engine.start();
      await time.settle();
      const again = laptop(supervisorDisk, office, time);
      again.engine.start();
      await time.settle();
      expect(again.seen()).toEqual([...Array.from({ length: 10 }, (_, index) => `${index + 1}`), ...Array.from({ length: 30 }, (_, index) => `别人${index + 1}`)]);
      expect(again.engine.status().setBack).toMatchObject({ resent: 0, finishedAt: expect.any(String) });
      expect(supervisorDisk.generation).toBe(2);
    });

    test('is pulled from the beginning beside the kept pages, which are read until the new ones are whole', async () => {
      const inspector = await evening(1);
      await inspector.engine.stop();
      const supervisor = laptop(supervisorDisk, office, time);
      supervisor.engine.start();
      await time.settle();
      await supervisor.engine.stop();
      const kept = supervisor.seen();
      await office.putBack();
      const other = laptop(laptopDisk(chainOf(3)), office, time);
      for (let number = 1; number <= 2_500; number += 1) other.journal.append(remark(`别人${number}`, 100 + number));
      other.engine.start();
      await time.settle();
      const interrupted = laptop(supervisorDisk, office, time);
      let pages = 0;
      interrupted.setLine(async (_request, reachOffice) => {
        pages += 1;
        return pages > 3 ? new Promise(() => undefined) : reachOffice();
      });
      interrupted.engine.start();
      await time.settle();
      expect(supervisorDisk.filling?.length).toBe(2_000);
      expect(interrupted.seen()).toEqual(kept);
      expect(interrupted.arrived).toEqual([]);
      const restarted = laptop(supervisorDisk, office, time, interrupted.notes());
      restarted.engine.start();
      await time.settle();
      expect(restarted.requests[0]?.cursor, 'it goes on where it was').toBe(2_000);
      expect(restarted.seen()).toHaveLength(2_510);
      expect(restarted.arrived).toEqual([2_510]);
      expect(restarted.engine.status().setBack).toMatchObject({ noticedAt: interrupted.engine.status().setBack?.noticedAt, finishedAt: expect.any(String) });
    });

    test('and set back again and again is not asked without a rest', async () => {
      const inspector = await evening(0);
      for (let number = 0; number < 2_500; number += 1) inspector.journal.append(remark(`${number}`, 100 + number));
      await time.settle();
      const supervisor = laptop(supervisorDisk, office, time);
      // Every second page of the feed comes from somewhere else.
      supervisor.setLine(async (request, reachOffice) => (request.cursor > 0 ? failed('cursor-invalid') : reachOffice()));
      supervisor.engine.start();
      await time.pass(60_000);
      expect(supervisor.requests.length).toBeGreaterThan(2);
      expect(supervisor.requests.length).toBeLessThan(40);
      expect(supervisor.engine.status()).toMatchObject({ lastProblem: { code: 'cursor-invalid' } });
    });
  });

  test('after a restart the last contact and the last refusal are still said, a cut line is not', async () => {
    const inspector = laptop(disk, office, time);
    inspector.engine.start();
    await time.settle();
    const { lastContactAt } = inspector.engine.status();
    expect(lastContactAt).not.toBeNull();
    inspector.setLine(async () => failed('server-unreachable'));
    await time.pass(3_600_000);
    await inspector.engine.stop();
    const offline = laptop(disk, office, time, inspector.notes());
    expect(offline.engine.status()).toMatchObject({ lastContactAt, lastProblem: null });
    offline.setLine(async () => failed('unauthorized'));
    offline.engine.start();
    await time.settle();
    await offline.engine.stop();
    expect(laptop(disk, office, time, offline.notes()).engine.status()).toMatchObject({ lastContactAt: new Date(time.now()).toISOString(), lastProblem: { code: 'unauthorized' } });
  });

  test('a revoked laptop stops, keeps its work and says why', async () => {
    const inspector = laptop(disk, office, time);
    inspector.journal.append(remark('一'));
    inspector.setLine(async () => failed('revoked'));
    inspector.engine.start();
    await time.pass(60_000);
    expect(inspector.engine.status()).toMatchObject({ phase: 'paused', unsent: 1, lastProblem: { code: 'revoked' } });
    expect(inspector.revoked()).toBe(1);
    expect(disk.own).toHaveLength(1);
    expect(disk.halted).toMatchObject({ code: 'revoked' });
  });

  test.each([10, -10])('a clock that is wrong by %i years changes nothing but the doubt that is shown', async (years) => {
    const wrong = virtualTime(Date.parse('2026-08-12T06:00:00.000Z') + years * 365 * 86_400_000);
    const inspector = laptop(disk, office, wrong);
    inspector.journal.append(remark('一'));
    inspector.engine.start();
    await wrong.settle();
    expect(inspector.engine.status()).toMatchObject({ phase: 'idle', unsent: 0, clockOffsetMs: years * 365 * 86_400_000 });
    wrong.setClock(Date.parse('2001-01-01T00:00:00.000Z'));
    inspector.journal.append(remark('二'));
    await wrong.pass(50);
    expect(inspector.engine.status()).toMatchObject({ phase: 'idle', unsent: 0 });
  });

  test('stopped in the middle of a long pull, the next start goes on where the pages end', async () => {
    const inspector = laptop(disk, office, time);
    for (let number = 1; number <= 5000; number += 1) inspector.journal.append(remark(`${number}`, number));
    inspector.engine.start();
    await time.settle();
    const first = laptop(supervisorDisk, office, time);
    let pages = 0;
    first.setLine(async (_request, reachOffice) => {
      pages += 1;
      return pages > 2 ? new Promise(() => undefined) : reachOffice();
    });
    first.engine.start();
    await time.settle();
    expect(supervisorDisk.cursor).toBe(2000);
    const second = laptop(supervisorDisk, office, time);
    second.engine.start();
    await time.settle();
    expect(second.requests[0]?.cursor).toBe(2000);
    expect(second.seen()).toEqual(Array.from({ length: 5000 }, (_, index) => `${index + 1}`));
    // The heads of the kept pages were read again: nothing is taken on trust after a restart.
    expect(second.engine.trust()).toEqual({ proven: 3000, trusted: 0 });
  });

  test('a disk that can not be read for a while stops the exchange for that while only', async () => {
    const inspector = laptop(disk, office, time);
    inspector.journal.append(remark('一'));
    const { outgoing } = inspector.journal;
    Object.assign(inspector.journal, { outgoing: async () => { throw Object.assign(new Error('read'), { code: 'EIO' }); } });
    inspector.engine.start();
    await time.pass(1_000);
    expect(inspector.engine.status()).toMatchObject({ phase: 'offline', unsent: 1, lastContactAt: null, lastProblem: { code: 'storage-failed' } });
    Object.assign(inspector.journal, { outgoing });
    await time.pass(60_000);
    expect(inspector.engine.status()).toMatchObject({ phase: 'idle', unsent: 0 });
  });

  test('a full disk that can not take what came is told apart from one that can not take what was typed', async () => {
    const inspector = laptop(disk, office, time);
    inspector.journal.append(remark('一'));
    const { recordReceipt } = inspector.journal;
    Object.assign(inspector.journal, { recordReceipt: async () => failed('disk-full') });
    inspector.engine.start();
    await time.pass(1_000);
    expect(inspector.engine.status()).toMatchObject({ unsent: 1, lastProblem: { code: 'disk-full', detail: { reason: 'exchange' } } });
    Object.assign(inspector.journal, { recordReceipt });
    await time.pass(60_000);
    expect(inspector.engine.status()).toMatchObject({ phase: 'idle', unsent: 0, lastProblem: null });
  });

  test('a bad line is asked for less at a time until something gets through', async () => {
    const inspector = laptop(disk, office, time);
    for (let number = 1; number <= 1000; number += 1) inspector.journal.append(remark(`${number}`, number));
    inspector.setLine(async (request, reachOffice) => ((request.push?.changes.length ?? 0) > 200 ? failed('half-reply') : reachOffice()));
    inspector.engine.start();
    await time.pass(60_000);
    expect(inspector.engine.status()).toMatchObject({ phase: 'idle', unsent: 0 });
  });

  test('lock pauses sync: nothing is asked and nothing is said once the session is closed', async () => {
    const inspector = laptop(disk, office, time);
    inspector.engine.start();
    await time.settle();
    await inspector.engine.stop();
    const { length } = inspector.requests;
    const said = inspector.statuses.length;
    inspector.journal.append(remark('一'));
    inspector.engine.hint(99);
    inspector.engine.networkChanged();
    await time.pass(60_000);
    expect(inspector.requests).toHaveLength(length);
    expect(inspector.statuses).toHaveLength(said);
  });
});
