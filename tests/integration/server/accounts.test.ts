import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { demoPeople } from '#shared/domain/demo/demo-people.ts';
import type { OfficeRequest } from '#shared/sync/office-calls.ts';
import { openTestServer, recordsAsText, type TestServer } from '../../helpers/server.ts';
import { demoLaptop, enrolLaptop, expectDone, newChange, newId, postJson, problemIn, testLaptop, tryToEnrol, type TestLaptop } from '../../helpers/test-laptop.ts';

const first = { name: '钟守正', loginName: 'zhong', officeName: '甲市机关事务管理局' };

function firstAdministrator(server: TestServer, firstAccount = first): Promise<TestLaptop> {
  return enrolLaptop(server.url, { code: server.firstAccountCode ?? '', firstAccount });
}

async function organOf(laptop: TestLaptop): Promise<string> {
  await laptop.sync();
  return laptop.pulled.find(({ recordType }) => recordType === 'organ')?.recordId ?? '';
}

async function addPerson(admin: TestLaptop, over: Partial<OfficeRequest<'person.save'>> = {}) {
  return admin.office('person.save', {
    officerId: null, name: '林知夏', loginName: `lin-${newId().slice(-6)}`, organId: await organOf(admin), roles: ['inspector'], certificate: null, telephone: null, active: true, ...over,
  });
}

async function codeFor(admin: TestLaptop, officerId: string): Promise<string> {
  return expectDone(await admin.office('person.enrolment-code', { officerId })).code;
}

describe('the first account', () => {
  test('is made once, with the code from the console, and may let the others in', async () => {
    const server = await openTestServer();
    const admin = await firstAdministrator(server);
    expect(admin.entry).toMatchObject({ officeName: first.officeName, officerName: first.name, loginName: first.loginName, demo: false });
    await admin.sync();
    expect(admin.pulled.map(({ recordType, kind }) => [recordType, kind])).toEqual([['organ', 'create'], ['person', 'create']]);
    expect(admin.pulled[1]?.patch['roles']?.to).toEqual(['system-administrator', 'section-head']);
    const again = await tryToEnrol(server.url, { code: server.firstAccountCode ?? '', firstAccount: { ...first, loginName: 'second' } });
    expect(problemIn(again.outcome)).toEqual({ code: 'code-used' });
  });

  test('keeps its code on the console: a new start prints a new one and the old is worth nothing', async () => {
    const server = await openTestServer();
    await server.stop();
    const later = await openTestServer({ dataDir: server.dataDir });
    expect(later.firstAccountCode).not.toBe(server.firstAccountCode);
    expect(problemIn((await tryToEnrol(later.url, { code: server.firstAccountCode ?? '', firstAccount: first })).outcome)).toEqual({ code: 'code-invalid' });
    expect((await firstAdministrator(later)).entry.loginName).toBe('zhong');
    await later.stop();
    expect((await openTestServer({ dataDir: server.dataDir })).firstAccountCode).toBeNull();
  });

  test('needs its names, and no name is only blanks', async () => {
    const server = await openTestServer();
    const code = server.firstAccountCode ?? '';
    expect(problemIn((await tryToEnrol(server.url, { code })).outcome)).toEqual({ code: 'incomplete', detail: { field: 'firstAccount' } });
    expect(problemIn((await tryToEnrol(server.url, { code, firstAccount: { ...first, name: ' ' } })).outcome)).toEqual({ code: 'incomplete', detail: { field: 'name' } });
    expect((await firstAdministrator(server)).entry.officerName).toBe(first.name);
  });

  test('is asked twice by a laptop that lost the answer: one office, the same answer', async () => {
    const server = await openTestServer();
    const { outcome, key, request } = await tryToEnrol(server.url, { code: server.firstAccountCode ?? '', firstAccount: first });
    const again = await tryToEnrol(server.url, { ...request, key });
    expect(again.outcome).toEqual(outcome);
    const thief = await tryToEnrol(server.url, { ...request, publicKey: Buffer.alloc(32, 7).toString('base64') });
    expect(problemIn(thief.outcome)).toEqual({ code: 'code-used' });
  });
});

