import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileCalls, plainName } from '../../../src-main/bridge/file-calls.ts';
import { windowCalls } from '../../../src-main/bridge/window-calls.ts';
import { nodeDisk } from '../../../src-main/journal/node-disk.ts';

function closingWindow() {
  const told: string[] = [];
  let timer: (() => void) | null = null;
  let asked = (): void => undefined;
  let gone = (): void => undefined;
  const calls = windowCalls((name) => told.push(name), (ms, run) => {
    told.push(`wait ${ms}`);
    timer = run;
    return () => (timer = null);
  });
  calls.guard({ onCloseAsked: (listener) => (asked = listener), onPageGone: (listener) => (gone = listener), destroy: () => told.push('destroyed') });
  return { told, close: () => asked(), pageGone: () => gone(), ready: () => calls.handlers['window.ready-to-close']({}), stay: () => calls.handlers['window.stay-open']({}), time: () => timer?.() };
}

describe('closing the window', () => {
  test('waits until what is typed is saved', () => {
    const window = closingWindow();
    window.close();
    expect(window.told).toEqual(['wait 5000', 'window.closing']);
    window.ready();
    expect(window.told.at(-1)).toBe('destroyed');
    window.time();
    window.ready();
    expect(window.told.filter((each) => each === 'destroyed')).toHaveLength(1);
  });

  test('asked for several times is one closing', () => {
    const window = closingWindow();
    window.close();
    window.close();
    expect(window.told.filter((each) => each === 'window.closing')).toHaveLength(1);
  });

  test('does not wait for ever for a page that does not answer', () => {
    const window = closingWindow();
    window.close();
    window.time();
    expect(window.told.at(-1)).toBe('destroyed');
  });

  test('waits for as long as a person decides about what can not be saved', () => {
    const window = closingWindow();
    window.close();
    window.stay();
    window.time();
    expect(window.told).not.toContain('destroyed');
    window.ready();
    expect(window.told.at(-1), 'closed all the same').toBe('destroyed');
  });

  test('asks again when the window stayed open and is closed once more', () => {
    const window = closingWindow();
    window.close();
    window.stay();
    window.close();
    expect(window.told.filter((each) => each === 'window.closing')).toHaveLength(2);
    window.time();
    expect(window.told.at(-1), 'a page that answers no more').toBe('destroyed');
  });

  test('a page that crashes while it asks the person takes the window with it', () => {
    const window = closingWindow();
    window.close();
    window.stay();
    window.pageGone();
    expect(window.told.at(-1)).toBe('destroyed');
  });

  test('does not wait at all for a page that crashed, before or meanwhile', () => {
    const before = closingWindow();
    before.pageGone();
    before.close();
    expect(before.told).toEqual(['destroyed']);
    const meanwhile = closingWindow();
    meanwhile.close();
    meanwhile.pageGone();
    expect(meanwhile.told.at(-1)).toBe('destroyed');
  });

  test('a page that says it is ready unasked closes nothing', () => {
    const window = closingWindow();
    window.ready();
    expect(window.told).toEqual([]);
  });
});

describe('saving a file', () => {
  test('writes all of it or nothing where the person chose', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'xuncha 存 '));
    const chosen = path.join(folder, '移交 2026.json');
    const save = fileCalls({ disk: nodeDisk, askWhere: async () => chosen })['file.save'];
    expect(await save({ suggestedName: 'x.json', bytes: Buffer.from('{}') })).toEqual({ ok: true, value: { path: chosen } });
    expect(await save({ suggestedName: 'x.json', bytes: Buffer.from('{"v":2}') })).toMatchObject({ ok: true });
    expect(readFileSync(chosen, 'utf8')).toBe('{"v":2}');
    expect(readdirSync(folder)).toEqual(['移交 2026.json']);
    rmSync(folder, { recursive: true });
    expect(await save({ suggestedName: 'x.json', bytes: Buffer.from('{}') })).toMatchObject({ ok: false, problem: { code: 'storage-failed' } });
  });

  test('cancelled is no failure', async () => {
    const save = fileCalls({ disk: nodeDisk, askWhere: async () => null })['file.save'];
    expect(await save({ suggestedName: 'x', bytes: Buffer.from('1') })).toEqual({ ok: true, value: null });
  });

  test.each([
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\Windows\\a.txt', 'C__Windows_a.txt'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['  .hidden. ', 'hidden'],
    ['', 'xuncha'],
    ['...', 'xuncha'],
    ['发\u202e文fdp.exe', '发_文fdp.exe'],
    ['a\u0000b\nc', 'a_b_c'],
    ['市城市管理局 现场检查笔录.pdf', '市城市管理局 现场检查笔录.pdf'],
  ])('a suggested name %j becomes %j', (suggested, name) => {
    expect(plainName(suggested)).toBe(name);
  });

  test('a name is never longer than a file system takes', () => {
    expect([...plainName('𠮷'.repeat(300))]).toHaveLength(100);
  });
});
