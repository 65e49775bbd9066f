// One window on the page whose address is the last argument, nothing else.
const { app, BrowserWindow } = require('electron');

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1366, height: 768, webPreferences: { sandbox: true, contextIsolation: true } });
  void window.loadURL(process.argv.at(-1));
});
app.on('window-all-closed', () => app.quit());
