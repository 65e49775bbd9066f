import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { demoInspections } from '../../src-shared/domain/demo/demo-records.ts';
import { demoPeople } from '../../src-shared/domain/demo/demo-people.ts';
import { startPrivateCups } from '../integration/printing/private-cups.ts';
import { cuttingLine } from '../integration/sync/cutting-line.ts';
import { answering } from '../integration/sync/strange-server.ts';
import { changeTo, demoDesk, underWay } from './helpers/demo-desk.ts';
import type { Desk } from './helpers/desk.ts';
import { expect, test } from './helpers/fixtures.ts';
import { canMount, smallDisk } from './helpers/full-disk.ts';
import { gb18030, institutionTable } from './helpers/institution-tables.ts';
import { inspectionPage } from './helpers/inspection-page.ts';
import { launchApp } from './helpers/launch.ts';
import { institutionsPage } from './helpers/office-pages.ts';
import { startOffice, type Office } from './helpers/office.ts';
import { papersPage } from './helpers/papers-page.ts';
import { photoOf, pictures } from './helpers/pictures.ts';
import { roomsPage } from './helpers/rooms-page.ts';

// Each is an accident of a working day. What was acknowledged is never lost, and what happened is said.

const openRooms = async (desk: Desk): Promise<ReturnType<typeof roomsPage>> => {
  await desk.goToPath(`/inspections/${underWay}/rooms`);
  const rooms = roomsPage(desk);
  await rooms.grid.waitFor();
  return rooms;
};

const openSetup = async (desk: Desk): Promise<ReturnType<typeof inspectionPage>> => {
  await desk.goToPath(`/inspections/${underWay}/setup`);
  const page = inspectionPage(desk);
  await page.panel('任务').waitFor();
  return page;
};

/** Types a remark at a room and leaves the cell. */
const remark = async (desk: Desk, room: string, text: string): Promise<void> => {
  const rooms = roomsPage(desk);
  await rooms.goTo(room);
  await rooms.select(room, '备注');
  await desk.page.keyboard.type(text);
  await desk.page.keyboard.press('Enter');
};

test('the disk is full while saving: it is said, the typed text stays, and it is saved once there is room again', async ({ folder, launch, openOffice }) => {
  expect(canMount, 'a really full disk needs a mount, and that needs root').toBe(true);
  const profileDir = path.join(folder, 'small');
  const disk = smallDisk(profileDir, 60);
  try {
    const office = await openOffice({ demo: true });
    const desk = await demoDesk(launch({ profileDir, demoServer: office.url }));
    const rooms = await openRooms(desk);
    await desk.expectSent();
    disk.fill();
    // More than the journal keeps ready for itself on the disk.
    const note = '门窗关好，室内有人，空调面板由本单位统一设定。'.repeat(10);
    await rooms.selectNewRow();
    await rooms.paste(['房号\t楼层\t备注', ...Array.from({ length: 400 }, (_, at) => `${9000 + at}\t9\t${note}`)].join('\r\n'));
    await expect(desk.truth).toContainText('保存失败');
    await expect(rooms.status.getByRole('alert')).toContainText('磁盘已满，刚才的内容没有保存，还在屏幕上；请腾出磁盘空间，程序会再次保存');
    await expect(rooms.status).toContainText('31/460 间');
    disk.makeRoom();
    await desk.expectSaved();
    await desk.open.kill();
    const again = await demoDesk(launch({ profileDir, demoServer: office.url }));
    const after = await openRooms(again);
    await expect(after.status).toContainText('31/460 间');
    await after.goTo('9399');
    await expect(await after.cell('9399', '备注')).toContainText('门窗关好，室内有人，空调面板由本单位统一设定。');
    await again.open.kill();
  } finally {
    disk.unmount();
  }
});

test('kill -9 in the middle of typing: everything that was said to be saved is there again', async ({ launch, openOffice }) => {
  const office = await openOffice({ demo: true });
  const desk = await demoDesk(launch({ demoServer: office.url }));
  const rooms = await openRooms(desk);
  const acknowledged: [string, string][] = [];
  for (const room of ['0101', '0102', '0103', '0104']) {
    await remark(desk, room, `备注写在${room}`);
    await expect(rooms.status).toContainText('全部已保存');
    acknowledged.push([room, `备注写在${room}`]);
  }
  await rooms.goTo('0105');
  await rooms.select('0105', '备注');
  await desk.page.keyboard.type('还没写完就');
  await desk.open.kill();
  const again = await demoDesk(launch({ profileDir: desk.open.profileDir, demoServer: office.url }));
  const after = await openRooms(again);
  for (const [room, text] of acknowledged) await after.expectCell(room, '备注', text);
  await again.expectSent();
});

