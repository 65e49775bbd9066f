import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SyncStatus } from '../../../src-shared/bridge/calls.ts';
import type { JsonValue } from '../../../src-shared/kit/values.ts';
import { bootClock } from '../../../src-main/journal/boot-clock.ts';
import { cuttingLine, type CuttingLine } from './cutting-line.ts';
import { deskIn, enrolledDesk, roomCheck, uuid, valueOf, type Desk } from './desk.ts';
import { startOffice, type Office } from './office.ts';
import { answering } from './strange-server.ts';

const allSent = (status: SyncStatus): boolean => status.phase === 'idle' && status.unsent === 0;

describe('desks and the office server', () => {
  let office: Office;
  let supervisor: Desk;
  let line: CuttingLine;
  let organId = '';
  const desks: Desk[] = [];

  const officeCall = async (name: string, input: JsonValue): Promise<{ [key: string]: JsonValue }> =>
    valueOf(await supervisor.calls.handlers['office.call']({ name, input })) as { [key: string]: JsonValue };
  /** A new inspector on a laptop of his own, connected by the line that can be cut. */
  const inspector = async (name: string, url = line.url): Promise<Desk> => {
    const person = await officeCall('person.save', {
      officerId: null, name, loginName: uuid(), organId, roles: ['inspector'], certificate: null, telephone: null, active: true,
    });
    const { code } = await officeCall('person.enrolment-code', { officerId: person['officerId'] ?? null });
    const desk = await enrolledDesk(url, String(code));
    desks.push(desk);
    await desk.signIn();
    return desk;
  };
  /** The remarks of an inspection's rooms, as they reached the supervisor. */
  const remarksOf = async (inspectionId: string): Promise<readonly string[]> =>
    (await supervisor.pulled()).filter((item) => item.patch['inspectionId']?.to === inspectionId).map((item) => String(item.patch['remarks']?.to));

  beforeAll(async () => {
    office = await startOffice();
    supervisor = await enrolledDesk(office.url(), office.firstCode, { name: '赵处长', loginName: 'zhao', officeName: '示例市机关事务管理局' });
    await supervisor.signIn();
    await supervisor.until(allSent);
    organId = String((await officeCall('organ.save', { organId: null, name: '节能处', kind: 'bureau', level: 'municipal' }))['organId']);
  });
  beforeEach(async () => {
    line = await cuttingLine(office.url());
  });
  afterEach(async () => {
    for (const desk of desks.splice(0)) await desk.discard();
    await line.stop();
  });
  afterAll(async () => {
    await supervisor?.discard();
    await office?.stop();
  });

  test('a thousand room checks pushed by one desk reach another without anybody pressing anything', async () => {
    const desk = await inspector('钱一');
    const inspectionId = uuid();
    for (let batch = 0; batch < 10; batch += 1) {
      await desk.append(...Array.from({ length: 100 }, (_, index) => roomCheck(inspectionId, batch * 100 + index, `${batch * 100 + index}`)));
    }
    expect(await desk.until(allSent)).toMatchObject({ lastProblem: null, refused: [], clockOffsetMs: expect.any(Number) });
    await supervisor.until((status) => status.phase === 'idle');
    await supervisor.untilArrived(desk.session().journal.cursor());
    expect(await remarksOf(inspectionId)).toEqual(Array.from({ length: 1000 }, (_, index) => `${index}`));
  });

  test('with the server gone everything goes on, the status says so, and the work arrives within seconds of its return', async () => {
    const desk = await inspector('孙二');
    await desk.until(allSent);
    await line.unplug();
    const inspectionId = uuid();
    await desk.append(roomCheck(inspectionId, 1, '没有网络'));
    const offline = await desk.until((status) => status.phase === 'offline');
    expect(offline).toMatchObject({ unsent: 1, lastProblem: { code: 'server-unreachable' } });
    expect(offline.lastContactAt).not.toBeNull();
    await line.plugIn();
    await desk.until(allSent);
    await supervisor.untilArrived(desk.session().journal.cursor());
    expect(await remarksOf(inspectionId)).toEqual(['没有网络']);
  });

  test('lock pauses sync and uploads, and says so', async () => {
    const desk = await inspector('李三');
    await desk.until(allSent);
    await line.unplug();
    const inspectionId = uuid();
    await desk.append(roomCheck(inspectionId, 1, '锁定之前'));
    valueOf(await desk.session().evidence.put(Buffer.alloc(100_000, 'photo'), 'image/jpeg'));
    await desk.signOut();
    await line.plugIn();
    const before = line.traffic();
    expect(await desk.status()).toMatchObject({ phase: 'paused', lastProblem: { code: 'not-signed-in' } });
    // Asked by a person it does no more, and the office hears nothing of it meanwhile.
    await desk.calls.handlers['sync.now']({});
    await officeCall('chain.list', {});
    expect(line.traffic()).toEqual(before);
    expect(await remarksOf(inspectionId)).toEqual([]);
    await desk.signIn();
    await desk.until((status) => allSent(status) && status.evidencePending.files === 0);
    await supervisor.untilArrived(desk.session().journal.cursor());
    expect(await remarksOf(inspectionId)).toEqual(['锁定之前']);
  });

  test('answers cut at any place lose nothing and double nothing', async () => {
    const desk = await inspector('李三');
    const inspectionId = uuid();
    const expected: string[] = [];
    for (const cut of [0, 1, 14, 60, 150, 220, 300, 500, 1000]) {
      line.cutAnswersAt(cut);
      expected.push(`切在${cut}`);
      await desk.append(roomCheck(inspectionId, expected.length, `切在${cut}`));
      await desk.calls.handlers['sync.now']({});
      expect(await desk.status()).toMatchObject({ phase: 'offline' });
    }
    line.cutAnswersAt(null);
    await desk.calls.handlers['sync.now']({});
    expect(await desk.until(allSent)).toMatchObject({ refused: [] });
    await supervisor.untilArrived(desk.session().journal.cursor());
    expect(await remarksOf(inspectionId)).toEqual(expected);
  });

  test.each<[string, Parameters<typeof answering>[0], string]>([
    ['a captive portal', (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>请登录</html>'), 'not-our-server'],
    ['a redirect', (_request, response) => void response.writeHead(302, { location: 'http://portal.example/' }).end(), 'not-our-server'],
    ['a server in trouble', (_request, response) => void response.writeHead(500, { 'content-type': 'text/html' }).end('<html>'), 'server-error'],
    ['half a reply', (_request, response) => { response.writeHead(200, { 'content-type': 'application/json', 'content-length': 500 }).write('{"v":1,"chal', () => response.destroy()); }, 'half-reply'],
    ['a receipt that nobody signed for', (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"v":1,"challenge":"cccccccccccccccccccccccccccccccccccc","receipt":{"seq":1}}'), 'please-update'],
  ])('%s in the place of the server is never taken for a receipt', async (_name, handler, code) => {
    const desk = await inspector('周四');
    await desk.until(allSent);
    const { port } = new URL(line.url);
    await line.unplug();
    const stranger = await answering(handler, undefined, Number(port));
    const inspectionId = uuid();
    await desk.append(roomCheck(inspectionId, 1, '还在'));
    await desk.calls.handlers['sync.now']({});
    expect(await desk.status()).toMatchObject({ unsent: 1, lastProblem: { code } });
    await stranger.stop();
    await line.plugIn();
    await desk.calls.handlers['sync.now']({});
    await desk.until(allSent);
    await supervisor.untilArrived(desk.session().journal.cursor());
    expect(await remarksOf(inspectionId)).toEqual(['还在']);
  });

  test('signed out between the server’s reply and the receipt, the next sign-in gets the same receipt', async () => {
    const desk = await inspector('吴五');
    await desk.until(allSent);
    // Enough of the answer for a status line, not for a receipt: the server has committed by then.
    line.cutAnswersAt(40);
    const inspectionId = uuid();
    await desk.append(roomCheck(inspectionId, 1, '一'), roomCheck(inspectionId, 2, '二'));
    // A request may also break on its way up; sooner or later one arrives.
    for (let tries = 0; tries < 20 && (await remarksOf(inspectionId)).length === 0; tries += 1) {
      await desk.calls.handlers['sync.now']({});
      await supervisor.calls.handlers['sync.now']({});
    }
    expect(desk.session().journal.receiptedThrough()).toBe(0);
    expect(await remarksOf(inspectionId)).toEqual(['一', '二']);
    const taken = (await supervisor.pulled()).filter((item) => item.patch['inspectionId']?.to === inspectionId).at(-1);
    await desk.signOut();
    line.cutAnswersAt(null);
    const again = deskIn(desk.profileDir, desk.chainId);
    desks.push(again);
    const { journal } = await again.signIn();
    await again.until(allSent);
    const [last] = await journal.own(2, 1);
    expect({ id: last?.id, receivedAt: last?.receivedAt }).toEqual({ id: taken?.id, receivedAt: taken?.receivedAt });
    await supervisor.calls.handlers['sync.now']({});
    expect(await remarksOf(inspectionId)).toEqual(['一', '二']);
  });

  test.each([10, -10])('a laptop whose clock is wrong by %i years is taken like any other, in the order of arrival', async (years) => {
    const enrolled = await inspector(`钟${years}`);
    await enrolled.signOut();
    const wall = (): string => new Date(Date.now() + years * 365 * 86_400_000).toISOString();
    const desk = deskIn(enrolled.profileDir, enrolled.chainId, null, { ...bootClock(), wall });
    desks.push(desk);
    await desk.signIn();
    const inspectionId = uuid();
    for (const text of ['一', '二', '三']) await desk.append(roomCheck(inspectionId, 1, text));
    expect(await desk.until(allSent)).toMatchObject({ refused: [], lastProblem: null });
    await supervisor.untilArrived(desk.session().journal.cursor());
    expect(await remarksOf(inspectionId)).toEqual(['一', '二', '三']);
    const [claimed] = (await supervisor.pulled()).filter((item) => item.patch['inspectionId']?.to === inspectionId);
    const claimedLead = Date.parse(claimed?.wall ?? '') - Date.parse(claimed?.receivedAt ?? '');
    expect(Math.round(claimedLead / (365 * 86_400_000))).toBe(years);
  });

  test('a remark that the office refuses is kept and listed with its reason, and blocks nothing', async () => {
    const desk = await inspector('郑六');
    const inspectionId = uuid();
    await desk.append(roomCheck(inspectionId, 1, '前'));
    await desk.append(roomCheck(inspectionId, 2, '长'.repeat(2001)));
    await desk.append(roomCheck(inspectionId, 3, '后'));
    const status = await desk.until(allSent);
    expect(status.refused).toMatchObject([{ seq: 2, problem: { code: 'field-too-long', detail: { field: 'remarks', limit: 2000 } } }]);
    await supervisor.untilArrived(desk.session().journal.cursor());
    expect(await remarksOf(inspectionId)).toEqual(['前', '后']);
    expect(await desk.session().journal.own(2, 1)).toMatchObject([{ seq: 2, body: { patch: { remarks: { to: '长'.repeat(2001) } } } }]);
  });

  test('a desk that was signed out in the middle of a long pull goes on where its pages end', async () => {
    const writer = await inspector('王七');
    const inspectionId = uuid();
    for (let batch = 0; batch < 5; batch += 1) await writer.append(...Array.from({ length: 500 }, (_, index) => roomCheck(inspectionId, batch * 500 + index, `${batch * 500 + index}`)));
    await writer.until(allSent);
    const end = writer.session().journal.cursor();
    const reader = await inspector('冯八');
    // The first page is enough of a pull to be interrupted.
    await reader.untilArrived(1);
    const { profileDir, chainId } = reader;
    await reader.signOut();
    const again = deskIn(profileDir, chainId);
    desks.push(again);
    const { journal } = await again.signIn();
    expect(journal.cursor()).toBeGreaterThan(0);
    expect(journal.cursor()).toBeLessThan(end);
    await again.untilArrived(end);
    const rooms = (await again.pulled()).filter((item) => item.patch['inspectionId']?.to === inspectionId);
    expect(rooms.map((item) => item.patch['remarks']?.to)).toEqual(Array.from({ length: 2500 }, (_, index) => `${index}`));
  });

  test('a revoked laptop is signed out at once, keeps its work and sends nothing more', async () => {
    const desk = await inspector('陈九');
    await desk.until(allSent);
    const { chainId } = desk;
    await officeCall('chain.revoke', { chainId, reason: '电脑遗失' });
    await desk.untilEnded();
    expect(desk.endedBy).toEqual(['revoked']);
    expect(await desk.status()).toMatchObject({ phase: 'paused', lastProblem: { code: 'not-signed-in' } });
    // The files are let go of before the same laptop opens them again.
    await desk.signOut();
    // Off line it can still be opened and read.
    await line.unplug();
    const reopened = deskIn(desk.profileDir, chainId);
    desks.push(reopened);
    await reopened.signIn();
    expect(reopened.session().journal.readOnly()).toBeNull();
    await line.plugIn();
    await reopened.untilEnded();
    expect(reopened.endedBy).toEqual(['revoked']);
  });

  test('a photo follows its record and can be opened on another desk, byte for byte', async () => {
    const desk = await inspector('褚十');
    const bytes = Buffer.alloc(5 * 1024 * 1024, 'photo');
    const { sha256 } = valueOf(await desk.session().evidence.put(bytes, 'image/jpeg'));
    const status = await desk.until((each) => allSent(each) && each.evidencePending.files === 0 && each.lastContactAt !== null);
    expect(status.evidencePending).toEqual({ files: 0, bytes: 0 });
    const opened = valueOf(await supervisor.calls.readEvidence(sha256));
    expect(Buffer.compare(Buffer.from(opened.bytes), bytes)).toBe(0);
    expect(opened.mediaType).toBe('image/jpeg');
    expect(supervisor.session().evidence.has(sha256)).toBe(true);
    expect(supervisor.session().evidence.notUploaded()).toEqual([]);
  });

  test('an upload over a line that keeps breaking goes on where the server stands', async () => {
    const desk = await inspector('卫十一');
    await desk.until(allSent);
    line.cutUploadsAt(3 * 1024 * 1024);
    const bytes = Buffer.alloc(20 * 1024 * 1024, 'video');
    const { sha256 } = valueOf(await desk.session().evidence.put(bytes, 'video/mp4'));
    const left: number[] = [];
    for (let contact = 0; contact < 400 && desk.session().evidence.notUploaded().length > 0; contact += 1) {
      await desk.calls.handlers['sync.now']({});
      await desk.calls.settled();
      left.push((await desk.status()).evidencePending.bytes);
    }
    expect(left.at(-1)).toBe(0);
    // What arrived before a break was never sent for nothing: less and less is left, and in more than one step.
    expect(left).toEqual(left.toSorted((a, b) => b - a));
    expect(new Set(left).size).toBeGreaterThan(4);
    line.cutUploadsAt(null);
    expect(valueOf(await supervisor.calls.readEvidence(sha256)).bytes.byteLength).toBe(bytes.byteLength);
  });

  test('a photo that nobody has uploaded yet is on its way, not an error of the store', async () => {
    expect(await supervisor.calls.readEvidence('b'.repeat(64))).toMatchObject({ ok: false, problem: { code: 'evidence-missing' } });
  });

  test('an act that the office does not know, or with a wrong field, goes nowhere', async () => {
    const { handlers } = supervisor.calls;
    expect(await handlers['office.call']({ name: 'chain.forget', input: {} })).toEqual({ ok: false, problem: { code: 'invalid-input', detail: { field: 'name' } } });
    expect(await handlers['office.call']({ name: 'constructor', input: {} })).toEqual({ ok: false, problem: { code: 'invalid-input', detail: { field: 'name' } } });
    expect(await handlers['office.call']({ name: 'chain.revoke', input: { chainId: 'x', reason: '' } })).toEqual({ ok: false, problem: { code: 'invalid-input', detail: { field: 'reason' } } });
  });

  test('an act without a network says so, and one that is not allowed says that', async () => {
    const desk = await inspector('蒋十二');
    await desk.until(allSent);
    expect(await desk.calls.handlers['office.call']({ name: 'chain.list', input: {} })).toMatchObject({ ok: false, problem: { code: 'not-allowed' } });
    await line.unplug();
    expect(await desk.calls.handlers['office.call']({ name: 'chain.list', input: {} })).toMatchObject({ ok: false, problem: { code: 'server-unreachable' } });
    await line.plugIn();
    await desk.signOut();
    expect(await desk.calls.handlers['office.call']({ name: 'chain.list', input: {} })).toEqual({ ok: false, problem: { code: 'not-signed-in' } });
  });
});
