import { describe, expect, test } from 'vitest';
import { refusedMark } from '#shared/sync/refused-mark.ts';
import { openTestServer } from '../../helpers/server.ts';
import { demoLaptop, expectDone, newChange, newId, problemIn, sha256, signed, type TestLaptop } from '../../helpers/test-laptop.ts';

const institution = (name: string) => newChange('institution', newId(), { name, creditCode: null, level: 'municipal' });
const inspection = (id: string, leadOfficerId: string) => newChange('inspection', id, { institutionName: '样例单位', season: 'cooling', leadOfficerId });
const room = (inspectionId: string, room: string, order = 1) => newChange('roomCheck', newId(), { inspectionId, room, order });

test('what one laptop pushes, another pulls, whole and in the same order', async () => {
  const { url } = await openTestServer({ demo: true });
  const [inspector, head] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'sectionHead')];
  const id = newId();
  inspector.write(inspection(id, inspector.entry.officerId), room(id, '3-0214 𠮷'), room(id, '3-0215'));
  await inspector.sync();
  await head.sync();
  const theirs = head.pulled.filter(({ officerId }) => officerId === inspector.entry.officerId);
  expect(theirs.map((item) => item.id)).toEqual(inspector.journal.map((change) => change.id));
  expect(theirs.map(({ patch, salt, wall, mono, bootId, recordId, kind }) => ({ patch, salt, wall, mono, bootId, recordId, kind })))
    .toEqual(inspector.journal.map(({ body: { patch, salt, wall, mono, bootId, recordId, kind } }) => ({ patch, salt, wall, mono, bootId, recordId, kind })));
  expect(inspector.receipted()).toBe(3);
});

test('push is idempotent: same id, same receipt, and nothing is published twice', async () => {
  const { url } = await openTestServer({ demo: true });
  const laptop = await demoLaptop(url, 'inspector');
  laptop.write(institution('甲单位'), institution('乙单位'));
  const first = expectDone(await laptop.exchange({ push: laptop.push(1) }));
  const again = expectDone(await laptop.exchange({ push: laptop.push(1) }));
  expect(again.receipt).toEqual(first.receipt);
  expect(again.page).toEqual(first.page);
  laptop.write(institution('丙单位'));
  const overlapping = expectDone(await laptop.exchange({ push: laptop.push(2) }));
  expect(overlapping.receipt).toMatchObject({ seq: 3, id: laptop.journal[2]?.id });
  expect(overlapping.page.length).toBe(first.page.length + 1);
});

test('a gap is refused and the server says which change it waits for', async () => {
  const { url } = await openTestServer({ demo: true });
  const laptop = await demoLaptop(url, 'inspector');
  laptop.write(institution('甲单位'), institution('乙单位'), institution('丙单位'));
  expect(problemIn(await laptop.exchange({ push: laptop.push(2) }))).toEqual({ code: 'gap', detail: { expected: 1, seq: 2 } });
  expect(expectDone(await laptop.exchange({})).receipt).toBeNull();
});

test('a fork is an alarm: a copied profile that goes another way is refused whole and kept apart', async () => {
  const server = await openTestServer({ demo: true });
  const laptop = await demoLaptop(server.url, 'inspector');
  laptop.write(institution('甲单位'), institution('乙单位'));
  await laptop.sync();
  const copy = { journal: [...laptop.journal] };
  laptop.write(institution('丙单位'));
  await laptop.sync();
  // The copy has the same first two changes and the same key, but wrote something else as its third.
  const forked = (laptop.journal as typeof copy.journal).splice(2, 1);
  laptop.write(institution('丁单位'), institution('戊单位'));
  const refused = await laptop.exchange({ push: laptop.push(2) });
  expect(problemIn(refused)).toEqual({ code: 'fork', detail: { seq: 3 } });
  expect(expectDone(await laptop.exchange({})).receipt).toMatchObject({ seq: 3, id: forked[0]?.id });
  const names = expectDone(await laptop.exchange({ cursor: 0 })).page.map(({ patch }) => patch['name']?.to);
  expect(names).toContain('丙单位');
  expect(names).not.toContain('丁单位');
  expect(server.log()).toMatch(/"level":50.*"alarm":true.*"code":"fork"/);
});

