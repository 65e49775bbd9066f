import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { demoDesk } from './helpers/demo-desk.ts';
import { expect, test } from './helpers/fixtures.ts';
import { pictures } from './helpers/pictures.ts';

test('the demo is ended in its settings: its profile is removed, what lies beside it stays, and the page says how real work begins', async ({ launch, openOffice, folder }) => {
  const office = await openOffice({ demo: true });
  const profileDir = path.join(folder, 'demo', 'profile');
  const desk = await demoDesk(launch({ profileDir, demoServer: office.url }));
  writeFileSync(path.join(folder, 'demo', '我的文件.txt'), '别动');
  expect(existsSync(path.join(profileDir, 'chains'))).toBe(true);
  const { page, open } = desk;
  await desk.goTo('设置');
  await page.getByRole('button', { name: '结束演示并删除演示资料' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(profileDir);
  await dialog.getByRole('button', { name: '取消' }).click();
  expect(existsSync(path.join(profileDir, 'chains')), 'nothing happens without a yes').toBe(true);
  await page.getByRole('button', { name: '结束演示并删除演示资料' }).click();
  await pictures(open, 'settings-demo-end');
  await dialog.getByRole('button', { name: '结束并删除' }).click();
  await expect(page.getByRole('heading', { name: '演示已结束' })).toBeVisible();
  await expect(page.getByText('npm run serve')).toBeVisible();
  expect(existsSync(path.join(profileDir, 'chains'))).toBe(false);
  await pictures(open, 'demo-ended');
  const ended = new Promise((resolve) => open.app.process().once('exit', (code) => resolve(code)));
  await page.getByRole('button', { name: '关闭' }).click();
  expect(await ended).toBe(10);
  // What Chromium writes while it ends is its own; of ours nothing is left.
  const left = readdirSync(profileDir);
  expect(left).toContain('demo-profile.json');
  for (const name of ['chains', 'device.json', 'device.copy.json', 'spool', 'IndexedDB', 'Local Storage']) expect(left).not.toContain(name);
  expect(readFileSync(path.join(folder, 'demo', '我的文件.txt'), 'utf8')).toBe('别动');
  const again = await demoDesk(launch({ profileDir, demoServer: office.url }));
  await expect(again.page.getByRole('heading', { name: '进行中的检查' })).toBeVisible();
});