test('kill -9 while a paper is at the printer: the paper is kept and can be printed again', async ({ launch, openOffice }) => {
  const cups = await startPrivateCups();
  try {
    await cups.addQueue('Office');
    await cups.addQueue('Held');
    await cups.admin('/usr/sbin/lpadmin', '-p', 'Held', '-o', 'job-hold-until-default=indefinite');
    const office = await openOffice({ demo: true });
    const env = { CUPS_SERVER: cups.server };
    const desk = await demoDesk(launch({ demoServer: office.url, env }));
    await desk.goToPath(`/inspections/${underWay}/papers`);
    await desk.page.getByRole('button', { name: '生成空白表' }).click();
    const papers = papersPage(desk.page);
    await papers.show('空白纸质表');
    await desk.page.getByLabel('打印机').selectOption('Held');
    await desk.page.getByRole('button', { name: /^打印：Held/ }).click();
    await expect.poll(() => cups.admin('lpstat', '-W', 'not-completed', '-o', 'Held')).toContain('Held-');
    await expect(desk.page.getByRole('button', { name: '正在打印' })).toBeVisible();
    await desk.open.kill();

    const again = await demoDesk(launch({ profileDir: desk.open.profileDir, demoServer: office.url, env }));
    await again.goToPath(`/inspections/${underWay}/papers`);
    const kept = papersPage(again.page);
    await kept.show('空白纸质表');
    await expect(again.page.getByText(/打印记录/)).toHaveCount(0);
    await again.page.getByLabel('打印机').selectOption('Office');
    await again.page.getByRole('button', { name: /^打印：Office/ }).click();
    await expect(again.page.getByText(/已交给 Office/)).toBeVisible({ timeout: 20_000 });
    await expect(again.page.getByText('打印记录 1')).toBeVisible();
  } finally {
    await cups.stop();
  }
});

test('kill -9 after the server took the work but before its answer came: sent once, and nothing refused', async ({ launch, openOffice }) => {
  const office = await openOffice({ demo: true });
  const line = await cuttingLine(office.url);
  const desk = await demoDesk(launch({ demoServer: line.url }));
  await openRooms(desk);
  await desk.expectSent();
  line.cutAnswersAt(20);
  await remark(desk, '0101', '答复在路上断了');
  await expect(desk.truth).toContainText('待同步 1');
  await expect(desk.truth).toContainText('离线');
  await desk.open.kill();
  line.cutAnswersAt(null);
  const again = await demoDesk(launch({ profileDir: desk.open.profileDir, demoServer: line.url }));
  const rooms = await openRooms(again);
  await rooms.expectCell('0101', '备注', '答复在路上断了');
  await again.expectSent();
  await expect(again.truth).not.toContainText('拒收');
  await line.stop();
});

test('the working copy is deleted between two starts, offline: everything is there again', async ({ launch, openOffice }) => {
  const office = await openOffice({ demo: true });
  const desk = await demoDesk(launch({ demoServer: office.url }));
  await openRooms(desk);
  await desk.expectSent();
  await office.stop();
  await expect(desk.truth).toContainText('离线');
  await remark(desk, '0101', '断网后写的备注');
  await desk.expectSaved();
  await desk.open.close();
  rmSync(path.join(desk.open.profileDir, 'IndexedDB'), { recursive: true });
  const again = await demoDesk(launch({ profileDir: desk.open.profileDir, demoServer: office.url }));
  const rooms = await openRooms(again);
  await expect(rooms.status).toContainText('31/60 间');
  await rooms.expectCell('0101', '备注', '断网后写的备注');
  await again.goTo('单位');
  await expect(again.page.getByText('12 / 12 个单位')).toBeVisible();
  await expect(again.truth).toContainText('待同步 1');
});

