import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SyncStatus } from '#shared/bridge/calls.ts';
import { SyncScreen } from '../../../src-renderer/features/sync/sync-screen.tsx';
import { DeskProvider } from '../../../src-renderer/store/desk-context.tsx';
import type { Desk } from '../../../src-renderer/store/desk.ts';
import { openDesk } from '../../../src-renderer/store/open-desk.ts';
import { fakeMain, myChain } from '../../helpers/fake-bridge.ts';
import { click, eventually, pageText, render, unmountAll } from './render.tsx';

const inspection = '0190c5a0-0000-7000-8000-0000000000a1';
const quiet: SyncStatus = { phase: 'idle', unsent: 0, refused: [], lastContactAt: '2026-08-12T06:05:00.000Z', lastProblem: null, clockOffsetMs: 0, setBack: null, evidencePending: { files: 0, bytes: 0 } };

let main: ReturnType<typeof fakeMain>;
let desk: Desk;
let status: SyncStatus;
let exchanges: number;

beforeEach(async () => {
  main = fakeMain();
  exchanges = 0;
  const { call, on } = main.bridge;
  Object.assign(window, {
    bridge: {
      on,
      call: async (name: string, request: unknown) => {
        if (name === 'sync.now') exchanges += 1;
        return name === 'sync.status' || name === 'sync.now' ? status : call(name, request);
      },
    },
  });
  desk = await openDesk(main.session());
  await desk.edit([{ recordType: 'inspection', recordId: inspection, values: { institutionId: '0190c5a0-0000-7000-8000-0000000000d1', institutionName: '示例市档案局', title: '夏季检查' } }]);
  await desk.edit([{ recordType: 'roomCheck', recordId: '0190c5a0-0000-7000-8000-0000000000b1', values: { inspectionId: inspection, room: '0301', setTemperatureC: '24' } }]);
});

afterEach(async () => {
  await unmountAll();
  await desk.close();
  await Dexie.delete(`xuncha-${myChain}`);
});

async function open(shown: SyncStatus): Promise<void> {
  status = shown;
  await render(<DeskProvider desk={desk}><SyncScreen /></DeskProvider>);
}

test('a refused or unreadable change is kept, shown and explained: with its record, its fields and its reason, and nothing is called sent', async () => {
  const room = main.own[1];
  await open({ ...quiet, refused: [{ seq: 2, id: room?.id ?? '', problem: { code: 'locked' } }] });
  await eventually(() => expect(pageText()).toContain('房间 0301'));
  expect(pageText()).toContain('示例市档案局');
  expect(pageText()).toContain('房间号、设定温度');
  expect(pageText()).toContain('这份记录已经定稿锁定，内容没有改动；需要更正时请另作补正。');
  expect(pageText()).not.toContain('全部内容都已送到服务器');
});

test('what waits offline is listed by name, without alarm', async () => {
  await open({ ...quiet, phase: 'offline', unsent: 1, lastProblem: { code: 'server-unreachable' } });
  await eventually(() => expect(pageText()).toContain('房间 0301'));
  expect(pageText()).toContain('还有 1 条没有同步，联网后自动发送。');
  expect(document.querySelector('[role=alert]')).toBeNull();
});

test('a wrong clock is said in minutes, and the button exchanges at once', async () => {
  await open({ ...quiet, clockOffsetMs: -3 * 3_600_000 });
  await eventually(() => expect(pageText()).toContain('本机时间比服务器慢约 180 分钟'));
  await click('立即同步');
  await eventually(() => expect(exchanges).toBe(1));
});

test('a server that was put back to an older backup is said, while it goes on and afterwards', async () => {
  const setBack = { noticedAt: '2026-08-12T06:05:00.000Z', finishedAt: null, resent: 3 };
  await open({ ...quiet, phase: 'exchanging', unsent: 20, setBack });
  expect(pageText()).toContain('服务器换成了较早的备份（2026-08-12 14:05 发现）');
  expect(pageText()).toContain('取完以前，这里仍按原有记录显示');
  await unmountAll();
  await open({ ...quiet, setBack: { ...setBack, finishedAt: '2026-08-12T06:06:00.000Z', resent: 23 } });
  expect(pageText()).toContain('已重新送达它丢失的 23 条');
});

test('a value that no record can hold stands there word for word with its reason, until it is given up', async () => {
  desk.draft({ recordType: 'roomCheck', recordId: '0190c5a0-0000-7000-8000-0000000000b1', values: { areaM2: '约三十平方米' } });
  await desk.flush();
  await open(quiet);
  await eventually(() => expect(pageText()).toContain('房间 0301'));
  expect(pageText()).toContain('没有存下的 1 处');
  expect(pageText()).toContain('约三十平方米');
  await click('放弃');
  await eventually(() => expect(pageText()).not.toContain('约三十平方米'));
  expect(desk.saveState()).toEqual({ kind: 'saved' });
});

test('a change of a newer program is counted as waiting for the update', async () => {
  await open(quiet);
  main.arrive({ recordType: 'heatPump', recordId: '0190c5a0-0000-7000-8000-0000000000e1', kind: 'create', patch: {} }, '0190c5a0-0000-7000-8000-0000000000c1.0190c5a0-0000-7000-8000-0000000000c2', 1);
  await eventually(() => expect(pageText()).toContain('由更新版本写成的 1 条'));
});
