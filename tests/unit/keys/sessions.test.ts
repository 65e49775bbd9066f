import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BridgeRequest } from '#shared/bridge/calls.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { EnrolReply, EnrolRequest } from '#shared/sync/wire.ts';
import { bootClock } from '../../../src-main/journal/boot-clock.ts';
import { nodeDisk } from '../../../src-main/journal/node-disk.ts';
import { waitSeconds } from '../../../src-main/keys/attempts.ts';
import { enrol } from '../../../src-main/keys/enrol.ts';
import { listChains } from '../../../src-main/keys/profile-files.ts';
import { sessionHolder, sessionReply } from '../../../src-main/keys/sessions.ts';
import { roomChange, smallSizes } from '../journal/desk-of-one.ts';

const officerId = '0198a000-0000-7000-8000-000000000003';
const serverDeviceId = '0198a000-0000-7000-8000-0000000000ff';
const passphrase = '二十六度不多不少';
const cheap = { memoryKiB: 64, iterations: 1, parallelism: 1 };

let profileDir = '';
let now = new Date('2026-08-12T06:03:00.000Z');
beforeEach(() => {
  profileDir = mkdtempSync(path.join(os.tmpdir(), 'xuncha 中文 '));
  now = new Date('2026-08-12T06:03:00.000Z');
});
afterEach(() => rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 }));

function office(change: Partial<EnrolReply> = {}, asked: EnrolRequest[] = []) {
  return async (_url: string, request: EnrolRequest): Promise<Outcome<EnrolReply>> => {
    asked.push(request);
    return done({
      v: 1, officeId: '0198a000-0000-7000-8000-000000000001', officeName: '示例市机关事务管理局', officerId, officerName: '李晓明', loginName: 'lixm',
      chainCode: 'A7', demo: false, serverDeviceId, ...change,
    });
  };
}

const request: BridgeRequest<'profile.enrol'> = {
  serverUrl: 'https://xuncha.example.gov.cn/', code: 'CODE-1234', passphrase, deviceName: '一号电脑', firstAccount: null,
};

function enrolWith(enrolAt: ReturnType<typeof office>, more: Partial<typeof request> = {}, demoServer: string | null = null) {
  return enrol({ disk: nodeDisk, profileDir, enrolAt, demoServer, cost: async () => cheap }, { ...request, ...more });
}

function holder() {
  return sessionHolder({ disk: nodeDisk, profileDir, clock: bootClock(), sizes: smallSizes, now: () => now });
}

async function enrolled(): Promise<string> {
  const entry = await enrolWith(office());
  if (!entry.ok) throw new Error(entry.problem.code);
  return entry.value.chainId;
}