test('the server is gone, answers HTML, or half a reply: the truth line says which, and everything is sent afterwards', async ({ launch, openOffice }) => {
  const office = await openOffice({ demo: true });
  const line = await cuttingLine(office.url);
  const desk = await demoDesk(launch({ demoServer: line.url }));
  await openRooms(desk);
  await desk.expectSent();

  await line.unplug();
  await remark(desk, '0101', '没有服务器');
  await expect(desk.truth).toContainText('已保存');
  await expect(desk.truth).toContainText('待同步 1');
  await expect(desk.truth).toContainText('离线');
  await expect(desk.truth).toHaveAttribute('title', /连不上单位的服务器，内容已保存在本机/);

  const port = Number(new URL(line.url).port);
  const portal = await answering((_, response) => response.setHeader('content-type', 'text/html').end('<html><title>请先登录无线网络</title></html>'), undefined, port);
  await remark(desk, '0102', '登录页面挡在中间');
  await expect(desk.truth).toContainText('待同步 2');
  await expect(desk.truth).toHaveAttribute('title', /这个地址的回答不是单位服务器的，没有发送任何记录/, { timeout: 20_000 });
  await desk.truth.click();
  await expect(desk.page.getByText('还有 2 条没有同步，联网后自动发送。')).toBeVisible();
  await portal.stop();

  const tornLine = await answering((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
    response.write('{"v":1,"receipt":', () => response.socket?.destroy());
  }, undefined, port);
  await desk.page.getByRole('button', { name: '立即同步' }).click();
  await expect(desk.truth).toHaveAttribute('title', /服务器的回答只收到一半，没有采用；本机内容完好/);
  await expect(desk.truth).toContainText('待同步 2');
  await tornLine.stop();

  await line.plugIn();
  await desk.page.getByRole('button', { name: '立即同步' }).click();
  await desk.expectSent();
  await line.stop();
});

test('a clock years off is doubted aloud, and the work still gets through', async ({ launch, openOffice }) => {
  const clock = `--import=${path.resolve(import.meta.dirname, 'helpers/years-ahead.mjs')}`;
  const office = await openOffice({ demo: true, env: { NODE_OPTIONS: clock } });
  const desk = await demoDesk(launch({ demoServer: office.url }));
  await expect(desk.truth).toContainText('时钟存疑');
  await openRooms(desk);
  await remark(desk, '0101', '时钟不对时写的');
  await desk.expectSent();
  await desk.truth.click();
  await expect(desk.page.getByText(/本机时间比服务器慢约 [\d,]+ 分钟。记录会注明存疑/)).toBeVisible();
});

test('two people in one inspection: other rooms do not disturb, the same field keeps both values until one is chosen', async ({ launch, openOffice }) => {
  const office = await openOffice({ demo: true });
  const line = await cuttingLine(office.url);
  const [lin, he] = await Promise.all([demoDesk(launch({ demoServer: line.url })), demoDesk(launch({ demoServer: line.url }))]);
  await changeTo(he, demoPeople.jointStaff);
  const [ofLin, ofHe] = await Promise.all([openRooms(lin), openRooms(he)]);
  await Promise.all([lin.expectSent(), he.expectSent()]);

  await line.unplug();
  await remark(lin, '0102', '林在这一间');
  await remark(he, '0103', '何在那一间');
  await remark(lin, '0104', '林看到窗开着');
  await remark(he, '0104', '何看到窗关着');
  await Promise.all([lin.expectSaved(), he.expectSaved()]);
  await line.plugIn();
  await Promise.all([lin.expectSent(), he.expectSent()]);
  for (const rooms of [ofLin, ofHe]) {
    await rooms.expectCell('0102', '备注', '林在这一间');
    await rooms.expectCell('0103', '备注', '何在那一间');
    await expect(rooms.row('0102')).not.toContainText('两值');
    await expect(rooms.row('0104')).toContainText('两值');
  }
  await ofLin.select('0104', '备注');
  await lin.page.keyboard.press('Space');
  const conflict = ofLin.drawer('0104').getByRole('region', { name: '两人填写了不同的内容' });
  await expect(conflict).toContainText('林看到窗开着');
  await expect(conflict).toContainText('林知夏');
  await conflict.getByRole('button', { name: /何看到窗关着/ }).click();
  for (const rooms of [ofLin, ofHe]) {
    await rooms.expectCell('0104', '备注', '何看到窗关着');
    await expect(rooms.row('0104')).not.toContainText('两值');
  }
  await line.stop();
});

