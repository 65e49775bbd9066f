import { BrowserWindow, nativeTheme, screen } from 'electron';
import { appPage } from './app-scheme.ts';

// The paper and ink of the theme, repeated here because the window shows them before the renderer's first byte.
const paper = '#f7f6f2';
const ink = '#14181d';

/** Opens the one window, locked down, and shows it once its first frame is drawn. */
export function openMainWindow(preload: string, firstPath: string | null): BrowserWindow {
  const { width, height } = screen.getPrimaryDisplay().workAreaSize;
  const window = new BrowserWindow({
    title: '节能巡查',
    width: Math.min(width, 1440),
    height: Math.min(height, 900),
    minWidth: Math.min(width, 1024),
    minHeight: Math.min(height, 640),
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? ink : paper,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      safeDialogs: true,
      navigateOnDragDrop: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(firstPath === null ? appPage : `${appPage}#${firstPath}`);
  return window;
}