describe('enrolment codes', () => {
  test('let one laptop in, however they are typed, and only once', async () => {
    const server = await openTestServer();
    const admin = await firstAdministrator(server);
    const { officerId } = expectDone(await addPerson(admin));
    const code = await codeFor(admin, officerId);
    const typed = ` ${code.toLowerCase().replaceAll('-', ' ')} `;
    expect((await enrolLaptop(server.url, { code: typed })).entry.officerId).toBe(officerId);
    expect(problemIn((await tryToEnrol(server.url, { code })).outcome)).toEqual({ code: 'code-used' });
  });

  test('are worth nothing after 24 hours, and after a newer one was issued', async () => {
    let now = Date.parse('2026-08-12T00:00:00.000Z');
    const server = await openTestServer({ now: () => now });
    const admin = await firstAdministrator(server);
    const { officerId } = expectDone(await addPerson(admin));
    const replaced = await codeFor(admin, officerId);
    const { code, expiresAt } = expectDone(await admin.office('person.enrolment-code', { officerId }));
    expect(expiresAt).toBe('2026-08-13T00:00:00.000Z');
    expect(problemIn((await tryToEnrol(server.url, { code: replaced })).outcome)).toEqual({ code: 'code-invalid' });
    now += 24 * 60 * 60 * 1000;
    expect(problemIn((await tryToEnrol(server.url, { code })).outcome)).toEqual({ code: 'code-invalid', detail: { reason: 'expired' } });
  });

  test('can not be guessed: ten wrong ones, then a wait', async () => {
    let now = Date.parse('2026-08-12T00:00:00.000Z');
    const server = await openTestServer({ now: () => now });
    for (let n = 0; n < 10; n += 1) expect(problemIn((await tryToEnrol(server.url, { code: `AAAA-BBBB-CCCC-${1000 + n}` })).outcome)?.code).toBe('code-invalid');
    const code = server.firstAccountCode ?? '';
    expect(problemIn((await tryToEnrol(server.url, { code, firstAccount: first })).outcome)).toMatchObject({ code: 'rate-limited', detail: { waitSeconds: 600 } });
    now += 10 * 60 * 1000;
    expect((await firstAdministrator(server)).entry.loginName).toBe('zhong');
  });

  test('are nowhere in clear: not in the log, not in the database', async () => {
    const server = await openTestServer();
    const admin = await firstAdministrator(server);
    const { officerId } = expectDone(await addPerson(admin));
    const code = await codeFor(admin, officerId);
    const token = await admin.token();
    await enrolLaptop(server.url, { code });
    await server.stop();
    const database = await recordsAsText(server.dataDir);
    expect(database).toContain('zhong');
    for (const secret of [code, code.replaceAll('-', ''), token, server.firstAccountCode ?? '']) {
      expect(database.includes(secret)).toBe(false);
      expect(server.log().includes(secret)).toBe(false);
    }
  });

  test('give every laptop of an office a short code of its own', async () => {
    const { url } = await openTestServer({ demo: true });
    const laptops = await Promise.all(Array.from({ length: 12 }, (_, n) => demoLaptop(url, n % 2 ? 'inspector' : 'assistant')));
    expect(new Set(laptops.map(({ entry }) => entry.chainCode)).size).toBe(12);
  });

  test('of the demo open no real office', async () => {
    const server = await openTestServer();
    expect(problemIn((await tryToEnrol(server.url, { code: demoPeople.inspector.code })).outcome)).toEqual({ code: 'demo-only' });
  });
});