test('a room that a colleague sends after the lock is a supplement, and a person decides on it', async ({ folder, launch, openOffice }) => {
  test.setTimeout(120_000);
  const office = await openOffice({ demo: true });
  const line = await cuttingLine(office.url);
  const [zhou, he] = await Promise.all([
    demoDesk(launch({ profileDir: path.join(folder, 'zhou'), demoServer: office.url })),
    demoDesk(launch({ profileDir: path.join(folder, 'he'), demoServer: line.url })),
  ]);
  await Promise.all([changeTo(zhou, demoPeople.secondInspector), changeTo(he, demoPeople.jointStaff)]);
  const inspection = `/inspections/${demoInspections.small}`;
  await Promise.all([he.goToPath(`${inspection}/rooms`), zhou.goToPath(`${inspection}/papers`)]);
  await line.unplug();
  const roomsOfHe = roomsPage(he);
  await roomsOfHe.goTo('0299');
  await he.expectSaved();

  const papers = papersPage(zhou.page);
  await papers.conclude(['房间 12 间']);
  await expect(papers.card('现场检查情况反馈单')).toContainText('已生成');
  await zhou.expectSent();
  await line.plugIn();
  await he.expectSent();
  await expect(he.page.getByText(/定稿锁定，房间只能查看/)).toBeVisible();

  const late = zhou.page.getByRole('region', { name: '补充（定稿后到达）' });
  await expect(late).toContainText('0299：新增房间', { timeout: 20_000 });
  await late.getByRole('button', { name: '采纳', exact: true }).click();
  await zhou.page.getByRole('dialog').getByLabel('理由').fill('同日检查，漏传');
  await zhou.page.getByRole('dialog').getByRole('button', { name: '采纳', exact: true }).click();
  await expect(late).toContainText('已采纳');
  await expect(papers.card('房间明细表'), 'the paper stays as it was').toContainText('已生成');

  const number = /[A-Z0-9]+-\d{8}-\d+/.exec(await papers.card('现场检查笔录').innerText())?.[0] ?? 'no number';
  await expect(papers.card('补充房间明细表')).toContainText('预览');
  await papers.card('补充房间明细表').click();
  await pictures(zhou.open, 'bad-luck-supplement-preview');
  await zhou.page.getByRole('button', { name: '生成文书', exact: true }).click();
  await expect(papers.card('补充房间明细表')).toContainText(/已生成 *[A-Z0-9]+-\d{8}-\d+ · 1 页/);
  await zhou.savesTo(folder);
  await papers.show('补充房间明细表');
  const supplement = (await papers.savedText('补充房间明细表')).replaceAll(/\s/g, '');
  for (const fact of [`《现场检查笔录》（现场编号：${number}）的附件`, '补充列入的房间（1间）', '0299', '同日检查，漏传', 'PDF文件SHA-256']) expect(supplement, fact).toContain(fact);
  await papers.sign(await photoOf(zhou.page, '补充签字页.jpg'));
  await expect(papers.card('补充房间明细表')).toContainText('已签');
  await pictures(zhou.open, 'bad-luck-supplement');

  // What is here is held against the lock whenever the inspection is opened.
  await expect(zhou.page.getByText('与定稿时不一致')).toHaveCount(0);
  const room = await alteredRoom(zhou.page);
  await zhou.goTo('今日');
  await zhou.goToPath(`${inspection}/review`);
  await expect(zhou.page.getByRole('alert')).toContainText(`与定稿时不一致：${room}`);
  await expect(zhou.page.getByRole('button', { name: '导出 XLSX' })).toBeDisabled();
  await pictures(zhou.open, 'bad-luck-unlike');
  await line.stop();
});