describe('enrolling', () => {
  test('makes a profile that can be signed in to offline, and written to', async () => {
    const chainId = await enrolled();
    expect((await listChains(nodeDisk, profileDir)).map((chain) => chain.entry.serverUrl)).toEqual(['https://xuncha.example.gov.cn']);
    const sessions = holder();
    const session = await sessions.open(chainId, passphrase);
    if (!session.ok) throw new Error(session.problem.code);
    expect(sessionReply(session.value)).toMatchObject({ chainId, officerName: '李晓明', ownSeq: 0, cursor: 0, readOnly: null });
    expect(session.value.serverDeviceId).toBe(serverDeviceId);
    expect((await session.value.journal.append([roomChange('第一条')])).ok).toBe(true);
    await sessions.close('quit');
    const again = await holder().open(chainId, passphrase);
    expect(again.ok && again.value.journal.head().seq).toBe(1);
  });

  test.runIf(process.platform !== 'win32')('keeps everything from other users of the laptop', async () => {
    await enrolled();
    const files = readdirSync(profileDir, { recursive: true, withFileTypes: true });
    const open = files.filter((each) => (statSync(path.join(each.parentPath, each.name)).mode & 0o077) !== 0).map((each) => each.name);
    expect(open).toEqual([]);
    expect(files.length).toBeGreaterThan(8);
  });

  test('asks with the laptop’s id and the new public key, and never with the passphrase', async () => {
    const asked: EnrolRequest[] = [];
    await enrolWith(office({}, asked), { code: ' CODE-1234 ' });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ code: 'CODE-1234', deviceName: '一号电脑' });
    expect(JSON.stringify(asked)).not.toContain(passphrase);
    expect(Buffer.from(asked[0]?.publicKey ?? '', 'base64')).toHaveLength(32);
  });

  test('that failed leaves no profile; the next try with the same code asks with the same key', async () => {
    const asked: EnrolRequest[] = [];
    const lost = async (_url: string, each: EnrolRequest) => {
      asked.push(each);
      return failed('half-reply');
    };
    expect(await enrolWith(lost)).toMatchObject({ ok: false, problem: { code: 'half-reply' } });
    expect(await listChains(nodeDisk, profileDir)).toEqual([]);
    expect((await enrolWith(office({}, asked))).ok).toBe(true);
    expect(asked[1]?.publicKey).toBe(asked[0]?.publicKey);
  });

  test('an officer who lost the passphrase begins a new chain; the old one stays', async () => {
    const first = await enrolled();
    const taken = new Set([first]);
    const enrolAt = async (url: string, each: EnrolRequest) => (taken.has(`${each.deviceId}.${officerId}`) ? failed('duplicate') : office()(url, each));
    const second = await enrolWith(enrolAt, { code: 'CODE-5678' });
    expect(second.ok && second.value.chainId).not.toBe(first);
    expect(await listChains(nodeDisk, profileDir)).toHaveLength(2);
    expect((await holder().open(first, passphrase)).ok).toBe(true);
  });

  test('two officers of one laptop share the device and nothing else', async () => {
    const first = await enrolled();
    const second = await enrolWith(office({ officerId: '0198a000-0000-7000-8000-000000000004', chainCode: 'A8' }), { code: 'OTHER-CODE', passphrase: '另一个人的口令啊' });
    if (!second.ok) throw new Error(second.problem.code);
    expect(second.value.chainId.split('.')[0]).toBe(first.split('.')[0]);
    const sessions = holder();
    expect(await sessions.open(second.value.chainId, passphrase)).toMatchObject({ ok: false, problem: { code: 'wrong-passphrase' } });
    expect((await sessions.open(second.value.chainId, '另一个人的口令啊')).ok).toBe(true);
  });

  test('refuses a short passphrase and an address that is none, before anything is asked or written', async () => {
    const asked: EnrolRequest[] = [];
    expect(await enrolWith(office({}, asked), { passphrase: '1234567' })).toMatchObject({ ok: false, problem: { code: 'invalid-input', detail: { field: 'passphrase' } } });
    for (const serverUrl of ['', 'xuncha', 'ftp://a', 'javascript:1']) {
      expect(await enrolWith(office({}, asked), { serverUrl })).toMatchObject({ ok: false, problem: { code: 'invalid-input', detail: { field: 'serverUrl' } } });
    }
    expect(asked).toEqual([]);
    expect(readdirSync(profileDir)).toEqual([]);
  });
});

describe('demo and real work', () => {
  const demoServer = 'http://127.0.0.1:18443';

  test('a demo server gets no real profile', async () => {
    expect(await enrolWith(office({ demo: true }))).toMatchObject({ ok: false, problem: { code: 'demo-only' } });
    expect(await listChains(nodeDisk, profileDir)).toEqual([]);
  });

  test('a demo program enrols at its demo server only, and only when that says it is one', async () => {
    expect(await enrolWith(office({ demo: true }), {}, demoServer)).toMatchObject({ ok: false, problem: { code: 'demo-only' } });
    expect(await enrolWith(office({ demo: false }), { serverUrl: demoServer }, demoServer)).toMatchObject({ ok: false, problem: { code: 'demo-only' } });
    expect((await enrolWith(office({ demo: true }), { serverUrl: demoServer }, demoServer)).ok).toBe(true);
  });

  test('a profile stays what it is, also when its device file is lost', async () => {
    await enrolled();
    for (const lost of [false, true]) {
      if (lost) for (const name of ['device.json', 'device.copy.json']) rmSync(path.join(profileDir, name));
      expect(await enrolWith(office({ demo: true }), { serverUrl: demoServer, code: 'DEMO' }, demoServer)).toMatchObject({ ok: false, problem: { code: 'demo-only' } });
    }
  });
});

