import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demoCalls, profileFolder } from '../../../src-main/bridge/demo-calls.ts';
import { nodeDisk } from '../../../src-main/journal/node-disk.ts';
import { newDevice, placeChainFile } from '../../../src-main/keys/profile-files.ts';
import { claimServerFolder, removeEndedDemo } from '../../../scripts/demo-folders.mjs';

let place: string;
let demo: string;
let real: string;

beforeEach(() => {
  place = mkdtempSync(path.join(os.tmpdir(), 'xuncha 演示 '));
  demo = path.join(place, 'demo', 'profile');
  real = path.join(place, 'xuncha');
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

/** A profile with one account and what the browser keeps beside it. */
async function profile(folder: string, isDemo: boolean): Promise<void> {
  const { deviceId } = await newDevice(nodeDisk, folder, isDemo);
  const officerId = '0198a000-0000-7000-8000-000000000003';
  const chainId = `${deviceId}.${officerId}`;
  const chain = path.join(folder, 'chains', chainId);
  mkdirSync(path.join(chain, 'journal'), { recursive: true });
  writeFileSync(path.join(chain, 'journal', '000001.seg'), '记录');
  const entry = { chainId, officeId: officerId, officeName: '局', officerId, officerName: '人', loginName: 'l', chainCode: 'A1', serverUrl: 'http://127.0.0.1:1', demo: isDemo };
  await placeChainFile(nodeDisk, chain, { formatVersion: 0, entry, deviceId, serverDeviceId: deviceId, publicKey: 'A'.repeat(44) });
  mkdirSync(path.join(folder, 'IndexedDB'));
  writeFileSync(path.join(folder, 'IndexedDB', '1.log'), '工作副本');
}

function program(profileDir: string, demoServer: string | null) {
  const did: string[] = [];
  let quit: (end: (code: number) => void) => void = () => undefined;
  const calls = demoCalls({
    disk: nodeDisk, profileDir, demoServer,
    sessions: { close: async () => void did.push('signed out') },
    clearStorage: async () => void did.push('storage cleared'),
    onQuit: (listener) => void (quit = listener),
  });
  return { did, endDemo: async () => calls['demo.end']({}), quit: (): number[] => {
    const codes: number[] = [];
    quit((code) => codes.push(code));
    return codes;
  } };
}

/** Every file below a folder with its content. */
function everythingIn(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  return Object.fromEntries(readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())
    .map((each) => [path.join(each.parentPath, each.name), readFileSync(path.join(each.parentPath, each.name), 'utf8')]));
}

describe('ending the demo', () => {
  test('removes its profile at once, the browser\'s part when the program ends, and tells whoever started it', async () => {
    expect(profileFolder(demo, place, true)).toBe(demo);
    await profile(demo, true);
    const { endDemo, quit, did } = program(demo, 'http://127.0.0.1:18443');
    expect(await endDemo()).toEqual({ ok: true, value: { profileDir: demo } });
    expect(did).toEqual(['signed out', 'storage cleared']);
    expect(readdirSync(demo).sort()).toEqual(['IndexedDB', 'demo-profile.json']);
    expect(quit()).toEqual([10]);
    expect(readdirSync(demo)).toEqual(['demo-profile.json']);
  });

  test('touches nothing beside its profile', async () => {
    await profile(real, false);
    writeFileSync(path.join(place, '我的文件.txt'), '别动');
    profileFolder(demo, place, true);
    await profile(demo, true);
    // Somebody pointed into the demo's folder from elsewhere, and out of it.
    symlinkSync(real, path.join(demo, 'chains', 'shortcut'));
    const before = everythingIn(real);
    const { endDemo, quit } = program(demo, 'http://127.0.0.1:18443');
    await endDemo();
    quit();
    expect(everythingIn(real)).toEqual(before);
    expect(readFileSync(path.join(place, '我的文件.txt'), 'utf8')).toBe('别动');
  });

  test('is refused in a program for real work, and for a profile that is not the demo\'s: nothing is touched', async () => {
    await profile(real, false);
    const before = everythingIn(real);
    expect(await program(real, null).endDemo()).toMatchObject({ ok: false, problem: { code: 'not-allowed' } });
    // Started for a demo, by mistake, on the folder of real work.
    profileFolder(real, place, true);
    const mistaken = program(real, 'http://127.0.0.1:18443');
    expect(await mistaken.endDemo()).toMatchObject({ ok: false, problem: { code: 'not-allowed' } });
    expect(mistaken.quit()).toEqual([]);
    expect(everythingIn(real)).toEqual(before);
  });

  test('in a folder that was not empty removes the demo\'s own files only', async () => {
    mkdirSync(demo, { recursive: true });
    writeFileSync(path.join(demo, '论文.docx'), '三年');
    profileFolder(demo, place, true);
    await profile(demo, true);
    const { endDemo, quit } = program(demo, 'http://127.0.0.1:18443');
    expect(await endDemo()).toMatchObject({ ok: true });
    expect(quit()).toEqual([10]);
    expect(readdirSync(demo).sort()).toEqual(['IndexedDB', '论文.docx']);
  });

  test('a program that closes without having ended it leaves everything', async () => {
    profileFolder(demo, place, true);
    await profile(demo, true);
    const before = everythingIn(demo);
    expect(program(demo, 'http://127.0.0.1:18443').quit()).toEqual([]);
    profileFolder(demo, place, true);
    expect(everythingIn(demo)).toEqual(before);
  });

  test('the next demo in the same folder begins anew, without what the browser wrote as its last', async () => {
    profileFolder(demo, place, true);
    await profile(demo, true);
    const { endDemo, quit } = program(demo, 'http://127.0.0.1:18443');
    await endDemo();
    quit();
    writeFileSync(path.join(demo, 'Preferences'), '{}');
    profileFolder(demo, place, true);
    expect(readdirSync(demo)).toEqual(['demo-profile.json']);
    expect(JSON.parse(readFileSync(path.join(demo, 'demo-profile.json'), 'utf8'))).toMatchObject({ ended: false });
  });
});

describe('npm start', () => {
  test('removes the demo\'s folder once the demo has ended', async () => {
    const demoDir = path.dirname(demo);
    writeFileSync(path.join(claimServerFolder(demoDir), 'office.db'), '样例');
    profileFolder(demo, place, true);
    await profile(demo, true);
    const { endDemo, quit } = program(demo, 'http://127.0.0.1:18443');
    await endDemo();
    quit();
    writeFileSync(path.join(demo, 'Preferences'), '{}');
    expect(removeEndedDemo(demoDir)).toEqual([]);
    expect(existsSync(demoDir)).toBe(false);
  });

  test('leaves a server\'s folder that was there before, and a profile that was not ended, and says so', async () => {
    const demoDir = path.dirname(demo);
    mkdirSync(path.join(demoDir, 'server'), { recursive: true });
    writeFileSync(path.join(demoDir, 'server', 'office.db'), '别人的');
    claimServerFolder(demoDir);
    profileFolder(demo, place, true);
    await profile(demo, true);
    const before = everythingIn(demoDir);
    expect(removeEndedDemo(demoDir)).toEqual([path.join(demoDir, 'server'), demo]);
    expect(everythingIn(demoDir)).toEqual(before);
  });
});
