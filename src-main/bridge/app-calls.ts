import os from 'node:os';
import type { AppInfo } from '#shared/bridge/calls.ts';
import type { RuntimeVersion } from '../window/runtime-version.ts';
import type { BridgeHandlers } from './answer.ts';

export type AppParts = {
  readonly version: string;
  readonly runtime: RuntimeVersion;
  readonly profileDir: string;
  /** The demo server this program was started with, or null. */
  readonly demoServer: string | null;
};

/** What About shows. */
export function appCalls({ version, runtime, profileDir, demoServer }: AppParts): Pick<BridgeHandlers, 'app.info'> {
  const info: AppInfo = {
    version, electron: runtime.running, pinnedElectron: runtime.pinned, isPinned: runtime.isPinned, chromium: runtime.chromium,
    platform: `${process.platform}-${process.arch}`, profileFormat: 0, profileDir, demoServer, deviceName: os.hostname().slice(0, 80),
  };
  return { 'app.info': () => info };
}
