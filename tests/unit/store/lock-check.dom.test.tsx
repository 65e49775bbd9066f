import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockOf } from '#shared/domain/inspection/conclude.ts';
import { recordTypes, type RecordRegistry } from '#shared/domain/records.ts';
import type { AppliedChange } from '#shared/journal/change.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { foldRecord, type RecordState } from '#shared/sync/record-state.ts';
import { LockCheckLine } from '../../../src-renderer/app/lock-check-line.tsx';
import { usePaperWork } from '../../../src-renderer/features/documents/paper-work.ts';
import { ReviewPanel } from '../../../src-renderer/features/review/review-panel.tsx';
import { DeskProvider } from '../../../src-renderer/store/desk-context.tsx';
import type { Desk } from '../../../src-renderer/store/desk.ts';
import { FieldDatabase } from '../../../src-renderer/store/field-database.ts';
import { hashText } from '../../../src-renderer/store/hash-text.ts';
import { lockChecker } from '../../../src-renderer/store/lock-check.ts';
import { LockCheckProvider } from '../../../src-renderer/store/lock-check-context.tsx';
import { openDesk } from '../../../src-renderer/store/open-desk.ts';
import { fakeMain, myChain, myOfficer, office } from '../../helpers/fake-bridge.ts';
import { click, eventually, pageText, render, unmountAll } from '../shell/render.tsx';

const inspection = '0190c5a0-0000-7000-8000-0000000000a1';
const roomId = (n: number): string => `0190c5a0-0000-7000-8000-0000000000b${n}`;
const lead = '0190c5a0-0000-7000-8000-0000000000c2';
const leadChain = `0190c5a0-0000-7000-8000-0000000000c1.${lead}`;
const colleague = '0190c5a0-0000-7000-8000-0000000000e1.0190c5a0-0000-7000-8000-0000000000e2';

let main: ReturnType<typeof fakeMain>;
let desk: Desk | null;
const seqs = new Map<string, number>();

type Values = Readonly<Record<string, JsonValue>>;
/** A change of somebody else as his desk wrote it; it arrives here when the test sends it. */
type Sent = { readonly recordType: string; readonly recordId: string; readonly kind: string; readonly values: Values; readonly chain: string; readonly seq: number };

function write(chain: string, recordType: string, recordId: string, values: Values, kind = 'create'): Sent {
  const seq = (seqs.get(chain) ?? 0) + 1;
  seqs.set(chain, seq);
  return { recordType, recordId, kind, values, chain, seq };
}

function arrive({ recordType, recordId, kind, values, chain, seq }: Sent): void {
  main.arrive({ recordType, recordId, kind, patch: patchOf(values) }, chain, seq);
}

const patchOf = (values: Values) => Object.fromEntries(Object.entries(values).map(([path, to]) => [path, { was: null, to }]));

function folded(sent: readonly Sent[]): readonly RecordState[] {
  const changes = sent.map(({ recordType, recordId, kind, values, chain, seq }): AppliedChange => ({
    id: hashText(`${chain} ${seq}`), chainId: chain, seq, officeId: office, officerId: chain.slice(37), recordType, recordId, kind, patch: patchOf(values), wall: '2026-08-12T06:00:00.000Z', receivedAt: null,
  }));
  return [...new Set(changes.map((change) => change.recordId))].flatMap((id) => foldRecord(changes.filter((change) => change.recordId === id), null) ?? []);
}

const begun = (): Sent => write(leadChain, 'inspection', inspection, { institutionId: roomId(0), institutionName: '示例市档案局', leadOfficerId: lead, officerIds: [lead, myOfficer] });
const room = (n: number, chain = colleague): Sent => write(chain, 'roomCheck', roomId(n), { inspectionId: inspection, order: n, room: `030${n}`, outcome: 'checked', mode: 'cooling', setTemperatureC: '26' });

/** The lead concludes on what his desk holds. */
function locked(sent: readonly Sent[]): Sent {
  const [first, ...rooms] = folded(sent);
  const lock = lockOf(first!, rooms, { lockedAt: '2026-08-12T08:00:00.000Z', lockedBy: lead, hashText });
  return write(leadChain, 'inspection', inspection, { lock: lock as unknown as JsonValue }, 'lock');
}

async function start(records?: RecordRegistry): Promise<Desk> {
  desk = await openDesk(main.session(), undefined, undefined, records);
  return desk;
}

/** Somebody, or a defect, changes a row of the working copy behind the program's back. */
async function alterRow(recordId: string, fields: Values): Promise<void> {
  await desk?.close();
  desk = null;
  const database = new FieldDatabase(myChain);
  await database.open();
  const row = await database.records.get(recordId);
  await database.records.put({ ...row!, fields: { ...row!.fields, ...fields } });
  database.close();
}

beforeEach(() => {
  main = fakeMain();
  seqs.clear();
  Object.assign(window, { bridge: main.bridge, requestIdleCallback: (run: () => void) => setTimeout(run, 0) });
});

afterEach(async () => {
  await unmountAll();
  await desk?.close();
  await Dexie.delete(`xuncha-${myChain}`);
});

