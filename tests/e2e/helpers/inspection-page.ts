import { expect, type Locator } from '@playwright/test';
import type { Desk } from './desk.ts';

/** 检查: the list, the beginning of one, and everything about it but its rooms. */
export function inspectionPage({ page, goTo }: Desk) {
  const panel = (name: string): Locator => page.getByRole('region', { name, exact: true });
  return {
    panel,
    async begin(unit: string, taskSource: string) {
      await goTo('检查');
      await page.getByRole('button', { name: '新建检查' }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('combobox', { name: '被检查单位' }).fill(unit);
      await page.getByRole('option', { name: unit }).click();
      await dialog.getByLabel('季节').selectOption('夏季（制冷）');
      await dialog.getByLabel('任务来源').fill(taskSource);
      await dialog.getByRole('button', { name: '建立检查' }).click();
      await dialog.waitFor({ state: 'detached' });
      await panel('任务').waitFor();
    },
    tab: (name: string) => page.getByRole('navigation', { name: '检查' }).getByRole('link', { name, exact: true }).click(),
    row: (unit: string) => page.getByRole('table', { name: '检查' }).getByRole('row').filter({ hasText: unit }),
    /** Who signs: ticks people of the list, each once its certificate is shown beside the name. */
    async officers(...names: readonly string[]) {
      for (const name of names) {
        const box = panel('检查人员').getByRole('group', { name: '检查人员' }).getByRole('checkbox', { name: new RegExp(`^${name} .*执法证`) });
        await box.check();
        await expect(box).toBeChecked();
      }
    },
    async jointOrgan(name: string) {
      await panel('任务').getByRole('checkbox', { name }).check();
    },
    async place(accompanying: Readonly<{ name: string; post: string; telephone: string }>, outdoorC: string) {
      const place = panel('时间、地点和陪同人员');
      await now(place, '开始时间');
      await now(place, '结束时间');
      await place.getByLabel('室外温度').fill(outdoorC);
      await place.getByLabel('单位陪同人员').fill(accompanying.name);
      await place.getByLabel('职务').fill(accompanying.post);
      await place.getByLabel('电话').fill(accompanying.telephone);
    },
    async conduct(replyBy: string) {
      const conduct = panel('现场程序');
      await now(conduct, '出示执法证的时间');
      await conduct.getByRole('button', { name: '不申请回避' }).click();
      await conduct.getByLabel('请单位反馈的日期').fill(replyBy);
    },
    async sampling(totalRooms: string, method: string, by: string) {
      const sampling = panel('房间总数和抽样');
      await sampling.getByLabel('房间总数').fill(totalRooms);
      await sampling.getByLabel('抽样方式').selectOption(method);
      await sampling.getByLabel('由谁确定').fill(by);
    },
    async instrument(one: Readonly<{ name: string; number: string; certificateNo: string; validUntil: string; errorC: string }>) {
      const instruments = panel('仪器');
      await instruments.getByRole('button', { name: '添加仪器' }).click();
      await instruments.getByLabel('仪器名称').fill(one.name);
      await instruments.getByLabel('编号', { exact: true }).fill(one.number);
      await instruments.getByLabel('证书号').fill(one.certificateNo);
      await instruments.getByLabel('证书有效期至').fill(one.validUntil);
      await instruments.getByLabel('允许误差').fill(one.errorC);
    },
  };
}

/** Presses 现在 beside a moment. */
async function now(panel: Locator, label: string): Promise<void> {
  const field = panel.locator('.ui-field').filter({ hasText: label });
  await field.getByRole('button', { name: '现在' }).click();
  await expect(field.locator('input[type=date]')).not.toHaveValue('');
}
