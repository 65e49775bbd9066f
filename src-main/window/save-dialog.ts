import { dialog, type BrowserWindow } from 'electron';

/** Asks the person where to save; null = cancelled, or no window to ask in. */
export async function askWhereToSave(window: BrowserWindow | null, suggestedName: string): Promise<string | null> {
  if (!window) return null;
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: suggestedName });
  return canceled || !filePath ? null : filePath;
}