test.describe('what is typed, pasted or chosen is taken or refused with its reason', () => {
  test.describe.configure({ mode: 'serial' });
  let folder = '';
  let office: Office;
  let desk: Desk;

  test.beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'xuncha-typed-'));
    office = await startOffice({ dataDir: path.join(folder, 'office'), demo: true });
    desk = await demoDesk(launchApp({ profileDir: path.join(folder, 'profile'), demoServer: office.url }));
  });
  test.afterAll(async () => {
    await desk?.open.kill();
    await office?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  });
  /** kill -9, and the next start. */
  const reopened = async (): Promise<Desk> => {
    await desk.open.kill();
    desk = await demoDesk(launchApp({ profileDir: path.join(folder, 'profile'), demoServer: office.url }));
    return desk;
  };

  test('10 MB pasted into a field: the field is named, the text stays, the stored value is as before', async () => {
    const page = await openSetup(desk);
    const source = page.panel('任务').getByLabel('任务来源');
    const before = await source.inputValue();
    await desk.open.app.evaluate(({ clipboard }) => clipboard.writeText('长'.repeat(10 * 1024 * 1024 / 3)));
    await source.focus();
    await desk.page.keyboard.press('Control+A');
    await desk.page.keyboard.press('Control+V');
    await expect(page.panel('任务').getByRole('alert')).toContainText(/任务来源最多 200 个字，现在有 [\d,]+ 个，没有保存；文字还在输入框里/, { timeout: 20_000 });
    expect((await source.inputValue()).length).toBeGreaterThan(3_000_000);
    await page.panel('时间、地点和陪同人员').getByLabel('检查地点').fill('示例市档案局办公楼东门');
    await desk.expectSaved();
    await desk.goTo('今日');
    await desk.page.getByRole('heading', { name: '今日' }).waitFor();
    await openSetup(desk);
    await expect(page.panel('任务').getByRole('alert'), 'the text is still in its field, with the reason').toContainText('任务来源最多 200 个字');
    const again = await reopened();
    const after = await openSetup(again);
    await expect(after.panel('任务').getByLabel('任务来源')).toHaveValue(before);
    await expect(after.panel('时间、地点和陪同人员').getByLabel('检查地点')).toHaveValue('示例市档案局办公楼东门');
  });

  test('temperatures as people mistype them are read or refused with a reason, and never stored wrong', async () => {
    const rooms = await openRooms(desk);
    const type = async (room: string, text: string): Promise<void> => {
      await rooms.goTo(room);
      await rooms.select(room, '设定');
      await desk.page.keyboard.type(text);
      await desk.page.keyboard.press('Enter');
    };
    await rooms.goTo('0105');
    const before = await (await rooms.cell('0105', '设定')).innerText();
    await type('0102', '26。5');
    await rooms.expectCell('0102', '设定', '26.5');
    const refusals = [['0103', '二十六', '是汉字数字'], ['0104', '-40', '超出了'], ['0105', '260', '超出了']] as const;
    for (const [room, text, why] of refusals) {
      await type(room, text);
      await expect(await rooms.cell(room, '设定'), 'it stays visible').toHaveText(text);
      await rooms.select(room, '设定');
      await expect(desk.page.getByRole('status').filter({ hasText: why })).toBeVisible();
    }
    await expect(rooms.status).toContainText('3 格未采用');
    await desk.expectSaved();
    const again = await reopened();
    const after = await openRooms(again);
    await after.expectCell('0102', '设定', '26.5');
    await after.expectCell('0105', '设定', before);
    for (const [room, text] of refusals) {
      await after.goTo(room);
      await expect(await after.cell(room, '设定')).not.toHaveText(text);
    }
  });

  test('a list in another encoding is named as such, and nothing of it is imported', async () => {
    await desk.goToPath('/institutions/import');
    const page = institutionsPage(desk.page);
    const table = institutionTable([{ name: '示例市气象局', noCode: '新设机构' }]);
    await page.chooseTable('名录-utf16.csv', Buffer.from(`\ufeff${table}`, 'utf16le'));
    await expect(desk.page.getByRole('alert')).toContainText('什么都没有导入');
    await page.chooseTable('名录-坏.csv', Buffer.concat([gb18030(table), Buffer.from([0x81, 0x20, 0xff, 0xff])]));
    await expect(desk.page.getByRole('alert')).toContainText('文字编码无法识别，什么都没有导入；请另存为 UTF-8 或 GB18030');
    await desk.goTo('单位');
    await expect(desk.page.getByText('12 / 12 个单位')).toBeVisible();
  });
});

/** Writes another setting into a locked room's row of the working copy, behind the program's back; returns the room's name. */
async function alteredRoom(page: Page): Promise<string> {
  return await page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error ?? new Error('no reason')));
    });
    type Row = { readonly recordType: string; readonly lockedThrough: unknown; readonly fields: Record<string, unknown> };
    let altered = '';
    // Each account of this laptop has a working copy of its own.
    for (const { name = '' } of await indexedDB.databases()) {
      if (!name.startsWith('xuncha-')) continue;
      const database = await asked(indexedDB.open(name));
      const rows = database.transaction('records', 'readwrite').objectStore('records');
      const row = (await asked(rows.getAll() as IDBRequest<Row[]>)).find((each) => each.recordType === 'roomCheck' && each.lockedThrough !== null && each.fields['room'] !== '0299');
      if (row) {
        await asked(rows.put({ ...row, fields: { ...row.fields, setTemperatureC: '16' } }));
        altered = String(row.fields['room']);
      }
      database.close();
    }
    if (altered === '') throw new Error('no locked room in a row of its own');
    return altered;
  });
}
