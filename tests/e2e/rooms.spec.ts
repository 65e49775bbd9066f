import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { deskAt } from './helpers/desk.ts';
import { fakeCamera, launchApp, picture, type OpenApp } from './helpers/launch.ts';
import { startOffice, type Office } from './helpers/office.ts';
import { photoOf } from './helpers/pictures.ts';
import { roomsPage } from './helpers/rooms-page.ts';

/** One laptop at a demo office for all of these; each test has an inspection of its own. */
let folder = '';
let office: Office;
let open: OpenApp;
let inspections = 0;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xuncha-rooms-'));
  office = await startOffice({ dataDir: path.join(folder, 'office'), demo: true });
  open = await launchApp({ profileDir: path.join(folder, 'profile'), demoServer: office.url, args: fakeCamera });
});

test.afterAll(async () => {
  await open.kill();
  await office.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** An inspector of the demo office in front of the rooms of a new inspection. */
async function atTheRooms(rooms: number) {
  const { page } = open;
  inspections += 1;
  const inspection = `0190d5ff-0001-7000-8000-${String(inspections).padStart(12, '0')}`;
  await page.locator('.app').waitFor({ timeout: 20_000 });
  await seed(page, inspection, rooms);
  await page.reload();
  await page.locator('.app').waitFor({ timeout: 20_000 });
  const desk = deskAt(open);
  await desk.goToPath(`/inspections/${inspection}/rooms`);
  const grid = roomsPage(desk);
  await grid.grid.waitFor();
  return { page, desk, grid, inspection };
}

async function seed(page: Page, inspection: string, rooms: number): Promise<void> {
  const create = (recordType: string, recordId: string, values: Record<string, unknown>) => ({
    recordType, recordId, kind: 'create', patch: Object.fromEntries(Object.entries(values).map(([name, to]) => [name, { was: null, to }])),
  });
  const all = Array.from({ length: rooms }, (_, at) =>
    create('roomCheck', `0190d5ff-0002-7000-8000-${String(inspections * 10_000 + at).padStart(12, '0')}`, { inspectionId: inspection, order: at + 1, room: number(at), floor: String(1 + Math.floor(at / 20)), use: '办公', areaM2: '24' }),
  );
  const header = create('inspection', inspection, {
    institutionId: '0190d5ff-0009-7000-8000-000000000001', institutionName: '示例市测试局', title: '空调检查', season: 'cooling',
    leadOfficerId: '0190d5ff-0009-7000-8000-000000000002', officerIds: [], assistantIds: [], jointOrganIds: [], lock: null,
  });
  for (let from = -1; from < rooms; from += 500) {
    const changes = from < 0 ? [header, ...all.slice(0, 499)] : all.slice(from, from + 500);
    const ok = await page.evaluate(async (given) => (await (window as unknown as { bridge: { call(name: string, request: unknown): Promise<{ ok: boolean }> } }).bridge.call('journal.append', { changes: given })).ok, changes);
    expect(ok).toBe(true);
  }
}

function number(at: number): string {
  return `${String(1 + Math.floor(at / 20)).padStart(2, '0')}${String(1 + (at % 20)).padStart(2, '0')}`;
}

const field = (page: Page): Locator => page.locator('.grid-field');
const reason = (page: Page): Locator => page.locator('.grid-reason');

test('an inspector fills a room by keyboard and sees both verdicts as the keys fall', async () => {
  const { page, desk, grid } = await atTheRooms(60);
  await grid.select('0101', '工况');
  await page.keyboard.type('zl');
  await page.keyboard.press('Tab');
  await page.keyboard.type('2');
  await grid.expectVerdicts('0101', '缺设定', '未测');
  await page.keyboard.type('4');
  await grid.expectVerdicts('0101', '低于26℃', '未测');
  await page.keyboard.press('Tab');
  await page.keyboard.type('1');
  await page.keyboard.press('Tab');
  await page.keyboard.type('26.3 26.5');
  await grid.expectVerdicts('0101', '低于26℃', '符合');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveAttribute('aria-label', '0102 实测');
  await expect(await grid.cell('0101', '结果')).toHaveText('已检');
  await expect(grid.status).toContainText('1/60 间');
  await expect(grid.status).toContainText('1 低于26℃');
  await desk.expectSaved();
  await expect(grid.grid.getByRole('row').filter({ hasText: '1层' })).toHaveText(/^1层\(20间, 已查1, 1▲\)$/);
});

test('what can not be taken stays in its cell with the reason, also after leaving the screen, and is stored nowhere', async () => {
  const { page, desk, grid, inspection } = await atTheRooms(20);
  await grid.select('0101', '设定');
  for (const [typed, why] of [['260', '10 到 40'], ['二十六', '汉字数字'], ['-40', '10 到 40'], ['abc', '只写数字']] as const) {
    await page.keyboard.insertText(typed);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
    await expect(await grid.cell('0101', '设定')).toHaveText(typed);
    await expect(await grid.cell('0101', '设定')).toHaveAttribute('aria-invalid', 'true');
    await expect(reason(page)).toContainText(why);
  }
  await expect(grid.status).toContainText('1 格未采用其余已保存');
  await expect(desk.truth).toContainText('1 处未存');
  await picture(page, 'rooms-refused');
  await desk.goTo('今日');
  await desk.goToPath(`/inspections/${inspection}/rooms`);
  await expect(await grid.cell('0101', '设定')).toHaveText('abc');
  await grid.select('0101', '设定');
  await page.keyboard.insertText('26。5');
  await page.keyboard.press('Enter');
  await expect(await grid.cell('0101', '设定')).toHaveText('26.5');
  await expect(grid.status).not.toContainText('未采用');
});

test('a Chinese input method composes straight onto a selected cell', async () => {
  const { page, grid } = await atTheRooms(20);
  await grid.select('0101', '用途');
  const keyboard = await page.context().newCDPSession(page);
  await keyboard.send('Input.imeSetComposition', { text: 'huiyishi', selectionStart: 8, selectionEnd: 8 });
  await expect(field(page)).toHaveValue('huiyishi');
  await expect(await grid.cell('0101', '用途')).toHaveText('办公');
  // Enter that chooses a word belongs to the input method.
  await keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', windowsVirtualKeyCode: 229, key: 'Process', code: 'Enter' });
  await expect(field(page)).toHaveAttribute('aria-label', '0101 用途');
  await keyboard.send('Input.insertText', { text: '会议室' });
  await page.keyboard.press('Enter');
  await expect(await grid.cell('0101', '用途')).toHaveText('会议室');
  await expect(field(page)).toHaveAttribute('aria-label', '0102 用途');
});

test('a block from Excel is pasted beyond the last room, and one undo takes it away again', async () => {
  const { page, desk, grid } = await atTheRooms(20);
  await grid.selectNewRow();
  await grid.paste(Array.from({ length: 40 }, (_, at) => `${number(20 + at)}\t\t已检\t办公\t24\t分体\t房间可控\t制冷\t${at % 2 === 0 ? '26' : '24'}`).join('\r\n'));
  await expect(grid.status).toContainText('40/60 间');
  await expect(grid.status).toContainText('20 低于26℃');
  await desk.expectSaved();
  await page.keyboard.press('Control+Z');
  await expect(grid.status).toContainText('0/20 间');
  await page.keyboard.press('Control+Y');
  await expect(grid.status).toContainText('40/60 间');
});

test('of a thousand rooms only those in the window are drawn, and every one can be reached', async () => {
  const { page, grid } = await atTheRooms(1000);
  await expect(grid.grid).toHaveAttribute('aria-rowcount', '1052');
  await page.keyboard.press('Control+End');
  await expect(grid.grid.getByRole('gridcell', { name: '输入房号新增一间' })).toBeVisible();
  expect(await page.locator('[data-row]').count()).toBeLessThan(50);
  await page.keyboard.press('/');
  await page.keyboard.type('2507');
  await page.keyboard.press('Enter');
  await expect(grid.row('2507')).toHaveAttribute('aria-rowindex', '513');
  // Not under the header and not under the bottom line.
  const [cell, view] = await Promise.all([(await grid.cell('2507', '设定')).boundingBox(), page.locator('.grid-scroll').boundingBox()]);
  expect(cell && view && cell.y >= view.y + 32 && cell.y + cell.height <= view.y + view.height).toBe(true);
});

test('an unknown number in the jump box makes a room on its floor', async () => {
  const { page, grid } = await atTheRooms(40);
  await page.keyboard.press('Control+F');
  await page.keyboard.type('0199');
  await expect(page.getByText('回车：新增房间 0199')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(grid.row('0199')).toBeVisible();
  await expect(grid.grid.getByRole('row').filter({ hasText: '1层' })).toContainText('21间');
  await page.keyboard.press('Control+Z');
  await expect(grid.row('0199')).toHaveCount(0);
});

test('photos of several rooms are allocated, looked over, stored and shown; another is taken by camera', async () => {
  const { page, desk, grid } = await atTheRooms(20);
  const photos = await Promise.all(['IMG_1.jpg', 'IMG_2.jpg', 'IMG_3.jpg', 'IMG_4.jpg'].map((name) => photoOf(page, name)));
  await page.getByRole('button', { name: '批量照片' }).click();
  const dialog = page.getByRole('dialog', { name: '批量照片' });
  await dialog.getByLabel('选择照片').setInputFiles([...photos]);
  await expect(dialog.getByRole('img')).toHaveCount(4);
  await picture(page, 'rooms-photos-batch');
  // The third picture is a door plate after all: it and the one behind it belong to the next room.
  await dialog.getByLabel('拍的是').nth(2).selectOption('门牌');
  await dialog.getByRole('button', { name: '存入 4 张，2 间' }).click();
  await expect(await grid.cell('0101', '照片')).toHaveText('2');
  await expect(await grid.cell('0102', '照片')).toHaveText('2');
  await desk.expectSaved();
  await grid.select('0102', '设定');
  await page.keyboard.press('Space');
  const drawer = grid.drawer('0102');
  await expect(drawer.getByRole('img', { name: '门牌' })).toBeVisible();
  await drawer.getByRole('button', { name: '用摄像头拍' }).click();
  await page.getByRole('button', { name: '拍下' }).click();
  await expect(page.getByText('本间已有 3 张')).toBeVisible();
  await picture(page, 'rooms-camera');
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();
  await expect(await grid.cell('0102', '照片')).toHaveText('3');
});

test('readings are imported from a table with gaps, all of it or nothing', async () => {
  const { page, desk, grid } = await atTheRooms(20);
  const file = (text: string) => ({ name: 'readings.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: '导入读数' }).click();
  const dialog = page.getByRole('dialog', { name: '导入读数' });
  await dialog.getByLabel('选择文件').setInputFiles(file('record_id,city,ta,rh\n0101,示例市,26.4,51\n0102,示例市,NA,50\n0199,示例市,二十六,49\n'));
  await expect(dialog.getByRole('status')).toContainText('1 行没有读数，1 行有问题');
  await expect(dialog.getByRole('button', { name: '有 1 行有问题' })).toBeDisabled();
  await dialog.getByLabel('选择文件').setInputFiles(file('record_id,city,ta,rh\n0101,示例市,26.4,51\n0102,示例市,NA,50\n0199,示例市,25.9,49\n'));
  await picture(page, 'rooms-import');
  await dialog.getByRole('button', { name: '导入 2 个读数到 2 间' }).click();
  await expect(await grid.cell('0101', '实测')).toHaveText('26.4');
  await expect(await grid.cell('0102', '实测')).toHaveText('');
  await expect(await grid.cell('0199', '实测')).toHaveText('25.9');
  await desk.expectSaved();
});

test('on a walk, one hand fills a room by number keys and Enter, and goes on to the next', async () => {
  const { page, desk, inspection } = await atTheRooms(20);
  await desk.goToPath(`/inspections/${inspection}/walk`);
  const value = (name: string): Locator => page.getByRole('listitem').filter({ hasText: name });
  await expect(page.getByText('第 1 / 20 间')).toBeVisible();
  // Checked, cooling; 24; read off the panel; 25.4, no second reading; closed; nobody; not adjusted.
  await page.keyboard.type('11');
  await page.keyboard.type('24');
  await expect(page.locator('.walk-verdicts')).toContainText('低于26℃');
  await page.keyboard.press('Enter');
  await page.keyboard.press('1');
  await page.keyboard.type('25.4');
  await page.keyboard.press('Enter');
  await expect(value('实测')).toContainText('25.4');
  await page.getByRole('button', { name: '开始观察' }).click();
  await expect(page.getByText(/读得 25\.4℃，还有 (10:00|9:5\d)/)).toBeVisible();
  await picture(page, 'rooms-walk');
  await page.getByRole('textbox', { name: '实测' }).press('Enter');
  await page.keyboard.press('1');
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
  await expect(page.getByText('第 2 / 20 间')).toBeVisible();
  await desk.expectSaved();
});
