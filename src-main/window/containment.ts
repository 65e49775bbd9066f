import { app } from 'electron';
import { appPage } from './app-scheme.ts';

/**
 * Keeps every page where it is: no navigation away from our one page, no new window, no embedded web view.
 * Applies to all contents the application ever creates, so a later window can not forget it.
 */
export function containAllContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (!isOurPage(url)) event.preventDefault();
    });
    contents.on('will-redirect', (event, url) => {
      if (!isOurPage(url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Our page with any fragment: the screens are routed behind `#`, so that a reload finds the same file. */
function isOurPage(url: string): boolean {
  return url === appPage || url.startsWith(`${appPage}#`);
}
