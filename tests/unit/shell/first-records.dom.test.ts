import { expect, test } from 'vitest';
import type { RecordState } from '#shared/sync/record-state.ts';
import { firstRecords } from '../../../src-renderer/features/session/open-demo.ts';

const answered = { phase: 'idle', unsent: 0, refused: [], lastContactAt: '2026-08-12T08:00:00.000Z', lastProblem: null, clockOffsetMs: 0, setBack: null, evidencePending: { files: 0, bytes: 0 } };

test('the demo opens at once when its records came before anybody waited for them', async () => {
  Object.assign(window, { bridge: { on: () => () => undefined, call: async () => answered } });
  let stopped = false;
  const startedAt = performance.now();
  await firstRecords({ list: async () => [{} as RecordState], onRecords: () => () => void (stopped = true) });
  expect(performance.now() - startedAt).toBeLessThan(2000);
  expect(stopped, 'nobody listens any more').toBe(true);
});
