import { expect, test } from 'vitest';
import { cursorIn, listenTo } from '../../helpers/hint-stream.ts';
import { openTestServer } from '../../helpers/server.ts';
import { demoLaptop, enrolLaptop, expectDone, newChange, newId, type TestLaptop } from '../../helpers/test-laptop.ts';

const listen = async (laptop: TestLaptop) => (await listenTo(laptop)).next;

test('a listener hears where the feed ends, and then of every commit', async () => {
  const { url } = await openTestServer({ demo: true });
  const [inspector, head] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'sectionHead')];
  const next = await listen(head);
  const start = cursorIn(await next());
  expect(expectDone(await head.exchange({})).next).toBe(start);
  inspector.write(newChange('institution', newId(), { name: '甲单位' }), newChange('institution', newId(), { name: '乙单位' }));
  await inspector.sync();
  expect(cursorIn(await next())).toBe(start + 2);
  const admin = await demoLaptop(url, 'administrator');
  // Enrolment tells everybody too: it costs one look.
  expect(cursorIn(await next())).toBe(start + 2);
  expectDone(await admin.office('organ.save', { organId: null, name: '示例区机关事务中心', kind: 'bureau', level: 'district' }));
  expect(cursorIn(await next())).toBe(start + 3);
});

test('an idle stream shows that it lives', async () => {
  const { url } = await openTestServer({ demo: true, heartbeatMs: 20 });
  const next = await listen(await demoLaptop(url, 'leader'));
  await next();
  expect([await next(), await next()]).toEqual([':', ':']);
});

test('nobody hears of another office', async () => {
  const server = await openTestServer();
  const account = { name: '甲', loginName: 'jia', officeName: '甲局' };
  const a = await enrolLaptop(server.url, { code: server.firstAccountCode ?? '', firstAccount: account });
  await server.stop();
  const both = await openTestServer({ dataDir: server.dataDir, addOffice: true });
  a.moveTo(both.url);
  const b = await enrolLaptop(both.url, { code: both.firstAccountCode ?? '', firstAccount: { ...account, officeName: '乙局' } });
  const next = await listen(b);
  expect(cursorIn(await next())).toBe(2);
  a.write(newChange('institution', newId(), { name: '甲单位' }));
  await a.sync();
  b.write(newChange('institution', newId(), { name: '乙单位' }));
  await b.sync();
  expect(cursorIn(await next()), "the next news is the own office's").toBe(3);
});

test('the stream of a revoked laptop ends at once, and every stream when the server closes', async () => {
  const server = await openTestServer({ demo: true });
  const [laptop, head, admin] = [await demoLaptop(server.url, 'inspector'), await demoLaptop(server.url, 'sectionHead'), await demoLaptop(server.url, 'administrator')];
  const [revoked, other] = [await listen(laptop), await listen(head)];
  await revoked();
  await other();
  expectDone(await admin.office('chain.revoke', { chainId: laptop.chainId, reason: '电脑遗失' }));
  expect(await revoked()).toBeNull();
  await server.stop();
  expect(await other()).toBeNull();
});
