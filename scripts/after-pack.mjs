// Called by electron-builder between copying Electron and making installers.
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * Removes what a runtime brings along to load a folder from the command line: only our archive may run.
 * Throws when the archive is not there, because the packed application would then do nothing.
 * @param {{ appOutDir: string, electronPlatformName: string, packager: { appInfo: { productFilename: string } } }} context
 */
export async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const resources =
    electronPlatformName === 'darwin'
      ? path.join(appOutDir, `${packager.appInfo.productFilename}.app/Contents/Resources`)
      : path.join(appOutDir, 'resources');
  for (const name of ['app', 'default_app.asar']) rmSync(path.join(resources, name), { recursive: true, force: true });
  if (!existsSync(path.join(resources, 'app.asar'))) throw new Error(`no app.asar in ${resources}`);
}
