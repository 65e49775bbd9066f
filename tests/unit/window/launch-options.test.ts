import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { launchOptions } from '../../../src-main/window/launch-options.ts';

describe('the command line', () => {
  test('may be empty: the profile decides', () => {
    expect(launchOptions(['electron', '.'], {})).toEqual({ profileDir: null, server: null, firstPath: null, screenshotFile: null });
  });

  test('names the first screen of a demo, and nothing but a screen', () => {
    const open = (path: string) => launchOptions(['--demo-server=http://127.0.0.1:4000', `--open=${path}`], {}).firstPath;
    expect(open('/inspections/0190d3c2/rooms')).toBe('/inspections/0190d3c2/rooms');
    expect(() => open('//evil.example')).toThrow('not a screen');
    expect(() => open('javascript:alert(1)')).toThrow('not a screen');
    expect(launchOptions(['--open=/today'], {}).firstPath).toBeNull();
  });

  test('names a profile and a demo server', () => {
    const options = launchOptions(['--profile-dir=/tmp/p', '--demo-server=http://127.0.0.1:4000/'], { XUNCHA_SCREENSHOT: '/tmp/w.png' });
    expect(options).toEqual({ profileDir: path.resolve('/tmp/p'), server: { url: 'http://127.0.0.1:4000', isDemo: true }, firstPath: null, screenshotFile: path.resolve('/tmp/w.png') });
  });

  test('takes no picture of anything but a demo', () => {
    expect(launchOptions(['--server=https://office.example'], { XUNCHA_SCREENSHOT: '/tmp/w.png' }).screenshotFile).toBeNull();
  });

  test.each([
    ['--server=http://office.example:8443', 'needs https'],
    ['--server=ftp://127.0.0.1', 'needs https'],
    ['--server=office', 'not a server address'],
    ['--profile-dir=', 'needs a value'],
  ])('%s is refused with a sentence', (argument, sentence) => {
    expect(() => launchOptions([argument], {})).toThrow(sentence);
  });

  test('can not ask for a demo and an office at once', () => {
    expect(() => launchOptions(['--server=https://a.example', '--demo-server=http://127.0.0.1:1'], {})).toThrow('exclude each other');
  });
});