describe('signing in', () => {
  test('a wrong passphrase costs more and more time, across restarts, and never any data', async () => {
    const chainId = await enrolled();
    const waits: unknown[] = [];
    for (let n = 0; n < 6; n += 1) {
      const outcome = await holder().open(chainId, '不对的口令不对的');
      waits.push(outcome.ok ? null : outcome.problem.detail?.['waitSeconds']);
      now = new Date(now.getTime() + Number(waits.at(-1)) * 1000);
    }
    expect(waits).toEqual([0, 0, 1, 2, 4, 8]);
    expect((await holder().open(chainId, passphrase)).ok).toBe(true);
  });

  test('during the wait even the right one is not tried', async () => {
    const chainId = await enrolled();
    for (let n = 0; n < 3; n += 1) await holder().open(chainId, '不对的口令不对的');
    expect(await holder().open(chainId, passphrase)).toMatchObject({ ok: false, problem: { code: 'wrong-passphrase', detail: { waitSeconds: 1, reason: 'not-tried' } } });
    now = new Date(now.getTime() + 1000);
    expect((await holder().open(chainId, passphrase)).ok).toBe(true);
  });

  test('a clock set back makes nobody wait for years', async () => {
    const chainId = await enrolled();
    for (let n = 0; n < 4; n += 1) {
      await holder().open(chainId, '不对的口令不对的');
      now = new Date(now.getTime() + 10_000);
    }
    now = new Date('2020-01-01T00:00:00.000Z');
    expect(await holder().open(chainId, passphrase)).toMatchObject({ ok: false, problem: { detail: { waitSeconds: 2 } } });
    expect(waitSeconds(1000)).toBe(900);
  });

  test.each(['../../etc', 'nobody', '', '.'])('a chain that is not enrolled here is not found: %j', async (chainId) => {
    await enrolled();
    expect(await holder().open(chainId, passphrase)).toMatchObject({ ok: false, problem: { code: 'not-found' } });
  });

  test('keys of another chain are refused', async () => {
    const first = await enrolled();
    const second = await enrolWith(office({ officerId: '0198a000-0000-7000-8000-000000000004' }), { code: 'OTHER-CODE' });
    if (!second.ok) throw new Error(second.problem.code);
    for (const name of ['keys.json', 'keys.copy.json']) {
      writeFileSync(path.join(profileDir, 'chains', first, name), readFileSync(path.join(profileDir, 'chains', second.value.chainId, name)));
    }
    expect(await holder().open(first, passphrase)).toMatchObject({ ok: false, problem: { code: 'profile-damaged' } });
  });

  test('signing out tells the others first, then nothing can be written any more', async () => {
    const chainId = await enrolled();
    const sessions = holder();
    const heard: string[] = [];
    sessions.onOpened(() => heard.push('opened'));
    sessions.onClosed((reason) => heard.push(`closed: ${reason}`));
    const session = await sessions.open(chainId, passphrase);
    if (!session.ok) throw new Error(session.problem.code);
    await sessions.close('person');
    expect(heard).toEqual(['opened', 'closed: person']);
    expect(sessions.current()).toBeNull();
    expect(await session.value.journal.append([roomChange('之后')])).toMatchObject({ ok: false, problem: { code: 'not-signed-in' } });
    expect(await session.value.journal.appendPage([], 5)).toMatchObject({ ok: false, problem: { code: 'not-signed-in' } });
    expect((await sessions.open(chainId, passphrase)).ok).toBe(true);
  });
});