test('a signature that does not fit is refused, whoever has the session', async () => {
  const { url } = await openTestServer({ demo: true });
  const [laptop, other] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'secondInspector')];
  laptop.write(institution('甲单位'));
  const push = laptop.push(1);
  const withOtherKey = { ...push, signature: signed(other.key, laptop.journal[0]?.id ?? '') };
  const altered = { ...push, changes: push.changes.map((change) => ({ ...change, patch: { name: { was: null, to: '改名单位' } } })) };
  for (const each of [withOtherKey, altered, { ...push, signature: 'A'.repeat(88) }]) {
    expect(problemIn(await laptop.exchange({ push: each }))?.code).toBe('bad-signature');
  }
  // Another person's changes under one's own session are not one's own chain.
  expect(problemIn(await other.exchange({ push }))?.code).toBe('bad-signature');
  expect(expectDone(await laptop.exchange({})).receipt).toBeNull();
});

describe('a change that can not be published', () => {
  test('one poison change never blocks the queue behind it', async () => {
    const { url } = await openTestServer({ demo: true });
    const [laptop, head] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'sectionHead')];
    const id = newId();
    laptop.write(
      inspection(id, laptop.entry.officerId),
      { recordType: 'heatPump', recordId: newId(), kind: 'create', patch: { name: { was: null, to: '来自新版本' } } },
      newChange('roomCheck', newId(), { inspectionId: id, humidity: '40' }),
      newChange('roomCheck', newId(), { inspectionId: id, setTemperatureC: '二十六' }),
      newChange('roomCheck', newId(), { inspectionId: id, remarks: 'x'.repeat(2001) }),
      newChange('roomCheck', newId(), { inspectionId: id, remarks: 'a\u0000b' }),
      room(id, '3-0214'),
    );
    await laptop.sync();
    expect(laptop.receipted()).toBe(7);
    expect(laptop.refused.map(({ seq, problem }) => [seq, problem])).toEqual([
      [2, { code: 'newer-version', detail: { recordType: 'heatPump' } }],
      [3, { code: 'newer-version', detail: { recordType: 'roomCheck', field: 'humidity' } }],
      [4, { code: 'invalid-input', detail: { recordType: 'roomCheck', field: 'setTemperatureC' } }],
      [5, { code: 'field-too-long', detail: { recordType: 'roomCheck', field: 'remarks', limit: 2000 } }],
      [6, { code: 'invalid-input', detail: { recordType: 'roomCheck', field: 'remarks', flaw: 'nul' } }],
    ]);
    await head.sync();
    expect(head.pulled.filter(({ officerId }) => officerId === laptop.entry.officerId).map(({ seq }) => seq)).toEqual([1, 7]);
  });

  test('a refused or unreadable change is kept, shown and explained, again when its push is repeated', async () => {
    const { url } = await openTestServer({ demo: true });
    const laptop = await demoLaptop(url, 'assistant');
    laptop.write(institution('助理不建单位'));
    const first = expectDone(await laptop.exchange({ push: laptop.push(1) }));
    expect(first.refused).toEqual([{ seq: 1, id: laptop.journal[0]?.id, problem: { code: 'not-allowed', detail: { recordType: 'institution', kind: 'create' } } }]);
    expect(expectDone(await laptop.exchange({ push: laptop.push(1) })).refused).toEqual(first.refused);
  });

  test('is named to whoever does not say that he knows it, and costs nothing to who does', async () => {
    const { url } = await openTestServer({ demo: true });
    const laptop = await demoLaptop(url, 'assistant');
    laptop.write(institution('助理不建单位'), institution('又一个'));
    const { refused } = expectDone(await laptop.exchange({ push: laptop.push(1) }));
    expect(refused?.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(expectDone(await laptop.exchange({ refusedMark: refusedMark(refused ?? [], sha256) })).refused).toBeNull();
    expect(expectDone(await laptop.exchange({ refusedMark: refusedMark(refused?.slice(1) ?? [], sha256) })).refused).toEqual(refused);
    expect(expectDone(await laptop.exchange({})).refused).toEqual(refused);
  });

  test('is one that only the server may write, or that the role does not allow', async () => {
    const { url } = await openTestServer({ demo: true });
    const [laptop, leader] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'leader')];
    laptop.write(
      newChange('person', laptop.entry.officerId, { roles: ['leader', 'system-administrator'] }, 'edit'),
      newChange('opinion', newId(), { nextStep: 'finished' }),
      newChange('basisList', newId(), { comment: '' }),
      newChange('review', newId(), { inspectionId: newId(), verdict: 'approved', comment: '', at: '2026-08-12T06:03:00.000Z' }),
    );
    leader.write(institution('领导不建单位'));
    await laptop.sync();
    await leader.sync();
    expect([...laptop.refused, ...leader.refused].map(({ problem }) => problem.code)).toEqual(Array(5).fill('not-allowed'));
  });

  test('is one that gives a record of one kind the id of another', async () => {
    const { url } = await openTestServer({ demo: true });
    const laptop = await demoLaptop(url, 'inspector');
    const id = newId();
    laptop.write(inspection(id, laptop.entry.officerId), newChange('roomCheck', id, { room: '3-0214' }));
    await laptop.sync();
    expect(laptop.refused.map(({ seq, problem }) => [seq, problem.code])).toEqual([[2, 'invalid-input']]);
  });
});

