import { expect, type Locator } from '@playwright/test';
import type { Desk } from './desk.ts';

/** The room grid, typed into as an inspector does: by keyboard, by paste, by photo. */
export function roomsPage({ page, open }: Desk) {
  const grid = page.getByRole('grid', { name: '房间检查表' });
  const row = (room: string): Locator => grid.getByRole('row').filter({ has: page.locator('[aria-colindex="1"]', { hasText: new RegExp(`^${room}(两值|补)?$`) }) });
  const columnIndex = async (title: string): Promise<string> => (await grid.getByRole('columnheader', { name: title, exact: true }).getAttribute('aria-colindex')) ?? '';
  const cell = async (room: string, column: string): Promise<Locator> => row(room).locator(`[aria-colindex="${await columnIndex(column)}"]`);
  /** Also brings the room into the window: the grid draws only what is in it. */
  const goTo = async (room: string): Promise<void> => {
    const jump = page.getByRole('combobox', { name: '跳到房号' });
    await jump.fill(room);
    await jump.press('Enter');
    await row(room).waitFor();
  };
  return {
    grid, row, cell, goTo,
    status: page.locator('.rooms-status'),
    /** Clicks a cell: the frame is there and typing replaces what stands in it. */
    async select(room: string, column: string) {
      await (await cell(room, column)).click();
    },
    /** The empty row at the end: what is entered there becomes a room. */
    async selectNewRow() {
      await page.keyboard.press('Control+End');
      await grid.getByRole('gridcell').filter({ hasText: '输入房号新增一间' }).click();
    },
    /** Cell by cell with Tab, from the cell that has the frame. */
    async typeAlong(...texts: readonly string[]) {
      for (const [index, text] of texts.entries()) {
        if (index > 0) await page.keyboard.press('Tab');
        if (text !== '') await page.keyboard.type(text);
      }
    },
    /** From the clipboard of the system, as after a copy in Excel. */
    async paste(text: string) {
      await open.app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
      await page.keyboard.press('Control+V');
    },
    /** The frame of the active cell stands beside the verdicts, not on top of them. */
    async expectFrameInSight() {
      const verdicts = await grid.getByRole('columnheader', { name: '设定判定', exact: true }).boundingBox();
      await expect.poll(async () => {
        const frame = await page.locator('.grid-field').boundingBox();
        return frame && verdicts ? frame.x + frame.width <= verdicts.x + 2 : false;
      }).toBe(true);
    },
    async expectCell(room: string, column: string, text: string) {
      await goTo(room);
      await expect(await cell(room, column)).toHaveText(text);
    },
    async expectVerdicts(room: string, setting: string, air: string) {
      await expect(await cell(room, '设定判定')).toContainText(setting);
      await expect(await cell(room, '实测判定')).toContainText(air);
    },
    drawer: (room: string) => page.getByRole('complementary', { name: `房间 ${room} 详情` }),
    async addPhotos(room: string, photos: readonly Readonly<{ name: string; mimeType: string; buffer: Buffer }>[]) {
      const photosPart = page.getByRole('complementary', { name: `房间 ${room} 详情` }).getByRole('region', { name: '照片' });
      await photosPart.locator('input[type=file]').setInputFiles([...photos]);
      await expect(photosPart.getByRole('listitem')).toHaveCount(photos.length);
    },
  };
}
