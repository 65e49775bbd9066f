import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { databaseOf, openTestServer, tempDir, type TestServer } from '../../helpers/server.ts';
import { onDatabase } from '../../helpers/postgres-cluster.ts';
import { demoLaptop, enrolLaptop, expectDone, newChange, newId, postJson, problemIn, sha256, tryToEnrol, type TestLaptop } from '../../helpers/test-laptop.ts';
import { listenTo } from '../../helpers/hint-stream.ts';

const account = { name: '钟守正', loginName: 'zhong', officeName: '甲局' };

/** Two servers on one database and one folder, as behind a balancer that sends each request wherever it likes. */
async function twoServers(options: { readonly demo?: boolean; readonly now?: () => number } = { demo: true }): Promise<readonly [TestServer, TestServer]> {
  const dataDir = tempDir();
  const first = await openTestServer({ dataDir, ...options });
  return [first, await openTestServer({ dataDir, ...options })];
}

describe('no request needs the process that answered the one before', () => {
  test('a challenge of one process opens a session at the other, once, and the session counts at both', async () => {
    const [a, b] = await twoServers();
    const laptop = await demoLaptop(a.url, 'inspector');
    const { challenge } = (await (await postJson(`${a.url}/v1/session/challenge`, { v: 1, chainId: laptop.chainId })).json()) as { challenge: string };
    const signature = sign(null, Buffer.from(`xuncha-session-v1:${challenge}`), laptop.key).toString('base64');
    const answers = await Promise.all([a, b, a, b].map(({ url }) => postJson(`${url}/v1/session`, { v: 1, chainId: laptop.chainId, challenge, signature })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
    const [opened] = answers.filter(({ ok }) => ok);
    const { token } = (await (opened as Response).json()) as { token: string };
    for (const { url } of [a, b]) expect((await fetch(`${url}/v1/hints`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  });

  test('wrong enrolment codes are counted together', async () => {
    const [a, b] = await twoServers({});
    for (let n = 0; n < 10; n += 1) expect(problemIn((await tryToEnrol([a, b][n % 2]?.url ?? '', { code: 'AAAA-AAAA-AAAA-AAAA', firstAccount: account })).outcome)?.code).toBe('code-invalid');
    for (const { url } of [a, b]) expect(problemIn((await tryToEnrol(url, { code: 'AAAA-AAAA-AAAA-AAAA' })).outcome)?.code).toBe('rate-limited');
  });

  test('one code that two laptops show to two processes at the same moment lets one in', async () => {
    const [a, b] = await twoServers({});
    // The start of the second process made the first one's code worthless.
    const outcomes = await Promise.all([a, b, a, b].map(({ url }) => tryToEnrol(url, { code: b.firstAccountCode ?? '', firstAccount: account })));
    expect(outcomes.map(({ outcome }) => problemIn(outcome)?.code ?? 'in').sort()).toEqual(['code-used', 'code-used', 'code-used', 'in']);
    expect(await onDatabase((await databaseOf(a.dataDir)) ?? '', 'SELECT COUNT(*)::int AS n FROM offices')).toEqual([{ n: 1 }]);
  });

  test('a key that was made by whichever process came first is that of all', async () => {
    const [a, b] = await twoServers({});
    const admin = await enrolLaptop(a.url, { code: b.firstAccountCode ?? '', firstAccount: account });
    expectDone(await admin.office('organ.save', { organId: null, name: '甲一', kind: 'bureau', level: 'municipal' }));
    admin.moveTo(b.url);
    expectDone(await admin.office('organ.save', { organId: null, name: '甲二', kind: 'bureau', level: 'municipal' }));
    const keys = await onDatabase((await databaseOf(a.dataDir)) ?? '', "SELECT DISTINCT public_key FROM chains WHERE chain_code = 'SRV' UNION SELECT public_key FROM server_identity");
    expect(keys).toHaveLength(1);
  });

  test('an original that begins at one process goes on and is read at the other', async () => {
    const [a, b] = await twoServers();
    const laptop = await demoLaptop(a.url, 'inspector');
    const bytes = randomBytes(50_000);
    expectDone(await laptop.sendPiece(sha256(bytes), bytes.length, 0, bytes.subarray(0, 20_000)));
    laptop.moveTo(b.url);
    expect(expectDone(await laptop.sendPiece(sha256(bytes), bytes.length, 20_000, bytes.subarray(20_000)))).toMatchObject({ complete: true });
    laptop.moveTo(a.url);
    expect(Buffer.from(await (await laptop.fetch(`/v1/evidence/${sha256(bytes)}`)).arrayBuffer()).equals(bytes)).toBe(true);
  });
});

describe('who decides has the office to himself', () => {
  test('two administrators at two processes give one name once', async () => {
    const [a, b] = await twoServers();
    const admins = [await demoLaptop(a.url, 'administrator'), await demoLaptop(b.url, 'administrator')];
    const outcomes = await Promise.all([0, 1, 0, 1].map((n) => (admins[n] as TestLaptop).office('organ.save', { organId: null, name: '同名机构', kind: 'bureau', level: 'district' })));
    expect(outcomes.map((outcome) => problemIn(outcome)?.code ?? 'saved').sort()).toEqual(['duplicate', 'duplicate', 'duplicate', 'saved']);
  });

  test('the same push through both processes at once is taken once and has one receipt', async () => {
    const [a, b] = await twoServers();
    const laptop = await demoLaptop(a.url, 'inspector');
    laptop.write(...Array.from({ length: 30 }, (_, n) => newChange('roomCheck', newId(), { remarks: `房间${n}` })));
    const token = await laptop.token();
    const send = async ({ url }: TestServer): Promise<unknown> =>
      (await (await fetch(`${url}/v1/exchange`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ v: 1, cursor: 0, pageLimit: 0, push: laptop.push(1) }) })).json());
    const replies = (await Promise.all([a, b, a, b].map(send))) as { receipt: { seq: number; id: string } | null }[];
    expect(new Set(replies.map(({ receipt }) => `${receipt?.seq} ${receipt?.id}`))).toEqual(new Set([`30 ${laptop.journal[29]?.id}`]));
    await laptop.sync();
    expect(laptop.pulled.filter(({ deviceId }) => deviceId === laptop.deviceId)).toHaveLength(30);
  });

  test('laptops that enrol at two processes at once get codes that differ', async () => {
    const [a, b] = await twoServers();
    const laptops = await Promise.all(Array.from({ length: 12 }, (_, n) => demoLaptop([a, b][n % 2]?.url ?? '', n % 3 ? 'inspector' : 'assistant')));
    expect(new Set(laptops.map(({ entry }) => entry.chainCode)).size).toBe(12);
  });
});

describe('word goes from process to process', () => {
  test('a listener at one hears of what was written at the other', async () => {
    const [a, b] = await twoServers();
    const [inspector, head] = [await demoLaptop(a.url, 'inspector'), await demoLaptop(b.url, 'sectionHead')];
    const stream = await listenTo(head);
    const start = await stream.cursor();
    inspector.write(newChange('institution', newId(), { name: '甲单位' }));
    await inspector.sync();
    expect(await stream.cursorFrom(start + 1)).toBe(start + 1);
  });

  test('the stream of a laptop that was revoked at the other process ends, and so does that of a person made inactive', async () => {
    const [a, b] = await twoServers();
    const [laptop, leader, admin] = [await demoLaptop(b.url, 'inspector'), await demoLaptop(b.url, 'leader'), await demoLaptop(a.url, 'administrator')];
    const streams = [await listenTo(laptop), await listenTo(leader)];
    expectDone(await admin.office('chain.revoke', { chainId: laptop.chainId, reason: '电脑遗失' }));
    expect(await streams[0]?.toItsEnd()).toBe('ended');
    expect((await laptop.fetch('/v1/hints')).status).toBe(403);
    await admin.sync();
    const person = admin.pulled.find(({ recordType, recordId }) => recordType === 'person' && recordId === leader.entry.officerId);
    const fields = Object.fromEntries(Object.entries(person?.patch ?? {}).map(([field, { to }]) => [field, to]));
    expectDone(await admin.office('person.save', { ...fields, officerId: leader.entry.officerId, active: false } as never));
    expect(await streams[1]?.toItsEnd()).toBe('ended');
  });

  test('after the wire was cut every stream ends, and who asks again hears how far the feed is and all that follows', async () => {
    const [a, b] = await twoServers();
    const [inspector, head] = [await demoLaptop(a.url, 'inspector'), await demoLaptop(b.url, 'sectionHead')];
    const before = await listenTo(head);
    const start = await before.cursor();
    await onDatabase((await databaseOf(a.dataDir)) ?? '', "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'");
    expect(await before.toItsEnd()).toBe('ended');
    const after = await listenTo(head);
    expect(await after.cursor()).toBe(start);
    inspector.write(newChange('institution', newId(), { name: '甲单位' }));
    await inspector.sync();
    expect(await after.cursorFrom(start + 1)).toBe(start + 1);
  });

  test('what nobody of us would say on the wire is passed over', async () => {
    const [a] = await twoServers();
    const head = await demoLaptop(a.url, 'sectionHead');
    const stream = await listenTo(head);
    const start = await stream.cursor();
    const address = (await databaseOf(a.dataDir)) ?? '';
    for (const text of ['', '{', '{"from":"x","kind":"news","officeId":"o","cursor":-1}', '{"from":"x","kind":"drop-everything"}']) await onDatabase(address, `SELECT pg_notify('xuncha', '${text}')`);
    await onDatabase(address, `SELECT pg_notify('xuncha', '${JSON.stringify({ from: 'x', kind: 'news', officeId: head.entry.officeId, cursor: start + 5 })}')`);
    expect(await stream.cursorFrom(start + 1)).toBe(start + 5);
    expect(a.log().match(/nobody of us would/g)).toHaveLength(4);
  });
});

test('two demo servers that start at the same moment on an empty database make one office', async () => {
  const dataDir = tempDir();
  const servers = await Promise.all([openTestServer({ dataDir, demo: true }), openTestServer({ dataDir, demo: true })]);
  const laptops = await Promise.all(servers.map(({ url }) => demoLaptop(url, 'inspector')));
  expect(new Set(laptops.map(({ entry }) => entry.chainCode)).size).toBe(2);
  expect(await onDatabase((await databaseOf(dataDir)) ?? '', 'SELECT COUNT(*)::int AS n FROM offices')).toEqual([{ n: 1 }]);
});

test('a key that nobody enrolled opens nothing at any process', async () => {
  const [a, b] = await twoServers();
  const laptop = await demoLaptop(a.url, 'inspector');
  const { privateKey } = generateKeyPairSync('ed25519');
  const { challenge } = (await (await postJson(`${a.url}/v1/session/challenge`, { v: 1, chainId: laptop.chainId })).json()) as { challenge: string };
  const signature = sign(null, Buffer.from(`xuncha-session-v1:${challenge}`), privateKey).toString('base64');
  expect((await postJson(`${b.url}/v1/session`, { v: 1, chainId: laptop.chainId, challenge, signature })).status).toBe(401);
});