describe('the feed', () => {
  test('comes in pages of the size asked for, and says when there is more', async () => {
    const { url } = await openTestServer({ demo: true });
    const laptop = await demoLaptop(url, 'inspector');
    laptop.write(...Array.from({ length: 7 }, (_, n) => institution(`单位${n}`)));
    const { next: start } = expectDone(await laptop.exchange({}));
    expectDone(await laptop.exchange({ push: laptop.push(1), pageLimit: 0 }));
    const sizes: number[] = [];
    let cursor = start;
    for (let more = true; more;) {
      const reply = expectDone(await laptop.exchange({ cursor, pageLimit: 3 }));
      sizes.push(reply.page.length);
      expect(reply.next).toBe(cursor + reply.page.length);
      ({ next: cursor, more } = reply);
    }
    expect(sizes).toEqual([3, 3, 1]);
    expect(expectDone(await laptop.exchange({ cursor: start, pageLimit: 0 }))).toMatchObject({ page: [], next: start, more: true });
  });

  test('refuses a position beyond its end, and takes nothing with it', async () => {
    const { url } = await openTestServer({ demo: true });
    const laptop = await demoLaptop(url, 'inspector');
    const { next: end } = expectDone(await laptop.exchange({}));
    laptop.write(institution('甲单位'));
    expect(problemIn(await laptop.exchange({ cursor: end + 1, push: laptop.push(1) }))).toEqual({ code: 'cursor-invalid', detail: { cursor: end + 1, end } });
    expect(expectDone(await laptop.exchange({})).receipt).toBeNull();
  });

  test('refuses a position whose change is not the one that the laptop has there, and takes nothing with it', async () => {
    const server = await openTestServer({ demo: true });
    const laptop = await demoLaptop(server.url, 'inspector');
    await laptop.sync();
    const last = laptop.pulled.at(-1);
    laptop.write(institution('甲单位'));
    expect(problemIn(await laptop.exchange({ cursorId: 'f'.repeat(64), push: laptop.push(1) }))).toMatchObject({ code: 'cursor-invalid', detail: { reason: 'other-feed' } });
    expect(server.log()).toContain('was an older backup put back');
    expect(expectDone(await laptop.exchange({ cursorId: last?.id ?? '' })).receipt).toBeNull();
    expect(expectDone(await laptop.exchange({ cursor: 0, cursorId: null, pageLimit: 1 })).page).toHaveLength(1);
  });

  test("leaves a laptop's own changes out when it asks so, and says what stands at the end all the same", async () => {
    const { url } = await openTestServer({ demo: true });
    const [mine, theirs] = [await demoLaptop(url, 'inspector'), await demoLaptop(url, 'leader')];
    const { next: start } = expectDone(await mine.exchange({}));
    for (const [laptop, names] of [[mine, ['甲', '乙']], [await demoLaptop(url, 'sectionHead'), ['丙']], [mine, ['丁', '戊', '己']]] as const) {
      laptop.write(...names.map((name) => institution(name)));
      await laptop.sync();
    }
    const whole = expectDone(await theirs.exchange({ cursor: 0 }));
    const others = whole.page.filter(({ deviceId }) => deviceId !== mine.deviceId).map(({ id }) => id);
    const found: string[] = [];
    let place: { cursor: number; cursorId: string | null } = { cursor: 0, cursorId: null };
    for (let more = true; more; ) {
      const reply = expectDone(await mine.exchange({ ...place, omitOwn: true, pageLimit: 2 }));
      found.push(...reply.page.map(({ id }) => id));
      const last = reply.page.at(-1);
      place = { cursor: reply.next, cursorId: last?.cursor === reply.next ? last.id : (reply.nextId ?? null) };
      more = reply.more;
    }
    expect(found).toEqual(others);
    expect(place).toEqual({ cursor: start + 6, cursorId: mine.journal.at(-1)?.id });
    expect(expectDone(await mine.exchange({ ...place, omitOwn: true })).page).toEqual([]);
    expect(problemIn(await mine.exchange({ ...place, cursorId: 'f'.repeat(64), omitOwn: true }))).toMatchObject({ code: 'cursor-invalid', detail: { reason: 'other-feed' } });
  });

  test("nobody skips another's change while eight laptops push and pull at once, each without its own", async () => {
    const { url } = await openTestServer({ demo: true });
    const laptops = await Promise.all(Array.from({ length: 8 }, () => demoLaptop(url, 'inspector')));
    const begin = expectDone(await (laptops[0] as TestLaptop).exchange({ cursor: 0 })).next;
    const seen = laptops.map(() => [] as string[]);
    const places = laptops.map(() => begin);
    const pull = async (laptop: TestLaptop, n: number): Promise<void> => {
      for (let more = true; more; ) {
        const reply = expectDone(await laptop.exchange({ cursor: places[n] ?? 0, omitOwn: true, pageLimit: 7 }));
        seen[n]?.push(...reply.page.map(({ id }) => id));
        [places[n], more] = [reply.next, reply.more];
      }
    };
    await Promise.all(laptops.map(async (laptop, n) => {
      for (let round = 0; round < 10; round += 1) {
        laptop.write(...Array.from({ length: 1 + ((round + n) % 4) }, (_, i) => institution(`单位${n}-${round}-${i}`)));
        expectDone(await laptop.exchange({ cursor: places[n] ?? 0, pageLimit: 0, omitOwn: true, push: laptop.push(laptop.journal.length - ((round + n) % 4)) }));
        await pull(laptop, n);
      }
    }));
    await Promise.all(laptops.map(pull));
    for (const [n, laptop] of laptops.entries()) {
      const expected = laptops.filter((other) => other !== laptop).flatMap(({ journal }) => journal.map(({ id }) => id));
      expect(new Set(seen[n]).size, 'nothing twice').toBe(seen[n]?.length);
      expect(expected.filter((id) => !seen[n]?.includes(id)), 'nothing left out').toEqual([]);
    }
  });

  test('the pull cursor follows commit order: no reader skips a change while eight laptops push at once', async () => {
    const { url } = await openTestServer({ demo: true });
    const writers = await Promise.all(Array.from({ length: 8 }, () => demoLaptop(url, 'inspector')));
    const reader = await demoLaptop(url, 'leader');
    let writing = true;
    const reading = (async () => {
      while (writing) await reader.sync();
      await reader.sync();
    })();
    await Promise.all(writers.map(async (writer, n) => {
      for (let round = 0; round < 12; round += 1) {
        writer.write(...Array.from({ length: 1 + ((round + n) % 5) }, (_, i) => institution(`单位${n}-${round}-${i}`)));
        await writer.sync();
      }
    }));
    writing = false;
    await reading;
    const cursors = reader.pulled.map(({ cursor }) => cursor);
    expect(cursors).toEqual(cursors.map((_, index) => index + 1));
    const pushed = writers.flatMap(({ journal }) => journal.map(({ id }) => id));
    expect(new Set(reader.pulled.map(({ id }) => id)).size).toBe(reader.pulled.length);
    expect(pushed.filter((id) => !reader.pulled.some((item) => item.id === id))).toEqual([]);
    for (const writer of writers) {
      const seqs = reader.pulled.filter(({ deviceId }) => deviceId === writer.deviceId).map(({ seq }) => seq);
      expect(seqs).toEqual(writer.journal.map(({ seq }) => seq));
    }
  });
});

test('a thousand changes go through in one push', async () => {
  const { url } = await openTestServer({ demo: true });
  const laptop = await demoLaptop(url, 'inspector');
  const id = newId();
  laptop.write(inspection(id, laptop.entry.officerId), ...Array.from({ length: 999 }, (_, n) => newChange('roomCheck', newId(), {
    inspectionId: id, order: n, room: `3-${n}`, floor: '3', use: '办公室', outcome: 'checked', mode: 'cooling', setTemperatureC: '24', 'readings/r1': { valueC: '25.4', at: null, point: 1 },
  })));
  await laptop.token();
  const push = laptop.push(1);
  const startedAt = performance.now();
  const reply = expectDone(await laptop.exchange({ push, pageLimit: 0 }));
  process.stdout.write(`push of 1,000 changes to receipt: ${Math.round(performance.now() - startedAt)} ms\n`);
  expect(reply.receipt?.seq).toBe(1000);
  expect(reply.refused).toEqual([]);
});
