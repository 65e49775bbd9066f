import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MediaStatus } from '#shared/bridge/calls.ts';
import { MediaPanel } from '../../../src-renderer/features/sync/media-panel.tsx';
import { click, eventually, pageText, render, unmountAll } from './render.tsx';

const nothing: MediaStatus = { paused: false, files: 0, sentBytes: 0, totalBytes: 0, bytesPerSecond: null, secondsLeft: null, uploading: [], refused: [] };
const video = { sha256: 'ab'.repeat(32), mediaType: 'video/mp4', byteLength: 2_000_000_000 };

let status: MediaStatus;
let hear: (payload: unknown) => void;

beforeEach(() => {
  Object.assign(window, {
    bridge: {
      on: (_name: string, listener: (payload: unknown) => void) => {
        hear = listener;
        return () => undefined;
      },
      call: async (name: string, request: { paused: boolean }) => {
        if (name === 'media.status') return status;
        status = { ...status, paused: request.paused };
        return { ok: true, value: status };
      },
    },
  });
});
afterEach(unmountAll);

test('bytes, speed and time left are shown of all, and the progress of each', async () => {
  status = { ...nothing, files: 3, sentBytes: 500_000_000, totalBytes: 2_000_700_000, bytesPerSecond: 5_000_000, secondsLeft: 301, uploading: [{ ...video, sentBytes: 500_000_000 }] };
  await render(<MediaPanel />);
  await eventually(() => expect(pageText()).toContain('已传 500.0 MB，共 2.00 GB，还有 3 个'));
  expect(pageText()).toContain('每秒 5.0 MB，约还需 5 分钟');
  expect(pageText()).toContain('录像 abababab');
  expect(document.querySelector('progress[aria-label="录像 abababab 的上传进度"]')?.getAttribute('value')).toBe('500000000');
  hear({ ...nothing });
  await eventually(() => expect(pageText()).toContain('都已传到服务器'));
});

test('a person on a line that costs pauses the uploads and lets them go on', async () => {
  status = { ...nothing, files: 1, totalBytes: 2_000_000_000 };
  await render(<MediaPanel />);
  await eventually(() => expect(pageText()).toContain('暂停上传'));
  await click('暂停上传');
  await eventually(() => expect(pageText()).toContain('记录照常同步'));
  await click('继续上传');
  await eventually(() => expect(pageText()).not.toContain('记录照常同步'));
});

test('what could not be uploaded is listed with its reason, and is not called lost', async () => {
  status = { ...nothing, files: 1, totalBytes: 2_000_000_000, refused: [{ ...video, problem: { code: 'evidence-damaged' } }] };
  await render(<MediaPanel />);
  await eventually(() => expect(pageText()).toContain('有 1 个没有传上去'));
  expect(pageText()).toContain('没有丢失');
  expect(pageText()).toContain('2.00 GB');
});