describe('a session', () => {
  test('is opened by the key of the chain, by nothing else', async () => {
    const { url } = await openTestServer({ demo: true });
    const laptop = await demoLaptop(url, 'inspector');
    const stranger = testLaptop(url, laptop.entry, laptop.deviceId, generateKeyPairSync('ed25519').privateKey);
    expect(problemIn(await stranger.signIn())).toEqual({ code: 'unauthorized' });
    const nobody = testLaptop(url, laptop.entry, newId(), laptop.key);
    expect(problemIn(await nobody.signIn())).toEqual({ code: 'unauthorized' });
    expect((await laptop.signIn()).ok).toBe(true);
  });

  test('comes of a challenge that is used once, in time, and by the chain it was made for', async () => {
    let now = Date.parse('2026-08-12T00:00:00.000Z');
    const { url } = await openTestServer({ demo: true, now: () => now });
    const [laptop, other] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'assistant')];
    const challengeFor = async ({ chainId }: TestLaptop): Promise<string> => ((await (await postJson(`${url}/v1/session/challenge`, { v: 1, chainId })).json()) as { challenge: string }).challenge;
    const answer = async ({ chainId, key }: TestLaptop, challenge: string): Promise<number> => {
      const signature = sign(null, Buffer.from(`xuncha-session-v1:${challenge}`), key).toString('base64');
      return (await postJson(`${url}/v1/session`, { v: 1, chainId, challenge, signature })).status;
    };
    const challenge = await challengeFor(laptop);
    expect(await answer(other, challenge)).toBe(401);
    expect(await answer(laptop, challenge)).toBe(200);
    expect(await answer(laptop, challenge)).toBe(401);
    const late = await challengeFor(laptop);
    now += 61_000;
    expect(await answer(laptop, late)).toBe(401);
    expect(await answer(laptop, 'x'.repeat(40))).toBe(401);
  });

  test('ends after twelve hours', async () => {
    let now = Date.parse('2026-08-12T00:00:00.000Z');
    const { url } = await openTestServer({ demo: true, now: () => now });
    const laptop = await demoLaptop(url, 'inspector');
    expect((await laptop.exchange({})).ok).toBe(true);
    now += 12 * 60 * 60 * 1000;
    expect(problemIn(await laptop.exchange({}))).toEqual({ code: 'unauthorized' });
  });

  test('outlives a restart of the server', async () => {
    const server = await openTestServer({ demo: true });
    const laptop = await demoLaptop(server.url, 'inspector');
    const token = await laptop.token();
    await server.stop();
    const later = await openTestServer({ demo: true, dataDir: server.dataDir });
    expect((await fetch(`${later.url}/v1/hints`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  });
});

describe('who is no longer trusted', () => {
  test('a revoked laptop gets nothing and sends nothing from that moment', async () => {
    const server = await openTestServer({ demo: true });
    const [laptop, admin] = [await demoLaptop(server.url, 'inspector'), await demoLaptop(server.url, 'administrator')];
    laptop.write(newChange('institution', newId(), { name: '甲单位' }));
    await laptop.sync();
    laptop.write(newChange('institution', newId(), { name: '乙单位' }));
    expectDone(await admin.office('chain.revoke', { chainId: laptop.chainId, reason: '电脑遗失' }));
    expect(problemIn(await laptop.exchange({ push: laptop.push(2) }))?.code).toBe('revoked');
    expect(problemIn(await laptop.signIn())?.code).toBe('revoked');
    expect((await laptop.fetch('/v1/hints')).status).toBe(403);
    const listed = expectDone(await admin.office('chain.list', {})).find(({ chainId }) => chainId === laptop.chainId);
    expect(listed).toMatchObject({ revoked: true, seq: 1, officerName: demoPeople.inspector.name });
  });

  test('an administrator can not lock out himself, nor the server', async () => {
    const { url } = await openTestServer({ demo: true });
    const admin = await demoLaptop(url, 'administrator');
    expect(problemIn(await admin.office('chain.revoke', { chainId: admin.chainId, reason: '试' }))).toMatchObject({ code: 'not-allowed' });
    const serverChain = `${admin.entry.serverDeviceId}.00000000-0000-7000-8000-000000000001`;
    expect(problemIn(await admin.office('chain.revoke', { chainId: serverChain, reason: '试' }))?.code).toBe('not-found');
    expect(expectDone(await admin.office('chain.list', {})).some(({ chainId }) => chainId === serverChain)).toBe(false);
  });

  test('a person who left keeps no session and gets no code, until he is back', async () => {
    const server = await openTestServer();
    const admin = await firstAdministrator(server);
    const person = { loginName: 'lin' };
    const { officerId } = expectDone(await addPerson(admin, person));
    const laptop = await enrolLaptop(server.url, { code: await codeFor(admin, officerId) });
    expect((await laptop.exchange({})).ok).toBe(true);
    expectDone(await addPerson(admin, { ...person, officerId, active: false }));
    expect(problemIn(await laptop.exchange({}))).toEqual({ code: 'revoked', detail: { reason: 'person-inactive' } });
    expect(problemIn(await admin.office('person.enrolment-code', { officerId }))?.code).toBe('revoked');
    expectDone(await addPerson(admin, { ...person, officerId }));
    expect((await laptop.exchange({})).ok).toBe(true);
  });

  test('a role that was taken away is gone at the next push', async () => {
    const server = await openTestServer();
    const admin = await firstAdministrator(server);
    const person = { loginName: 'lin' };
    const { officerId } = expectDone(await addPerson(admin, person));
    const laptop = await enrolLaptop(server.url, { code: await codeFor(admin, officerId) });
    laptop.write(newChange('institution', newId(), { name: '甲单位' }));
    await laptop.sync();
    expectDone(await addPerson(admin, { ...person, officerId, roles: ['assistant'] }));
    laptop.write(newChange('institution', newId(), { name: '乙单位' }));
    await laptop.sync();
    expect(laptop.refused.map(({ seq, problem }) => [seq, problem.code])).toEqual([[2, 'not-allowed']]);
  });
});

describe('people', () => {
  test('are saved and reach every desk, with certificate and organ', async () => {
    const server = await openTestServer();
    const admin = await firstAdministrator(server);
    const { organId } = expectDone(await admin.office('organ.save', { organId: null, name: '甲市能源监察中心', kind: 'joint', level: 'municipal' }));
    const certificate = { number: '样例330009', issuingOrgan: '甲市机关事务管理局', validFrom: '2025-01-01', validUntil: '2029-12-31' };
    const { officerId } = expectDone(await addPerson(admin, { organId, roles: ['joint-staff', 'joint-staff'], certificate }));
    await admin.sync();
    const person = admin.pulled.find(({ recordId }) => recordId === officerId);
    expect(person?.patch['certificate']?.to).toEqual(certificate);
    expect(person?.patch['roles']?.to).toEqual(['joint-staff']);
    expect(person?.patch['organId']?.to).toBe(organId);
  });

  test('keep apart what must be apart', async () => {
    const server = await openTestServer();
    const admin = await firstAdministrator(server);
    const codeOf = async (over: Partial<OfficeRequest<'person.save'>>) => problemIn(await addPerson(admin, over));
    expect(await codeOf({ loginName: 'ZHONG ' })).toEqual({ code: 'duplicate', detail: { field: 'loginName' } });
    expect(await codeOf({ loginName: 'ｚｈｏｎｇ' })).toEqual({ code: 'duplicate', detail: { field: 'loginName' } });
    expect(await codeOf({ roles: ['system-administrator', 'audit-administrator'] })).toEqual({ code: 'not-allowed', detail: { field: 'roles' } });
    expect(await codeOf({ organId: newId() })).toEqual({ code: 'not-found', detail: { field: 'organId' } });
    expect(await codeOf({ officerId: newId() })).toEqual({ code: 'not-found', detail: { field: 'officerId' } });
    const certificate = { number: '样例330009', issuingOrgan: '甲局', validFrom: '2026-02-30', validUntil: '2029-12-31' };
    expect(await codeOf({ certificate })).toEqual({ code: 'not-a-date', detail: { field: 'certificate' } });
    expect(await codeOf({ certificate: { ...certificate, validFrom: '2030-01-01' } })).toEqual({ code: 'out-of-range', detail: { field: 'certificate' } });
  });

  test('changed by two administrators at once: each writes only what he changed, and nobody overwrites what he has not seen', async () => {
    const server = await openTestServer();
    const admin = await firstAdministrator(server);
    const { officerId } = expectDone(await addPerson(admin, { loginName: 'lin', telephone: '0571-1' }));
    await admin.sync();
    const created = admin.pulled.find(({ recordId }) => recordId === officerId)?.id ?? '';
    expectDone(await addPerson(admin, { officerId, loginName: 'lin', telephone: '0571-2', over: { telephone: created } }));
    const late = await addPerson(admin, { officerId, loginName: 'lin', telephone: '0571-3', roles: ['assistant'], over: { telephone: created, roles: created } });
    expect(problemIn(late)).toEqual({ code: 'wrong-step', detail: { reason: 'changed-meanwhile', field: 'telephone' } });
    expectDone(await addPerson(admin, { officerId, loginName: 'lin', telephone: '0571-1', roles: ['assistant'], over: { roles: created } }));
    expectDone(await addPerson(admin, { officerId, loginName: 'lin', telephone: '0571-1', roles: ['assistant'], over: {} }));
    await admin.sync();
    expect(admin.pulled.filter(({ recordId }) => recordId === officerId).map(({ patch }) => Object.keys(patch))).toEqual([expect.arrayContaining(['name', 'telephone', 'roles']), ['telephone'], ['roles']]);
  });

  test('always include one who can let others in', async () => {
    const server = await openTestServer();
    const admin = await firstAdministrator(server);
    const last = await addPerson(admin, { officerId: admin.entry.officerId, loginName: 'zhong', roles: ['section-head'] });
    expect(problemIn(last)).toEqual({ code: 'not-allowed', detail: { field: 'roles', reason: 'last-administrator' } });
    expectDone(await addPerson(admin, { roles: ['system-administrator'] }));
    expectDone(await addPerson(admin, { officerId: admin.entry.officerId, loginName: 'zhong', roles: ['section-head'] }));
  });

  test('made inactive meanwhile stay so when another dialog changes the telephone', async () => {
    const server = await openTestServer();
    const admin = await firstAdministrator(server);
    const { officerId } = expectDone(await addPerson(admin, { loginName: 'lin' }));
    await admin.sync();
    const created = admin.pulled.find(({ recordId }) => recordId === officerId)?.id ?? '';
    expectDone(await addPerson(admin, { officerId, loginName: 'lin', active: false, over: { active: created } }));
    expectDone(await addPerson(admin, { officerId, loginName: 'lin', telephone: '0571-3', over: { telephone: created } }));
    expect(problemIn(await admin.office('person.enrolment-code', { officerId }))?.code).toBe('revoked');
  });

  test('are managed by the system administrator only', async () => {
    const { url } = await openTestServer({ demo: true });
    const inspector = await demoLaptop(url, 'inspector');
    expect(problemIn(await addPerson(inspector))).toEqual({ code: 'not-allowed', detail: { call: 'person.save' } });
    expect(problemIn(await inspector.office('person.enrolment-code', { officerId: inspector.entry.officerId }))?.code).toBe('not-allowed');
    expect(problemIn(await inspector.office('chain.list', {}))?.code).toBe('not-allowed');
  });
});

describe('two offices in one server', () => {
  test('see nothing of each other', async () => {
    const server = await openTestServer();
    const a = await firstAdministrator(server);
    await server.stop();
    const both = await openTestServer({ dataDir: server.dataDir, addOffice: true });
    a.moveTo(both.url);
    const b = await enrolLaptop(both.url, { code: both.firstAccountCode ?? '', firstAccount: { ...first, officeName: '乙市机关事务管理局' } });
    expect(b.entry.officeId).not.toBe(a.entry.officeId);

    const id = newId();
    a.write(newChange('institution', id, { name: '甲市单位', level: 'municipal' }));
    await a.sync();
    await b.sync();
    expect(b.pulled.map(({ recordType }) => recordType)).toEqual(['organ', 'person']);
    expect(b.pulled.some((item) => a.pulled.some((other) => other.id === item.id))).toBe(false);

    // Every parameter that names something of the other office: as if it were not there.
    const organOfA = await organOf(a);
    expect(problemIn(await addPerson(b, { organId: organOfA }))?.code).toBe('not-found');
    expect(problemIn(await addPerson(b, { officerId: a.entry.officerId }))?.code).toBe('not-found');
    expect(problemIn(await b.office('organ.save', { organId: organOfA, name: '改名', kind: 'bureau', level: 'municipal' }))?.code).toBe('not-found');
    expect(problemIn(await b.office('person.enrolment-code', { officerId: a.entry.officerId }))?.code).toBe('not-found');
    expect(problemIn(await b.office('chain.revoke', { chainId: a.chainId, reason: '试' }))?.code).toBe('not-found');
    const bytes = Buffer.from('甲局的照片');
    const { createHash } = await import('node:crypto');
    const name = createHash('sha256').update(bytes).digest('hex');
    expectDone(await a.sendPiece(name, bytes.length, 0, bytes));
    expect((await b.fetch(`/v1/evidence/${name}`)).status).toBe(404);
    expect(expectDone(await b.evidenceStatus(name))).toMatchObject({ receivedBytes: 0, complete: false });

    // The same record id in the other office is another record.
    b.write(newChange('institution', id, { name: '乙市单位', level: 'municipal' }));
    await b.sync();
    expect(b.refused).toEqual([]);
    await a.sync();
    expect(a.pulled.filter(({ recordId }) => recordId === id).map(({ patch }) => patch['name']?.to)).toEqual(['甲市单位']);
  });
});

test('an administrator without a laptop gets a code on the console', async () => {
  const server = await openTestServer();
  await firstAdministrator(server);
  await server.stop();
  const later = await openTestServer({ dataDir: server.dataDir, codeFor: 'Zhong' });
  const said = later.said.find((each) => 'enrolmentCode' in each);
  expect((await enrolLaptop(later.url, { code: said?.enrolmentCode ?? '' })).entry.loginName).toBe('zhong');
});
