import { dialog, type BrowserWindow } from 'electron';
import type { ImportKind } from '../bridge/evidence-calls.ts';
import { pictureEndings, videoEndings } from '../evidence/media-type.ts';

/** Asks the person where to save; null = cancelled, or no window to ask in. */
export async function askWhereToSave(window: BrowserWindow | null, suggestedName: string): Promise<string | null> {
  if (!window) return null;
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: suggestedName });
  return canceled || !filePath ? null : filePath;
}

/** Asks for an exchange package; null = cancelled, or no window to ask in. */
export async function askWhichPackage(window: BrowserWindow | null): Promise<string | null> {
  if (!window) return null;
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties: ['openFile'], filters: [{ name: '交换包 / Exchange package', extensions: ['xcpkg'] }] });
  return canceled ? null : (filePaths[0] ?? null);
}

/** Asks for one file to take in as evidence; null = cancelled, or no window to ask in. */
export async function askWhichToImport(window: BrowserWindow | null, kind: ImportKind): Promise<string | null> {
  if (!window) return null;
  const endings = { video: videoEndings, 'picture-or-video': [...videoEndings, ...pictureEndings], any: ['*'] }[kind];
  const names = { video: '录像 / Video', 'picture-or-video': '录像或照片 / Video or photo', any: '所有文件 / All files' };
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties: ['openFile'], filters: [{ name: names[kind], extensions: [...endings] }] });
  return canceled ? null : (filePaths[0] ?? null);
}
