import { rename, writeFile } from 'node:fs/promises';
import type { BrowserWindow } from 'electron';

/**
 * Resolves in the page once the renderer says that its first screen is complete (`<html data-screen="ready">`) and that
 * screen is painted. The attribute is the renderer's promise; nothing here guesses from time.
 */
const untilPainted = `new Promise((resolve) => {
  const root = document.documentElement;
  const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)));
  if (root.dataset.screen === 'ready') return painted();
  new MutationObserver((_list, observer) => {
    if (root.dataset.screen !== 'ready') return;
    observer.disconnect();
    painted();
  }).observe(root, { attributes: true, attributeFilter: ['data-screen'] });
})`;

/** Saves one PNG of the window once its first screen is complete. Used by `npm start` where there is no display. */
export async function savePicture(window: BrowserWindow, file: string): Promise<void> {
  if (window.webContents.isLoading()) {
    await new Promise<void>((resolve) => window.webContents.once('did-finish-load', () => resolve()));
  }
  await window.webContents.executeJavaScriptInIsolatedWorld(999, [{ code: untilPainted }]);
  const picture = await window.webContents.capturePage();
  await writeFile(`${file}.part`, picture.toPNG());
  await rename(`${file}.part`, file);
}
