import { execFileSync } from 'node:child_process';
import { expect, type Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { savedFile } from './desk.ts';

/** 文书 of one inspection: lock, make, print, sign. */
export function papersPage(page: Page) {
  const card = (title: string) => page.getByRole('region', { name: '文书', exact: true }).getByRole('button', { name: new RegExp(`^${title}`) });
  const viewer = (title: string) => page.getByRole('region', { name: new RegExp(`^${title} `) });
  return {
    card, viewer,
    /** 定稿锁定: shows what will be fixed for ever, then does it and makes the papers. */
    async conclude(shows: readonly string[]) {
      await page.getByRole('button', { name: '定稿锁定…' }).click();
      const dialog = page.getByRole('dialog', { name: /定稿锁定/ });
      for (const fact of shows) await expect(dialog).toContainText(fact);
      await dialog.getByRole('button', { name: '定稿锁定并生成文书' }).click();
      await dialog.waitFor({ state: 'detached' });
    },
    async show(title: string) {
      await card(title).click();
      await viewer(title).locator('canvas').first().waitFor();
    },
    /** The text of the shown paper, from a copy saved to a folder. */
    async savedText(title: string): Promise<string> {
      const shown = viewer(title);
      const { path, bytes } = await savedFile(page, shown.getByRole('button', { name: '存到文件夹…' }), 'pdf');
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      return pdfText(path);
    },
    async sign(photo: Readonly<{ name: string; mimeType: string; buffer: Buffer }>) {
      await page.getByRole('button', { name: '回传签名件…' }).click();
      const dialog = page.getByRole('dialog', { name: '回传签名件' });
      await dialog.locator('input[type=file]').setInputFiles(photo);
      await dialog.getByRole('button', { name: '绑定到文书' }).click();
      await dialog.waitFor({ state: 'detached' });
    },
    async refuseToSign(reason: string) {
      await page.getByRole('button', { name: '记拒绝签名…' }).click();
      const dialog = page.getByRole('dialog', { name: '记拒绝签名' });
      await dialog.getByLabel('理由').fill(reason);
      await dialog.getByRole('button', { name: '记录', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
    },
  };
}

/** What a PDF says to anybody who searches or copies it. */
export function pdfText(file: string): string {
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
}

/** One running text: without the spaces that lay a page out, and without what stands on the head and foot of every page. */
export function runningText(text: string): string {
  const furniture = /第\s*\d+\s*页\s*共|现场编号：|（续）|被检查单位（签名或盖章）：\s*年|检查人员（签名）：\s*、/;
  return text.split('\n').filter((line) => !furniture.test(line)).join('').replaceAll(/\s+/g, '');
}

/** The words of a DOCX, headers and footers with them. */
export function docxText(bytes: Uint8Array): string {
  const parts = Object.entries(unzipSync(bytes)).filter(([name]) => name.startsWith('word/') && name.endsWith('.xml'));
  return parts.map(([, part]) => strFromU8(part).replaceAll(/<[^>]+>/g, '')).join('\n');
}
