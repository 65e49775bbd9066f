import { contextBridge, ipcRenderer } from 'electron';
import { bridgeCallChannel, bridgeEventChannel } from './window/bridge-channel.ts';

// The build writes the names in from src-shared/bridge/calls.ts: the schemas themselves, and zod with them, would cost
// start-up time here and are checked by main anyway.
declare const BRIDGE_CALL_NAMES: readonly string[];
declare const BRIDGE_EVENT_NAMES: readonly string[];

const callNames = new Set(BRIDGE_CALL_NAMES);
const eventNames = new Set(BRIDGE_EVENT_NAMES);

/** Asks main. Rejects for a name that is not in the contract; main checks sender and shape. */
function call(name: unknown, payload: unknown): Promise<unknown> {
  if (typeof name !== 'string' || !callNames.has(name)) return Promise.reject(new Error('unknown bridge call'));
  return ipcRenderer.invoke(bridgeCallChannel, name, payload);
}

/** Listens to one kind of event. The listener gets the payload only, never Electron's event object. */
function on(name: unknown, listener: unknown): () => void {
  if (typeof name !== 'string' || !eventNames.has(name)) throw new Error('unknown bridge event');
  if (typeof listener !== 'function') throw new Error('a bridge listener must be a function');
  const relay = (_event: unknown, sent: unknown, payload: unknown): void => {
    if (sent === name) listener(payload);
  };
  ipcRenderer.on(bridgeEventChannel, relay);
  return () => {
    ipcRenderer.removeListener(bridgeEventChannel, relay);
  };
}

contextBridge.exposeInMainWorld('bridge', { call, on });
