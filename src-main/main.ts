import path from 'node:path';
import { app, BrowserWindow, Menu, session } from 'electron';
import { registerAppScheme, serveRenderer } from './window/app-scheme.ts';
import { containAllContents } from './window/containment.ts';
import { launchOptions, type LaunchOptions } from './window/launch-options.ts';
import { openMainWindow } from './window/main-window.ts';
import { denyPermissions } from './window/permissions.ts';
import { savePicture } from './window/window-picture.ts';

// Composition root: what must happen before Electron is ready, then the parts in their order. Nothing imports this file.

const options = readOptions();

// The product name holds Chinese and a space; the folder name stays plain and never changes.
const profileDir = options.profileDir ?? path.join(app.getPath('appData'), 'xuncha');
app.setPath('userData', profileDir);
app.setPath('sessionData', profileDir);

// Pages are never cached on disk: they come from our own files, and a cache would be one more place that leaks.
app.commandLine.appendSwitch('disable-http-cache');
app.commandLine.appendSwitch('disk-cache-size', '0');
// `enableSandbox` would silently cancel a --no-sandbox from the command line, and as root every child then dies.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

registerAppScheme();

// One instance, one writer of the journal. The lock lies in the profile, so a second profile may run beside it.
if (app.requestSingleInstanceLock()) {
  containAllContents();
  app.on('second-instance', showWindow);
  app.on('window-all-closed', () => app.quit());
  void app.whenReady().then(start);
} else {
  process.stderr.write(`xuncha already runs with this profile: ${profileDir}\n`);
  app.quit();
}

function start(): void {
  Menu.setApplicationMenu(null);
  denyPermissions(session.defaultSession);
  serveRenderer(path.join(__dirname, '../renderer'));
  const window = openMainWindow(path.join(__dirname, '../main/preload.cjs'));
  if (options.screenshotFile !== null) void savePicture(window, options.screenshotFile);
}

function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}

function readOptions(): LaunchOptions {
  try {
    return launchOptions(process.argv, process.env);
  } catch (error) {
    process.stderr.write(`xuncha: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}
