import { rename, writeFile } from 'node:fs/promises';
import type { BrowserWindow } from 'electron';

/**
 * Resolves in the page once the renderer says that its first screen is complete (`<html data-screen="ready">`), none of
 * its parts is still busy, and it is painted. These are the renderer's promises; nothing here guesses from time.
 */
const untilPainted = `new Promise((resolve) => {
  const root = document.documentElement;
  const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)));
  const look = () => {
    if (root.dataset.screen === 'ready' && document.querySelector('[aria-busy="true"]') === null) painted();
    else requestAnimationFrame(look);
  };
  look();
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
