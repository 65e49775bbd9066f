import path from 'node:path';
import { demoPeople } from '../../src-shared/domain/demo/demo-people.ts';
import { changeTo, demoDesk, underWay } from './helpers/demo-desk.ts';
import type { Desk } from './helpers/desk.ts';
import { expect, test } from './helpers/fixtures.ts';
import { pictures } from './helpers/pictures.ts';
import { roomsPage } from './helpers/rooms-page.ts';

test('work of a laptop without a network reaches the office on a disk, and its receipt comes back', async ({ folder, launch, openOffice }) => {
  test.setTimeout(120_000);
  const [carried, receipt, profileDir] = [path.join(folder, '交换包.xcpkg'), path.join(folder, '回执包.xcpkg'), path.join(folder, 'field')];
  const office = await openOffice({ demo: true });
  const port = Number(new URL(office.url).port);
  const field = await demoDesk(launch({ profileDir, demoServer: office.url }));
  const house = await demoDesk(launch({ demoServer: office.url }));
  await changeTo(house, demoPeople.sectionHead);
  await field.goToPath(`/inspections/${underWay}/rooms`);
  await office.stop();
  const rooms = roomsPage(field);
  await rooms.goTo('0103');
  await rooms.select('0103', '备注');
  await field.page.keyboard.type('用磁盘送来');
  await field.page.keyboard.press('Enter');
  await field.goToPath('/sync');

  await choose(field, { save: carried });
  await field.page.getByRole('button', { name: '导出交换包' }).click();
  await expect(field.page.getByText(/已导出 1 条记录和 0 个照片或文件到/)).toBeVisible();
  await pictures(field.open, 'exchange-package');
  // The field laptop must not send by itself what is about to be carried.
  const reached = await field.open.close().then(() => openOffice({ demo: true, port }));

  await house.goToPath('/sync');
  await choose(house, { open: carried, save: receipt });
  await house.page.getByRole('button', { name: '导入交换包' }).click();
  await expect(house.page.getByText(/服务器已收到电脑 .* 的内容/)).toBeVisible({ timeout: 20_000 });
  await house.goToPath(`/inspections/${underWay}/rooms`);
  await roomsPage(house).expectCell('0103', '备注', '用磁盘送来');
  await reached.stop();

  const again = await demoDesk(launch({ profileDir, demoServer: office.url }));
  await again.goToPath('/sync');
  await expect(again.page.getByText('还有 1 条没有同步').first()).toBeVisible();
  await choose(again, { open: receipt });
  await again.page.getByRole('button', { name: '导入交换包' }).click();
  await expect(again.page.getByText(/回执已导入：新确认送达 1 条记录/)).toBeVisible();
  await expect(again.page.getByText('全部内容都已送到服务器并取得回执').first()).toBeVisible();
});

/** The system's own dialogs can not be driven: what a person would choose in them is put in their place. */
async function choose(desk: Desk, { open = '', save = '' }: { readonly open?: string; readonly save?: string }): Promise<void> {
  await desk.open.app.evaluate(({ dialog }, [chosen, target]) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen ?? ''] });
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: target ?? '' });
  }, [open, save]);
}
