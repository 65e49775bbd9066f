import path from 'node:path';
import { app, Menu, powerMonitor, session, type BrowserWindow } from 'electron';
import { answerWith, type BridgeHandlers } from './bridge/answer.ts';
import { appCalls } from './bridge/app-calls.ts';
import { demoCalls, profileFolder } from './bridge/demo-calls.ts';
import { evidenceCalls } from './bridge/evidence-calls.ts';
import { fileCalls } from './bridge/file-calls.ts';
import { journalCalls } from './bridge/journal-calls.ts';
import { closable, listenToRenderer, sendTo } from './bridge/listen.ts';
import { packageCalls } from './bridge/package-calls.ts';
import { printCalls } from './bridge/print-calls.ts';
import { profileCalls } from './bridge/profile-calls.ts';
import { sessionCalls } from './bridge/session-calls.ts';
import { syncCalls } from './bridge/sync-calls.ts';
import { windowCalls } from './bridge/window-calls.ts';
import { typefacesOfThisMachine } from './fonts/this-machine.ts';
import { bootClock } from './journal/boot-clock.ts';
import { nodeDisk, personsDisk } from './journal/node-disk.ts';
import { usualSizes } from './journal/open-journal.ts';
import { calibratedCost } from './keys/key-derivation.ts';
import { sessionHolder } from './keys/sessions.ts';
import { printerOfThisMachine } from './printing/this-machine.ts';
import { afterOnThisMachine } from './sync/alarm.ts';
import { enrolAtServer } from './sync/enrol.ts';
import { officeAuthority } from './sync/office-authority.ts';
import { appOrigin, registerAppScheme, serveRenderer } from './window/app-scheme.ts';
import { containAllContents } from './window/containment.ts';
import { launchOptions, type LaunchOptions } from './window/launch-options.ts';
import { openMainWindow } from './window/main-window.ts';
import { denyPermissions } from './window/permissions.ts';
import { runtimeVersion } from './window/runtime-version.ts';
import { askWhereToSave, askWhichPackage, askWhichToImport } from './window/save-dialog.ts';
import { savePicture } from './window/window-picture.ts';

// Composition root: what must happen before Electron is ready, then the parts in their order. Nothing imports this file.

const options = readOptions();
const demoServer = options.server?.isDemo ? options.server.url : null;

const profileDir = profileFolder(options.profileDir, app.getPath('appData'), demoServer !== null);
for (const name of ['userData', 'sessionData'] as const) app.setPath(name, profileDir);

// Pages are never cached on disk: they come from our own files, and a cache would be one more place that leaks.
app.commandLine.appendSwitch('disable-http-cache');
app.commandLine.appendSwitch('disk-cache-size', '0');
// `enableSandbox` would silently cancel a --no-sandbox from the command line, and as root every child then dies.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

registerAppScheme();

let mainWindow: BrowserWindow | null = null;

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
  serveRenderer(path.join(__dirname, '../renderer'), typefacesOfThisMachine());
  const guard = answerRenderer();
  mainWindow = openMainWindow(path.join(__dirname, '../main/preload.cjs'), options.firstPath);
  guard(mainWindow);
  if (options.screenshotFile !== null) void savePicture(mainWindow, options.screenshotFile);
}

/** Puts the parts behind the bridge together; returns what a window needs to close without losing typed text. */
function answerRenderer(): (window: BrowserWindow) => void {
  const disk = nodeDisk;
  const caPem = (): string | null => officeAuthority(profileDir);
  const send = sendTo(() => mainWindow);
  const askWhere = (suggestedName: string): Promise<string | null> => askWhereToSave(mainWindow, suggestedName);
  const sessions = sessionHolder({ disk, profileDir, clock: bootClock(), sizes: usualSizes, now: () => new Date() });
  const sync = syncCalls(sessions, caPem, send);
  const closing = windowCalls(send, afterOnThisMachine);
  const handlers: BridgeHandlers = {
    ...appCalls({ version: app.getVersion(), runtime: runtimeVersion(), profileDir, demoServer }),
    ...profileCalls({ disk, profileDir, enrolAt: enrolAtServer(caPem), demoServer, cost: () => calibratedCost(() => performance.now()) }),
    ...sessionCalls(sessions, send),
    ...demoCalls({ disk, profileDir, demoServer, sessions, clearStorage: () => session.defaultSession.clearStorageData(), onQuit: (listener) => void app.on('quit', () => listener((code) => process.exit(code))) }),
    ...journalCalls(sessions),
    ...sync.handlers,
    ...evidenceCalls(sessions, { read: sync.readEvidence, pieces: sync.evidencePieces, personsDisk, askWhere, askWhich: (kind) => askWhichToImport(mainWindow, kind) }),
    ...packageCalls({ sessions, office: sync.packages, disk: personsDisk, askWhere, askWhich: () => askWhichPackage(mainWindow), now: () => new Date() }),
    ...fileCalls({ disk: personsDisk, askWhere }),
    ...printCalls({ port: printerOfThisMachine(process.platform), readEvidence: sync.readEvidence, spoolDir: path.join(profileDir, 'spool') }),
    ...closing.handlers,
  };
  listenToRenderer(answerWith({ handlers, origin: appOrigin, checkReplies: !app.isPackaged, report }));
  powerMonitor.on('resume', () => sync.networkChanged());
  app.on('will-quit', (event) => {
    if (!sessions.current()) return;
    event.preventDefault();
    void sessions.close('quit').finally(() => app.quit());
  });
  return (window) => closing.guard(closable(window));
}

function report(what: string, error: unknown): void {
  process.stderr.write(`xuncha: ${what}${error instanceof Error ? `: ${error.stack ?? error.message}` : ''}\n`);
}

function showWindow(): void {
  if (mainWindow?.isMinimized()) mainWindow.restore();
  mainWindow?.focus();
}

function readOptions(): LaunchOptions {
  try {
    return launchOptions(process.argv, process.env);
  } catch (error) {
    process.stderr.write(`xuncha: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}