async function concluded(count = 3): Promise<readonly Sent[]> {
  const sent = [begun(), ...Array.from({ length: count }, (_, at) => room(at + 1))];
  for (const each of [...sent, locked(sent)]) arrive(each);
  return sent;
}

async function until<T>(look: () => Promise<T>, fits: (value: T) => boolean): Promise<void> {
  while (!fits(await look())) await new Promise<void>((resolve) => { setTimeout(resolve, 1); });
}

const check = async (of: Desk) => await lockChecker(of)(inspection);

describe('a colleague’s desk holds a locked inspection against its lock', () => {
  test('and finds it alike, a late room and a late entry notwithstanding', async () => {
    await concluded();
    arrive(room(4));
    arrive(write(colleague, 'roomCheck', roomId(2), { setTemperatureC: '22' }, 'edit'));
    const opened = await start();
    await until(() => opened.get(roomId(2)), (record) => record?.late.length === 1);
    expect(await check(opened)).toEqual({ kind: 'alike' });
  });

  test('and names the room whose row in the working copy was altered, and changes nothing', async () => {
    await concluded();
    await start();
    await alterRow(roomId(2), { setTemperatureC: '22' });
    const reopened = await start();
    expect(await check(reopened)).toEqual({ kind: 'unlike', inspection: false, rooms: ['0302'] });
    expect((await reopened.get(roomId(2)))?.fields['setTemperatureC']).toBe('22');
    expect(main.own).toEqual([]);
  });

  test('and waits, without alarm, for rooms that the lead saw and that are still on their way', async () => {
    const sent = [begun(), room(1), room(2)];
    const lock = locked(sent);
    for (const each of [sent[0]!, sent[1]!, lock]) arrive(each);
    const opened = await start();
    expect(await check(opened)).toEqual({ kind: 'awaited', count: 1 });
    arrive(sent[2]!);
    await until(() => check(opened), (found) => found.kind === 'alike');
  });

  test('and waits for the update when a room holds what only a newer program reads', async () => {
    const { remarks: _remarks, ...fields } = recordTypes.roomCheck.fields;
    const older: RecordRegistry = { ...recordTypes, roomCheck: { ...recordTypes.roomCheck, fields } };
    const sent = [begun(), room(1), write(colleague, 'roomCheck', roomId(1), { remarks: '窗户开着' }, 'edit'), room(2)];
    for (const each of [...sent, locked(sent)]) arrive(each);
    expect(await check(await start(older))).toEqual({ kind: 'awaited', count: 1 });
  });

  test('and says nothing of one that is not locked', async () => {
    arrive(begun());
    arrive(room(1));
    expect(await check(await start())).toEqual({ kind: 'open' });
  });
});

describe('on the screen', () => {
  function Maker() {
    const work = usePaperWork(inspection, null);
    return <p><button type="button" onClick={() => void work.make(['record-of-inspection'], {} as never)}>生成笔录</button>{work.problem && JSON.stringify(work.problem)}</p>;
  }
  const show = (of: Desk) => render(<DeskProvider desk={of}><LockCheckProvider inspectionId={inspection}><LockCheckLine /><Maker /><ReviewPanel inspectionId={inspection} /></LockCheckProvider></DeskProvider>);
  const button = (name: string): HTMLButtonElement => [...document.querySelectorAll('button')].find((each) => each.textContent === name)!;

  test('a red line names the room, no paper is made, nothing is handed over', async () => {
    await concluded();
    await start();
    await alterRow(roomId(2), { room: '0302', remarks: '后加的' });
    await show(await start());
    await eventually(() => expect(document.querySelector('[role=alert]')?.textContent).toContain('与定稿时不一致：0302'));
    await eventually(() => expect([button('导出 XLSX').disabled, button('导出 JSON').disabled]).toEqual([true, true]));
    await click('生成笔录');
    await eventually(() => expect(pageText()).toContain('"code":"locked","detail":{"reason":"unlike"}'));
    expect(main.own).toEqual([]);
  });

  test('what is on its way is told without red, and the line goes once all has arrived', async () => {
    const sent = [begun(), room(1), room(2)];
    const lock = locked(sent);
    for (const each of [sent[0]!, sent[1]!, lock]) arrive(each);
    await show(await start());
    await eventually(() => expect(pageText()).toContain('尚未收齐：定稿的内容还有 1 条没有完整到达本机'));
    expect(document.querySelector('[role=alert]')).toBeNull();
    expect(button('导出 XLSX').disabled).toBe(true);
    arrive(sent[2]!);
    await eventually(() => expect(pageText()).not.toContain('尚未收齐'));
    expect(button('导出 XLSX').disabled).toBe(false);
  });

  test('one as it was locked shows no line', async () => {
    await concluded();
    await show(await start());
    await eventually(() => expect(pageText()).toContain('已检 3 / 3 间'));
    await eventually(() => expect(button('导出 XLSX').disabled).toBe(false));
    expect(pageText()).not.toMatch(/与定稿时不一致|尚未收齐/);
  });
});
