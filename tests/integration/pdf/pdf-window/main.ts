import path from 'node:path';
import { app, BrowserWindow, session } from 'electron';
import { findTypefaces } from '../../../../src-main/fonts/find-typefaces.ts';
import { systemFonts } from '../../../../src-main/fonts/system-fonts.ts';
import { registerAppScheme, serveRenderer, appPage } from '../../../../src-main/window/app-scheme.ts';
import { containAllContents } from '../../../../src-main/window/containment.ts';
import { denyPermissions } from '../../../../src-main/window/permissions.ts';

// A window as the product's own, under the same policy, on a page that holds the papers alone. Its machine has the fonts
// that the test put into one folder.
const folder = process.argv.at(-1) ?? '';
app.setPath('userData', path.join(folder, 'profile'));
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerAppScheme();
containAllContents();
app.on('window-all-closed', () => app.quit());
void app.whenReady().then(() => {
  denyPermissions(session.defaultSession);
  const folders = [path.join(folder, 'fonts-of-the-system')];
  serveRenderer(path.join(folder, 'renderer'), systemFonts(() => findTypefaces({ folders, timeLimitMs: 10_000 })));
  void new BrowserWindow({ width: 1366, height: 768, webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false } }).loadURL(appPage);
});
