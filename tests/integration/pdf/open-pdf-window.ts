import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build as esbuild } from 'esbuild';
import { _electron, type Page } from 'playwright';
import { build as vite } from 'vite';
import { electronExecutable, electronRuntime } from '../../../scripts/electron-runtime.mjs';
import { hasDisplay, startXvfb } from '../../../scripts/xvfb.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const source = path.join(import.meta.dirname, 'pdf-window');
export const fontFolder = path.join(root, 'node_modules/@expo-google-fonts/noto-serif-sc');

export type PdfWindow = { readonly page: Page; reopen(): Promise<Page>; close(): Promise<void> };

/**
 * A real Electron window at app://main/ under the product's policy that holds the paper functions (pdf-window/page.ts).
 * `installed`: the font files of its machine by name, none by default.
 */
export async function openPdfWindow(installed: Readonly<Record<string, Uint8Array>> = {}): Promise<PdfWindow> {
  const folder = await mkdtemp(path.join(tmpdir(), 'xuncha-pdf-'));
  await buildWindow(folder);
  const fonts = path.join(folder, 'fonts-of-the-system');
  mkdirSync(fonts);
  for (const [name, bytes] of Object.entries(installed)) writeFileSync(path.join(fonts, name), bytes);
  const { dir } = await electronRuntime();
  const screen = hasDisplay() ? null : await startXvfb({ width: 1366, height: 768 });
  const launch = async () => {
    const app = await _electron.launch({
      executablePath: electronExecutable(dir),
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--lang=zh-CN', path.join(folder, 'main'), folder],
      env: { ...(process.env as Record<string, string>), ...(screen ? { DISPLAY: screen.display } : {}) },
    });
    const page = await app.firstWindow();
    await page.locator('html[data-screen="ready"]').waitFor();
    return { app, page };
  };
  let opened = await launch();
  return {
    page: opened.page,
    async reopen() {
      await opened.app.close();
      opened = await launch();
      return opened.page;
    },
    async close() {
      await opened.app.close();
      await screen?.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

async function buildWindow(folder: string): Promise<void> {
  await vite({
    configFile: path.join(root, 'vite.config.mts'),
    root: source,
    logLevel: 'error',
    build: { outDir: path.join(folder, 'renderer'), rollupOptions: { input: path.join(source, 'index.html') } },
  });
  mkdirSync(path.join(folder, 'renderer/fonts'), { recursive: true });
  for (const [name, file] of [['Regular', '400Regular/NotoSerifSC_400Regular.ttf'], ['Bold', '700Bold/NotoSerifSC_700Bold.ttf']] as const) {
    cpSync(path.join(fontFolder, file), path.join(folder, `renderer/fonts/NotoSerifSC-${name}.ttf`));
  }
  await esbuild({
    bundle: true, platform: 'node', format: 'cjs', target: 'node18', external: ['electron'], logLevel: 'error',
    entryPoints: [path.join(source, 'main.ts')], outfile: path.join(folder, 'main/main.cjs'),
  });
  writeFileSync(path.join(folder, 'main/package.json'), JSON.stringify({ name: 'papers', main: 'main.cjs' }));
}
