import { expect, type Locator, type Page } from '@playwright/test';

/** 整改: the ledger, a case with its steps, and the opinion on its way through the house. */
export function casePage(page: Page) {
  const finding = (room: string): Locator => page.locator('tbody tr').filter({ has: page.getByRole('cell', { name: room, exact: true }) });
  return {
    finding,
    async open(unit: string) {
      await page.locator('.casework-bar').filter({ hasText: unit }).getByRole('button', { name: '转为整改' }).click();
      await page.getByRole('heading', { name: `${unit} 整改` }).waitFor();
    },
    async step(room: string, step: string, text: string, complies?: '已符合' | '仍超标') {
      await finding(room).getByRole('button', { name: step, exact: true }).click();
      const dialog = page.getByRole('dialog');
      if (complies) await dialog.getByRole('button', { name: complies }).click();
      await dialog.getByLabel('情况说明').fill(text);
      await dialog.getByRole('button', { name: '记入台账' }).click();
      await dialog.waitFor({ state: 'detached' });
    },
  };
}

export function opinionPage(page: Page) {
  const step = (name: string): Locator => page.getByRole('region', { name, exact: true });
  return {
    step,
    waitsFor: (name: string) => expect(page.getByText(new RegExp(`等待：${name}`)).first()).toBeVisible(),
    isFinished: () => expect(page.getByText(/ · 已办结/).first()).toBeVisible(),
    async agree(name: string, comment = '') {
      if (comment !== '') await step(name).getByLabel('意见').fill(comment);
      await step(name).getByRole('button', { name: '同意' }).click();
    },
    /** 送达, handed over on the spot this minute. */
    async serve(name: string, post: string) {
      const panel = step('送达');
      await panel.getByLabel('送达方式').selectOption({ label: '直接送达' });
      await expect(panel.getByText('还缺：受送达人姓名、受送达人职务、送达时间、送达地点')).toBeVisible();
      await panel.getByRole('button', { name: '现在' }).click();
      await panel.getByLabel('受送达人姓名').fill(name);
      await panel.getByLabel('受送达人职务').fill(post);
      await panel.getByLabel('送达地点').fill('一楼大厅');
      await panel.getByRole('button', { name: '记录送达' }).click();
    },
    /** 送达 through the exchange of documents between offices, which gives its own number. */
    async exchangeDocuments(name: string, post: string, reference: string) {
      const panel = step('送达');
      await panel.getByLabel('送达方式').selectOption({ label: '公文交换、机要' });
      await panel.getByRole('button', { name: '现在' }).click();
      await panel.getByLabel('受送达人姓名').fill(name);
      await panel.getByLabel('受送达人职务').fill(post);
      await panel.getByLabel('交换登记号').fill(reference);
      await panel.getByRole('button', { name: '记录送达' }).click();
    },
    /** 回证已收: the scan of what the unit signed. */
    async addReceipt(file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }) {
      const panel = page.getByRole('region', { name: '送达情况' });
      await expect(panel.getByText('回证未收')).toBeVisible();
      await panel.locator('input[type=file]').setInputFiles(file);
      await panel.getByRole('button', { name: '记回证已收' }).click();
      await expect(panel.getByText('回证已收', { exact: true })).toBeVisible();
    },
    async done(name: string) {
      await step(name).getByRole('button', { name: '完成本步' }).click();
    },
    acts: page.locator('.casework-events li'),
  };
}
