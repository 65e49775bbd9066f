import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { App } from '../../../src-renderer/app/app.tsx';
import { setPreferences } from '../../../src-renderer/ui/preferences.ts';
import { fakeMain, myChain } from '../../helpers/fake-bridge.ts';
import { click, eventually, pageText, render, type, unmountAll } from './render.tsx';

const info = { version: '0.1.0', electron: '25.1.1', pinnedElectron: '45.4.1', isPinned: false, chromium: '114', platform: 'linux-x64', profileFormat: 0, profileDir: '/p', demoServer: null as string | null, deviceName: '笔记本一' };
const status = { phase: 'idle', unsent: 0, refused: [], lastContactAt: null, lastProblem: null, clockOffsetMs: null, setBack: null, evidencePending: { files: 0, bytes: 0 } };

let main: ReturnType<typeof fakeMain>;
let asked: [string, unknown][];
let answers: Record<string, (request: never) => unknown>;

beforeEach(() => {
  main = fakeMain();
  asked = [];
  const { chainId, officeId, officeName, officerId, officerName, loginName, chainCode, serverUrl } = main.session();
  const profile = { chainId, officeId, officeName, officerId, officerName, loginName, chainCode, serverUrl, demo: false };
  answers = {
    'app.info': () => info,
    'profile.list': () => [profile],
    'session.current': () => null,
    'session.open': (request: { passphrase: string }) => (request.passphrase === 'right one' || request.passphrase.startsWith('xuncha-demo') ? { ok: true, value: { ...main.session(), demo: info.demoServer !== null } } : { ok: false, problem: { code: 'wrong-passphrase' } }),
    'session.close': () => ({}),
    'profile.enrol': () => ({ ok: true, value: { ...profile, demo: true } }),
    'sync.status': () => status,
    'sync.now': () => ({ ...status, phase: 'offline', lastProblem: { code: 'server-unreachable' } }),
  };
  const { call, on } = main.bridge;
  Object.assign(window, {
    bridge: {
      on,
      call: async (name: string, request: unknown) => {
        asked.push([name, request]);
        const answer = answers[name];
        return answer ? structuredClone(answer(request as never)) : call(name, request);
      },
    },
  });
  localStorage.clear();
  setPreferences({ demoAccount: null });
  info.demoServer = null;
  window.location.hash = '';
});

afterEach(async () => {
  await unmountAll();
  await Dexie.delete(`xuncha-${myChain}`);
});

test('an officer picks the name, is told about a wrong passphrase, and signs in with the right one', async () => {
  await render(<App />);
  await eventually(() => expect(pageText()).toContain('示例检查员'));
  await type('口令', 'wrong one');
  await click('登录');
  await eventually(() => expect(pageText()).toContain('口令不对，没有登录；本机记录完好，请重新输入。'));
  await type('口令', 'right one');
  await click('登录');
  await eventually(() => expect(pageText()).toContain('已保存'));
  await eventually(() => expect(pageText()).toContain('无联系记录'));
});

test('after several wrong passphrases the seconds to wait are counted down, and nothing can be tried before', async () => {
  const wrong = answers['session.open'];
  answers['session.open'] = () => ({ ok: false, problem: { code: 'wrong-passphrase', detail: { waitSeconds: 2 } } });
  await render(<App />);
  await eventually(() => expect(pageText()).toContain('示例检查员'));
  await type('口令', 'wrong one');
  await click('登录');
  await eventually(() => expect(pageText()).toContain('口令不对，没有登录；本机记录完好。还需等待 2 秒才能再试。'));
  const button = (): HTMLButtonElement => [...document.querySelectorAll('button')].find((each) => each.textContent === '登录') as HTMLButtonElement;
  expect(button().disabled).toBe(true);
  await eventually(() => expect(pageText()).toContain('还需等待 1 秒才能再试。'), 300);
  await eventually(() => expect(pageText()).toContain('等待时间已过，现在可以再试'), 300);
  expect(button().disabled).toBe(false);
  answers['session.open'] = wrong as () => unknown;
  await type('口令', 'right one');
  await click('登录');
  await eventually(() => expect(pageText()).toContain('已保存'));
});

test('a start with a demo server goes straight to the demo inspector, marked as demo, and signing out shows the other accounts', async () => {
  info.demoServer = 'http://127.0.0.1:1';
  answers['profile.list'] = () => [];
  await render(<App />);
  await eventually(() => expect(pageText()).toContain('演示'));
  await eventually(() => expect(pageText()).toContain('今日'));
  expect(asked.find(([name]) => name === 'profile.enrol')?.[1]).toMatchObject({ code: 'DEMO-INSPECTOR-1', serverUrl: 'http://127.0.0.1:1' });
  await click('示例检查员');
  await click('退出登录');
  await eventually(() => expect(pageText()).toContain('选择一个演示账户'));
  expect(pageText()).toContain('处室负责人');
  await eventually(() => expect(asked.map(([name]) => name)).toContain('session.close'));
});

test('an empty laptop shows the enrolment, and nothing is sent while something is missing', async () => {
  answers['profile.list'] = () => [];
  await render(<App />);
  await eventually(() => expect(pageText()).toContain('在这台电脑上登记'));
  await click('登记并登录');
  expect(pageText()).toContain('口令至少 8 个字。');
  expect(asked.map(([name]) => name)).not.toContain('profile.enrol');
});

test('a window that was reloaded takes up the session that is still open', async () => {
  answers['session.current'] = () => main.session();
  await render(<App />);
  await eventually(() => expect(pageText()).toContain('已保存'));
  expect(asked.map(([name]) => name)).not.toContain('session.open');
});
