import { execFileSync } from 'node:child_process';
import { expect, type Locator, type Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { savedFile } from './desk.ts';

type Photo = Readonly<{ name: string; mimeType: string; buffer: Buffer }>;

/** 文书 of one inspection: lock, make, print, sign. */
export function papersPage(page: Page) {
  const card = (title: string) => page.getByRole('region', { name: '文书', exact: true }).getByRole('button', { name: new RegExp(`^${title}`) });
  const viewer = (title: string) => page.getByRole('region', { name: new RegExp(`^${title} `) });
  const bindPhoto = async (title: string, photo: Photo): Promise<void> => {
    await page.getByRole('button', { name: `${title}…` }).click();
    const dialog = page.getByRole('dialog', { name: title });
    await dialog.locator('input[type=file]').setInputFiles(photo);
    await dialog.getByRole('button', { name: '绑定到文书' }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  /** Without its reason neither refusal can be recorded; witness and video may stay empty. */
  const noteRefusal = async (title: string, reason: string): Promise<void> => {
    await page.getByRole('button', { name: `${title}…` }).click();
    const dialog = page.getByRole('dialog', { name: title });
    const note = dialog.getByRole('button', { name: '记录', exact: true });
    await expect(note).toBeDisabled();
    await dialog.getByLabel('理由').fill(reason);
    await note.click();
    await dialog.waitFor({ state: 'detached' });
  };
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
    sign: (photo: Photo) => bindPhoto('回传签名件', photo),
    /** The unit's stamp instead of a signature: a photo of the stamped print. */
    stamp: (photo: Photo) => bindPhoto('回传盖章件', photo),
    drawing: page.getByRole('button', { name: '屏幕手写…' }),
    /** 屏幕手写: with the mouse, as with a pen. Once wrong and cleared, then again. */
    async draw() {
      await page.getByRole('button', { name: '屏幕手写…' }).click();
      const dialog = page.getByRole('dialog', { name: '屏幕手写' });
      const bind = dialog.getByRole('button', { name: '绑定到文书' });
      const frame = dialog.locator('canvas');
      await expect(dialog).toContainText('屏幕手写只是笔迹图像，不是可靠电子签名');
      await expect(bind, 'an empty frame is no signature').toBeDisabled();
      await stroke(page, frame);
      await expect(bind).toBeEnabled();
      await dialog.getByRole('button', { name: '重写' }).click();
      await expect(bind).toBeDisabled();
      await stroke(page, frame);
      return { dialog, bind: () => bind.click().then(() => dialog.waitFor({ state: 'detached' })) };
    },
    signed: (words: RegExp) => page.locator('.documents-signed li').filter({ hasText: words }),
    refuseToSign: (reason: string) => noteRefusal('记拒绝签名', reason),
    refuseToReceive: (reason: string) => noteRefusal('记拒绝接收', reason),
  };
}

async function stroke(page: Page, frame: Locator): Promise<void> {
  const box = await frame.boundingBox();
  if (!box) throw new Error('there is no frame to sign in');
  const at = (across: number, down: number): [number, number] => [box.x + box.width * across, box.y + box.height * down];
  await page.mouse.move(...at(0.2, 0.6));
  await page.mouse.down();
  for (const [across, down] of [[0.35, 0.3], [0.5, 0.7], [0.65, 0.35], [0.8, 0.6]] as const) await page.mouse.move(...at(across, down), { steps: 4 });
  await page.mouse.up();
}

/** What this laptop's journal holds of the signatures: which bytes were signed, and the hash of what shows it. */
export async function signaturesInJournal(page: Page): Promise<readonly { readonly way: string; readonly name: string; readonly pdfSha256: string; readonly evidence: { readonly sha256: string } }[]> {
  return await page.evaluate(async () => {
    const { bridge } = window as unknown as { readonly bridge: { call(name: string, payload: unknown): Promise<string> } };
    const { changes } = JSON.parse(await bridge.call('journal.read', { fromSeq: 1, limit: 5000 }));
    type Patch = Readonly<Record<string, { readonly to: unknown }>>;
    const written = (changes as { readonly patch: Patch }[]).flatMap(({ patch }) => Object.entries(patch));
    return written.filter(([path]) => path.startsWith('signatures/')).map(([, { to }]) => to) as never;
  });
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
