import { ipcMain, type BrowserWindow } from 'electron';
import { bridgeCallChannel, bridgeEventChannel } from '../window/bridge-channel.ts';
import { sendWith, type Answer, type SendEvent } from './answer.ts';
import type { ClosableWindow } from './window-calls.ts';

/** Puts the gate in front of Electron's messages. */
export function listenToRenderer(answer: Answer): void {
  ipcMain.handle(bridgeCallChannel, (event, name: unknown, payload: unknown) => {
    // Null when the frame is gone by now.
    const frame: Electron.WebFrameMain | null = event.senderFrame;
    return answer({ isTopFrame: frame !== null && frame === event.sender.mainFrame, origin: frame?.origin ?? '' }, name, payload);
  });
}

/** Events for the window that there is at the moment. */
export function sendTo(window: () => BrowserWindow | null): SendEvent {
  return sendWith((name, payload) => {
    const target = window();
    if (target && !target.isDestroyed()) target.webContents.send(bridgeEventChannel, name, payload);
  });
}

export function closable(window: BrowserWindow): ClosableWindow {
  return {
    onCloseAsked(listener) {
      window.on('close', (event) => {
        event.preventDefault();
        listener();
      });
    },
    onPageGone(listener) {
      window.webContents.on('render-process-gone', listener);
      window.webContents.on('did-fail-load', (_event, _code, _text, _url, isMainFrame) => isMainFrame && listener());
    },
    destroy: () => window.destroy(),
  };
}
