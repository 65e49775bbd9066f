import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import path from 'node:path';
import { demoDesk, underWay } from './helpers/demo-desk.ts';
import { expect, test } from './helpers/fixtures.ts';
import { inspectionPage } from './helpers/inspection-page.ts';

/** More than crosses the bridge between window and main in one piece. */
const videoBytes = 300 * 1024 * 1024;

test('a long video of a refusal is chosen by its file, goes up by itself and can be saved again', async ({ folder, launch, openOffice }) => {
  const [video, copy] = [path.join(folder, '执法记录仪.mp4'), path.join(folder, '另存.mp4')];
  await writeVideo(video);
  const office = await openOffice({ demo: true });
  const desk = await demoDesk(launch({ profileDir: path.join(folder, 'profile'), demoServer: office.url }));
  // The system's own dialogs can not be driven: what a person would choose in them is put in their place.
  await desk.open.app.evaluate(({ dialog }, [chosen, target]) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen ?? ''] });
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: target ?? '' });
  }, [video, copy]);
  await desk.goToPath(`/inspections/${underWay}`);
  const page = inspectionPage(desk);
  await page.panel('拒绝检查').getByRole('button', { name: '记录拒绝检查' }).click();
  const dialog = desk.page.getByRole('dialog');
  await dialog.getByLabel('拒绝的理由').fill('不让进入');
  await dialog.getByRole('button', { name: /录像|照片/ }).click();
  await expect(dialog).toContainText('执法记录仪.mp4（314.6 MB），已存入本机', { timeout: 30_000 });
  await dialog.getByRole('button', { name: '记录', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await desk.goToPath('/sync');
  await expect(page.panel('照片、文件和录像')).toContainText('都已传到服务器', { timeout: 60_000 });
  await desk.goToPath(`/inspections/${underWay}`);
  await page.panel('拒绝检查').getByRole('button', { name: '另存一份…' }).click();
  await expect(page.panel('拒绝检查')).toContainText('已另存到', { timeout: 30_000 });
  expect(await hashOf(copy)).toBe(await hashOf(video));
});

async function writeVideo(file: string): Promise<void> {
  const handle = await openFile(file, 'w');
  const piece = Buffer.alloc(1024 * 1024);
  for (let n = 0; n < videoBytes / piece.length; n += 1) {
    piece.fill(`frame ${n} `);
    await handle.write(piece);
  }
  await handle.close();
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex');
}
