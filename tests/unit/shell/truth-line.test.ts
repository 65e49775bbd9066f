import { expect, test } from 'vitest';
import type { SyncStatus } from '#shared/bridge/calls.ts';
import { truthParts } from '../../../src-renderer/app/truth-parts.ts';

const quiet: SyncStatus = { phase: 'idle', unsent: 0, refused: [], lastContactAt: '2026-08-12T06:05:00.000Z', lastProblem: null, clockOffsetMs: 200, setBack: null, evidencePending: { files: 0, bytes: 0 } };
const saved = { kind: 'saved' } as const;
const words = (...given: Parameters<typeof truthParts>): string[] => truthParts(...given).map((part) => part.word);

test('离线 is said only of a network or server that can not be reached; any other failure is 同步受阻', () => {
  const failing = (code: 'offline' | 'server-unreachable' | 'not-our-server' | 'disk-full') => words(saved, { ...quiet, phase: 'offline', lastProblem: { code } }, false);
  for (const code of ['offline', 'server-unreachable'] as const) expect(failing(code)).toContain('offline');
  for (const code of ['not-our-server', 'disk-full'] as const) {
    expect(failing(code)).toContain('heldUp');
    expect(failing(code)).not.toContain('offline');
  }
});

test('what is typed but not yet on the disk is never called saved', () => {
  expect(words({ kind: 'waiting' }, quiet, false)[0]).toBe('saving');
  expect(words({ kind: 'saving' }, quiet, false)[0]).toBe('saving');
  expect(words({ kind: 'failed', problem: { code: 'disk-full' } }, quiet, false)[0]).toBe('failed');
  expect(words(saved, quiet, false)[0]).toBe('saved');
});

test('unsent changes are counted, and nothing is called sent while files wait', () => {
  expect(truthParts(saved, { ...quiet, unsent: 12 }, false)).toContainEqual({ key: 'unsent', word: 'unsent', count: 12, tone: 'warning' });
  expect(words(saved, { ...quiet, evidencePending: { files: 3, bytes: 9 } }, false)).toContain('files');
  expect(words(saved, { ...quiet, evidencePending: { files: 3, bytes: 9 } }, false)).not.toContain('allSent');
  expect(words(saved, quiet, false)).toContain('allSent');
});

test('a laptop that never reached the server does not claim that all is sent', () => {
  expect(words(saved, { ...quiet, lastContactAt: null }, false)).toEqual(['saved', 'noContact']);
});

test('refusals, being offline, a wrong clock and a read-only laptop are said', () => {
  const refused = [{ seq: 3, id: 'a'.repeat(64), problem: { code: 'not-allowed' as const } }];
  expect(words(saved, { ...quiet, refused, phase: 'offline', clockOffsetMs: -3_600_000 }, false)).toEqual(['saved', 'allSent', 'refused', 'offline', 'contact', 'clock']);
  expect(words(saved, quiet, true)[0]).toBe('readOnly');
});

test('a field whose text fits no record is told beside 已保存', () => {
  expect(words(saved, quiet, false, 1).slice(0, 2)).toEqual(['saved', 'unstored']);
});

test('values to settle are counted beside what is saved', () => {
  expect(truthParts(saved, quiet, false, 0, 3)).toContainEqual({ key: 'disputed', word: 'disputed', count: 3, tone: 'warning' });
  expect(words(saved, quiet, false)).not.toContain('disputed');
});
