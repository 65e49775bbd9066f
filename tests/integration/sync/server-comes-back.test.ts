import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SyncStatus } from '../../../src-shared/bridge/calls.ts';
import { recordTypes } from '../../../src-shared/domain/records.ts';
import { rulesOf } from '../../../src-server/sync/rules.ts';
import { cuttingLine, type CuttingLine } from './cutting-line.ts';
import { enrolledDesk, roomCheck, uuid, valueOf, type Desk } from './desk.ts';
import { startOffice, type Office } from './office.ts';

const allSent = (status: SyncStatus): boolean => status.phase === 'idle' && status.unsent === 0;
const firstAccount = { name: '赵处长', loginName: 'zhao', officeName: '示例市机关事务管理局' };
const fixture = (name: string): string => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url), 'utf8');

describe('the server goes and comes back', () => {
  let office: Office;
  let line: CuttingLine;
  const desks: Desk[] = [];

  beforeEach(async () => {
    office = await startOffice();
    line = await cuttingLine(office.url());
  });
  afterEach(async () => {
    for (const desk of desks.splice(0)) await desk.discard();
    await line.stop();
    await office.stop();
  });

  /** The first account on two laptops. */
  const twoDesks = async (): Promise<readonly [Desk, Desk]> => {
    const first = await enrolledDesk(line.url, office.firstCode, firstAccount);
    desks.push(first);
    await first.signIn();
    const { officerId } = first.session().entry;
    const { code } = valueOf(await first.calls.handlers['office.call']({ name: 'person.enrolment-code', input: { officerId } })) as { code: string };
    const second = await enrolledDesk(line.url, code);
    desks.push(second);
    await second.signIn();
    return [first, second];
  };
  const rooms = async (desk: Desk, inspectionId: string): Promise<readonly string[]> =>
    [...new Map((await desk.pulled()).filter((item) => item.patch['inspectionId']?.to === inspectionId).map((item) => [item.id, String(item.patch['remarks']?.to)])).values()];

  test('restarted in the middle of the day, it is found again and nothing is missing', async () => {
    const [first, second] = await twoDesks();
    const inspectionId = uuid();
    await first.append(roomCheck(inspectionId, 1, '上午'));
    await first.until(allSent);
    await office.restart();
    await first.append(roomCheck(inspectionId, 2, '下午'));
    line.leadTo(office.url());
    await first.until(allSent);
    await second.untilArrived(first.session().journal.cursor());
    expect(await rooms(second, inspectionId)).toEqual(['上午', '下午']);
  });

  test('put back to the backup of the evening before, it gets the day’s work again from the laptops', async () => {
    const [first, second] = await twoDesks();
    const inspectionId = uuid();
    await first.append(roomCheck(inspectionId, 1, '昨天'));
    await first.until(allSent);
    await office.backUp();
    await office.restart();
    line.leadTo(office.url());
    for (let number = 2; number <= 40; number += 1) await first.append(roomCheck(inspectionId, number, `今天${number}`));
    await first.until(allSent);
    await second.untilArrived(first.session().journal.cursor());
    await second.signOut();
    await office.putBack();
    await office.restart({ restored: true });
    line.leadTo(office.url());
    await first.append(roomCheck(inspectionId, 41, '今天41'));
    await first.until((status) => allSent(status) && status.lastProblem === null);
    await first.calls.handlers['sync.now']({});
    const everything = ['昨天', ...Array.from({ length: 40 }, (_, index) => `今天${index + 2}`)];
    await second.signIn();
    await second.untilArrived(first.session().journal.cursor());
    expect(await rooms(second, inspectionId)).toEqual(everything);
    // Somebody who joins after the restore sees the whole day as well.
    const { officerId } = first.session().entry;
    const { code } = valueOf(await first.calls.handlers['office.call']({ name: 'person.enrolment-code', input: { officerId } })) as { code: string };
    const third = await enrolledDesk(line.url, code);
    desks.push(third);
    await third.signIn();
    await third.until(allSent);
    await third.calls.handlers['sync.now']({});
    expect(await rooms(third, inspectionId)).toEqual(everything);
  });

  test('a restored older server is detected by its clients and fed again by them, without a word to it, and all of them converge', async () => {
    const [first, second] = await twoDesks();
    const inspectionId = uuid();
    await first.append(roomCheck(inspectionId, 1, '昨天一'));
    await second.append(roomCheck(inspectionId, 2, '昨天二'));
    await first.until(allSent);
    await second.until(allSent);
    await office.backUp();
    await office.restart();
    line.leadTo(office.url());
    for (let number = 1; number <= 30; number += 1) await first.append(roomCheck(inspectionId, 100 + number, `甲${number}`));
    for (let number = 1; number <= 20; number += 1) await second.append(roomCheck(inspectionId, 200 + number, `乙${number}`));
    for (const desk of [first, second]) await desk.calls.handlers['sync.now']({});
    await first.until(allSent);
    await second.until(allSent);
    await second.calls.handlers['sync.now']({});
    await first.untilArrived(second.session().journal.cursor());
    expect((await rooms(first, inspectionId)).length).toBe(21);
    const generation = first.session().journal.generationId;
    // The second laptop is shut when it happens, and the third person works before either notices.
    await second.signOut();
    await office.putBack();
    await office.restart();
    const { officerId } = first.session().entry;
    line.leadTo(office.url());
    await first.calls.handlers['sync.now']({});
    await first.until((status) => allSent(status) && status.setBack?.finishedAt != null);
    const { code } = valueOf(await first.calls.handlers['office.call']({ name: 'person.enrolment-code', input: { officerId } })) as { code: string };
    const third = await enrolledDesk(line.url, code);
    desks.push(third);
    await third.signIn();
    for (let number = 1; number <= 60; number += 1) await third.append(roomCheck(inspectionId, 300 + number, `丙${number}`));
    await third.until(allSent);
    await second.signIn();
    await second.until((status) => allSent(status) && status.setBack?.finishedAt != null);
    for (const desk of [first, second, third, first, second, third]) await desk.calls.handlers['sync.now']({});
    const ids = async (desk: Desk): Promise<readonly string[]> => {
      const own = (await desk.session().journal.own(1, 10_000)).filter(({ body }) => body.patch['inspectionId']?.to === inspectionId).map(({ id }) => id);
      const pulled = (await desk.pulled()).filter((item) => item.patch['inspectionId']?.to === inspectionId).map(({ id }) => id);
      return [...own, ...pulled].sort();
    };
    const everything = await ids(first);
    expect(new Set(everything).size).toBe(112);
    expect(everything).toHaveLength(112);
    expect(await ids(second)).toEqual(everything);
    expect(await ids(third)).toEqual(everything);
    expect((await first.status()).setBack?.resent).toBe(30);
    expect((await second.status()).setBack?.resent).toBe(20);
    expect((await third.status()).setBack).toBeNull();
    expect(first.session().journal.generationId).not.toBe(generation);
    // What happened is still said after a restart.
    await first.signOut();
    await line.unplug();
    await first.signIn();
    expect(await first.status()).toMatchObject({ unsent: 0, lastContactAt: expect.any(String), setBack: { resent: 30, finishedAt: expect.any(String) } });
  });

  test('a room that an older server could not read is refused no more once the server was updated', async () => {
    const { remarks: _remarks, ...fields } = recordTypes.roomCheck.fields;
    const [first, second] = await twoDesks();
    await office.restart({ rules: rulesOf({ ...recordTypes, roomCheck: { ...recordTypes.roomCheck, fields } }) });
    line.leadTo(office.url());
    const inspectionId = uuid();
    await first.append(roomCheck(inspectionId, 1, '窗户开着'));
    expect((await first.until(allSent)).refused).toMatchObject([{ seq: 1, problem: { code: 'newer-version' } }]);
    await office.restart();
    line.leadTo(office.url());
    await first.calls.handlers['sync.now']({});
    expect((await first.until(allSent)).refused).toEqual([]);
    await second.calls.handlers['sync.now']({});
    expect(await rooms(second, inspectionId)).toEqual(['窗户开着']);
    await first.signOut();
    await first.signIn();
    expect((await first.status()).refused).toEqual([]);
  });
});

test('over TLS a desk enrols and exchanges under the office’s own authority, and without it sends nothing', async () => {
  const office = await startOffice({ cert: fixture('server.pem'), key: fixture('server.key') });
  await expect(enrolledDesk(office.url(), office.firstCode, firstAccount, null)).rejects.toThrow('insecure-server');
  const desk = await enrolledDesk(office.url(), office.firstCode, firstAccount, fixture('office-authority.pem'));
  await desk.signIn();
  await desk.append(roomCheck(uuid(), 1, '加密'));
  expect(await desk.until((status) => status.phase === 'idle' && status.unsent === 0)).toMatchObject({ lastProblem: null });
  await desk.discard();
  await office.stop();
});
