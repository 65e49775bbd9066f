import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

// The long run is `npm run kill -- 100`; this one shows that the kit works and that it can fail.
test('killed four times on real Electron, nothing acknowledged is lost; a writer that acknowledges too early does lose', () => {
  const run = spawnSync(process.execPath, ['scripts/kill.mjs', '4', '--seed', '26'], { cwd: root, encoding: 'utf8', timeout: 170_000 });
  if (run.status !== 0) throw new Error(run.stderr);
  const { loop, control, controlLoses } = JSON.parse(run.stdout);
  expect(loop).toMatchObject({ kills: 4, lost: 0, altered: 0, differingRows: 0, chainFlaws: [], otherProblems: [] });
  expect(loop.acknowledgedChanges).toBeGreaterThan(0);
  expect(control.lost).toBeGreaterThan(0);
  expect(controlLoses).toBe(true);
}, 180_000);
