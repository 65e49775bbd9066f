import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import type { OpenApp } from './launch.ts';
import type { Office } from './office.ts';
import { officeName, passphrase, people } from './people.ts';

/** One laptop and whoever sits at it, in the words of the job. */
export type Desk = Readonly<{
  open: OpenApp;
  page: Page;
  /** `已保存 · 待同步 12 · 上次联系 14:05`. */
  truth: Locator;
  /** A part of the rail: 检查, 整改, 单位, 人员, 设置. */
  goTo(section: string): Promise<void>;
  /** The path after the hash, as a colleague would send it. */
  goToPath(path: string): Promise<void>;
  path(): string;
  /** The first account of the office, with the code that the server printed on its console. */
  enrolFirst(office: Office): Promise<void>;
  enrol(office: Pick<Office, 'url'>, code: string): Promise<void>;
  signIn(name: string): Promise<void>;
  signOut(): Promise<void>;
  expectSaved(): Promise<void>;
  /** Everything has the server's receipt. */
  expectSent(): Promise<void>;
  /** Files go to this folder instead of a dialog that nobody answers; resolves to nothing until `saved`. */
  savesTo(folder: string): Promise<void>;
}>;

export function deskAt(open: OpenApp): Desk {
  const { page } = open;
  const truth = page.getByRole('status', { name: '保存与同步' });
  const rail = page.getByRole('navigation', { name: '主导航' });
  const signedIn = async (): Promise<void> => rail.waitFor({ timeout: 20_000 });
  const fillPassphrases = async (): Promise<void> => {
    await page.getByLabel('设置口令').fill(passphrase);
    await page.getByLabel('再输一次口令').fill(passphrase);
    await page.getByRole('button', { name: '登记并登录' }).click();
    await signedIn();
  };
  const goToPath = async (path: string): Promise<void> => {
    await page.evaluate((hash) => (window.location.hash = hash), path);
  };
  const enrolForm = async (): Promise<void> => {
    const another = page.getByRole('button', { name: '登记另一名人员' });
    await another.or(page.getByLabel('服务器地址')).waitFor();
    if (await another.isVisible()) await another.click();
  };
  return {
    open, page, truth, goToPath,
    goTo: (section) => rail.getByRole('link', { name: section, exact: true }).click(),
    path: () => new URL(page.url()).hash.slice(1),
    async enrolFirst(office) {
      await page.getByRole('button', { name: '建立首个账户' }).click();
      await page.getByLabel('服务器地址').fill(office.url);
      await page.getByLabel('服务器控制台上的代码').fill(firstAccountCode(office));
      await page.getByLabel('单位名称').fill(officeName);
      await page.getByLabel('姓名').fill(people.administrator.name);
      await page.getByLabel('登录名').fill(people.administrator.loginName);
      await fillPassphrases();
    },
    async enrol(office, code) {
      await enrolForm();
      await page.getByLabel('服务器地址').fill(office.url);
      await page.getByLabel('一次性登记代码').fill(code);
      await fillPassphrases();
    },
    async signIn(name) {
      await page.getByRole('radio', { name }).click();
      await page.getByLabel('口令', { exact: true }).fill(passphrase);
      await page.getByRole('button', { name: '登录', exact: true }).click();
      await signedIn();
    },
    async signOut() {
      await page.locator('.app-officer').click();
      await page.getByRole('button', { name: '退出登录' }).click();
      await page.getByRole('button', { name: '登记另一名人员' }).waitFor();
    },
    expectSaved: () => expect(truth).toContainText('已保存'),
    expectSent: () => expect(truth).toContainText('已全部同步', { timeout: 20_000 }),
    savesTo: (folder) => open.app.evaluate(({ dialog }, into) => {
      dialog.showSaveDialog = (async (_window: unknown, { defaultPath }: { defaultPath: string }) => ({ canceled: false, filePath: `${into}/${defaultPath}` })) as typeof dialog.showSaveDialog;
    }, folder),
  };
}

/** The code on the server's console: one JSON line. */
export function firstAccountCode(office: Office): string {
  const code = /"firstAccountCode":"([^"]+)"/.exec(office.output())?.[1];
  if (code === undefined) throw new Error(`the server printed no code for a first account:\n${office.output()}`);
  return code;
}

/** Clicks what saves a file and reads what was saved, from the path that the screen names. */
export async function savedFile(page: Page, button: Locator, ending: string): Promise<{ readonly path: string; readonly bytes: Buffer }> {
  await button.click();
  const said = page.getByText(new RegExp(`^已存到 .*\\.${ending}$`)).last();
  await said.waitFor({ timeout: 20_000 });
  const path = (await said.innerText()).replace('已存到 ', '').trim();
  return { path, bytes: readFileSync(path) };
}
