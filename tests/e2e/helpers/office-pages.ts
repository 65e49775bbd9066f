import { expect, type Page } from '@playwright/test';
import type { PersonToAdd } from './people.ts';

/** 人员: organs, people, one-time codes. */
export function peoplePage(page: Page) {
  return {
    async addOrgan(name: string) {
      await page.getByRole('button', { name: '添加机关' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('机关名称').fill(name);
      await dialog.getByLabel('类别').selectOption('联合检查机关');
      await dialog.getByRole('button', { name: '保存' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('region', { name: '机关' }).getByText(name).waitFor();
    },
    async add(person: PersonToAdd) {
      await page.getByRole('button', { name: '添加人员' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('姓名').fill(person.name);
      await dialog.getByLabel('登录名').fill(person.loginName);
      if (person.organ) await dialog.getByLabel('所属机关').selectOption(person.organ);
      if (person.telephone) await dialog.getByLabel('电话').fill(person.telephone);
      await dialog.getByRole('checkbox', { name: '执法人员', exact: true }).setChecked(person.roles.includes('执法人员'));
      for (const role of person.roles) await dialog.getByRole('checkbox', { name: role, exact: true }).check();
      if (person.certificate) {
        await dialog.getByLabel('证件号').fill(person.certificate.number);
        await dialog.getByLabel('发证机关').fill(person.certificate.issuingOrgan);
        await dialog.getByLabel('生效日期').fill('2025-01-01');
        await dialog.getByLabel('有效期至').fill('2029-12-31');
      }
      await dialog.getByRole('button', { name: '保存' }).click();
      await dialog.waitFor({ state: 'detached' });
      await rowOf(page, person.name).waitFor();
    },
    /** Reads the one-time code off the screen, as it is read out across the desk. */
    async codeFor(name: string): Promise<string> {
      await rowOf(page, name).getByRole('button', { name: '登记代码' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: '生成代码' }).click();
      const code = await dialog.getByLabel('登记代码', { exact: true }).innerText();
      await dialog.getByRole('button', { name: '关闭' }).click();
      await dialog.waitFor({ state: 'detached' });
      return code.trim();
    },
    row: (name: string) => rowOf(page, name),
    /** Lets the office's inspectors have papers signed on the screen. */
    async allowDrawing(organ: string) {
      await page.getByRole('region', { name: '机关' }).getByRole('listitem').filter({ hasText: organ }).getByRole('button', { name: '修改' }).click();
      const dialog = page.getByRole('dialog', { name: '修改机关' });
      await dialog.getByLabel('允许在屏幕上手写签字').check();
      await dialog.getByRole('button', { name: '保存' }).click();
      await dialog.waitFor({ state: 'detached' });
    },
    laptop: (officer: string) => page.getByRole('table', { name: '设备' }).getByRole('row').filter({ hasText: officer }),
  };
}

function rowOf(page: Page, name: string) {
  return page.getByRole('table', { name: '人员' }).getByRole('row').filter({ hasText: name });
}

/** 单位: the list and its import. */
export function institutionsPage(page: Page) {
  const chooseTable = (name: string, bytes: Uint8Array): Promise<void> =>
    page.locator('input[type=file][aria-label="选择文件"]').setInputFiles({ name, mimeType: name.endsWith('.csv') ? 'text/csv' : 'application/octet-stream', buffer: Buffer.from(bytes) });
  return {
    chooseTable,
    badRow: (line: number) => page.getByRole('table', { name: /有问题的/ }).getByRole('row').filter({ has: page.getByRole('cell', { name: String(line), exact: true }) }),
    importAll: page.getByRole('button', { name: /^全部导入/ }),
    importGood: page.getByRole('button', { name: /^只导入没有问题的/ }),
    row: (name: string) => page.getByRole('table', { name: '单位' }).getByRole('row').filter({ hasText: name }),
    async importWhole(name: string, bytes: Uint8Array, rows: number) {
      await chooseTable(name, bytes);
      await page.getByRole('button', { name: `全部导入（${rows} 行）` }).click();
      await expect(page.getByRole('heading', { name: `已导入 ${rows} 个单位` })).toBeVisible();
    },
  };
}
