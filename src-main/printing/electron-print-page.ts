import { pathToFileURL } from 'node:url';
import { BrowserWindow } from 'electron';
import type { OpenPrintPage } from './print-page.ts';

/** A hidden window of its own in-memory session: no preload, no bridge, only Chromium's PDF viewer and our own file. */
export const openElectronPrintPage: OpenPrintPage = () => {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { partition: 'printing', plugins: true, sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  });
  const contents = window.webContents;
  return {
    printers: async () => (await contents.getPrintersAsync()).map(({ name, ...more }) => ({ name, isDefault: isMarkedDefault(more) })),
    show: (pdfPath) => window.loadURL(pathToFileURL(pdfPath).href),
    print: ({ silent, deviceName, copies }, answered) =>
      contents.print({ silent, deviceName, copies, printBackground: true, margins: { marginType: 'none' } }, answered),
    close: () => {
      if (!window.isDestroyed()) window.destroy();
    },
  };
};

/** Later versions of Electron no longer tell. */
function isMarkedDefault(more: object): boolean {
  return 'isDefault' in more && more.isDefault === true;
}
