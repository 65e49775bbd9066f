import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { capture } from '../../scripts/children.mjs';
import { expect, test } from './helpers/fixtures.ts';

test('npm start on a machine without a display shows the demo and names a picture of it', async ({ folder }) => {
  test.setTimeout(120_000);
  const env = { ...process.env, XUNCHA_DEMO_DIR: folder };
  delete (env as Record<string, string | undefined>)['DISPLAY'];
  delete (env as Record<string, string | undefined>)['WAYLAND_DISPLAY'];
  const { code, stdout, stderr } = await capture(process.execPath, [path.resolve('scripts/start.mjs'), '--once'], { env });
  expect(code, `${stdout}\n${stderr}`).toBe(0);
  expect(stdout).toMatch(/demo server at http:\/\/127\.0\.0\.1:\d+/);
  expect(stdout).toContain('no display here: the window opens under Xvfb');
  const picture = /the open window: (.+\.png)/.exec(stdout)?.[1] ?? '';
  expect(existsSync(picture)).toBe(true);
  expect(statSync(picture).size).toBeGreaterThan(2_000);
});
