import { demoPeople } from '../../src-shared/domain/demo/demo-people.ts';
import { changeTo, demoDesk, underWay } from './helpers/demo-desk.ts';
import { expect, test } from './helpers/fixtures.ts';
import { pictures } from './helpers/pictures.ts';
import { roomsPage } from './helpers/rooms-page.ts';

// Every screen of the filled-in demo as a picture at both sizes, light and dark, to be looked at; no text cut off or covered.

test('every screen fits at both sizes, light and dark', async ({ launch, openOffice }) => {
  test.setTimeout(120_000);
  const office = await openOffice({ demo: true });
  const desk = await demoDesk(launch({ demoServer: office.url }));
  const { page, open } = desk;
  const shown = async (path: string, name: string, heading: string): Promise<void> => {
    await desk.goToPath(path);
    await page.getByRole('heading', { name: heading }).first().waitFor();
    await pictures(open, name);
  };
  await expect(page.getByRole('heading', { name: '进行中的检查' })).toBeVisible();
  await pictures(open, 'today');
  await shown('/inspections', 'inspections', '检查');
  await shown(`/inspections/${underWay}/setup`, 'setup', '任务');
  await desk.goToPath(`/inspections/${underWay}/rooms`);
  const rooms = roomsPage(desk);
  await rooms.goTo('0103');
  await pictures(open, 'rooms');
  await page.keyboard.press('Space');
  await rooms.drawer('0103').waitFor();
  await pictures(open, 'rooms-drawer');
  await desk.goToPath(`/inspections/${underWay}/walk`);
  await page.getByRole('button', { name: '下一间' }).waitFor();
  await pictures(open, 'walk');
  await desk.goToPath(`/inspections/${underWay}/papers`);
  await page.locator('canvas').first().waitFor();
  await pictures(open, 'papers-preview');
  await shown(`/inspections/${underWay}/review`, 'review', '检查情况');
  await shown('/institutions', 'institutions', '单位');
  await page.getByRole('table', { name: '单位' }).getByRole('link', { name: '示例市档案局' }).click();
  await page.getByRole('heading', { name: '示例市档案局' }).waitFor();
  await pictures(open, 'institution');
  await shown('/corrections', 'corrections', '整改台账');
  await shown('/documents', 'documents', '文书');
  await shown('/sync', 'sync', '现在的情况');
  await shown('/settings', 'settings', '关于');
  await changeTo(desk, demoPeople.administrator);
  await shown('/people', 'people', '机关');
  await page.getByRole('button', { name: '添加人员' }).click();
  await pictures(open, 'person-dialog');
});

test('the theme of the settings holds until the next start, whatever the system prefers', async ({ launch, openOffice }) => {
  const office = await openOffice({ demo: true });
  const desk = await demoDesk(launch({ demoServer: office.url }));
  const ink = (): Promise<string> => desk.page.evaluate(() => getComputedStyle(document.body).color);
  await desk.page.emulateMedia({ colorScheme: 'light' });
  const light = await ink();
  await desk.goTo('设置');
  await desk.page.getByLabel('配色').selectOption('深色');
  await expect.poll(ink).not.toBe(light);
  const dark = await ink();
  await desk.page.getByLabel('界面语言').selectOption('English');
  await expect(desk.page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await desk.open.close();
  const again = await demoDesk(launch({ profileDir: desk.open.profileDir, demoServer: office.url }), 'Main navigation');
  await again.page.emulateMedia({ colorScheme: 'light' });
  expect(await again.page.evaluate(() => getComputedStyle(document.body).color)).toBe(dark);
  await expect(again.page.locator('html')).toHaveAttribute('lang', 'en');
});
