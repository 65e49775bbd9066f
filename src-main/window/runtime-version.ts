declare const PINNED_ELECTRON: string;

/** Which Electron runs, and which one a release ships. About shows both and warns when they differ. */
export type RuntimeVersion = Readonly<{ running: string; pinned: string; isPinned: boolean; chromium: string; node: string }>;

/** The running versions beside the pinned one; the build writes the pinned number in from package.json. */
export function runtimeVersion(): RuntimeVersion {
  const { electron = '', chrome = '', node } = process.versions as Readonly<Record<string, string>> & { node: string };
  return { running: electron, pinned: PINNED_ELECTRON, isPinned: electron === PINNED_ELECTRON, chromium: chrome, node };
}
