import path from 'node:path';

type Machine = { readonly platform: string; readonly env: Readonly<Record<string, string | undefined>>; readonly home: string };

/** Where this kind of system keeps its fonts, those of the signed-in person first. Folders that do not exist are fine. */
export function fontFolders({ platform, env, home }: Machine): readonly string[] {
  if (platform === 'win32') return windowsFolders(env);
  if (platform === 'darwin') {
    // 仿宋 is among what macOS fetches on demand, into a folder whose number goes up with the system's.
    const fetched = [5, 6, 7, 8].map((number) => `/System/Library/AssetsV2/com_apple_MobileAsset_Font${number}`);
    return [path.join(home, 'Library/Fonts'), '/Library/Fonts', '/System/Library/Fonts', ...fetched];
  }
  const shared = (env['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share').split(':').filter((folder) => path.isAbsolute(folder));
  const own = env['XDG_DATA_HOME'] || path.join(home, '.local/share');
  return [...new Set([path.join(own, 'fonts'), path.join(home, '.fonts'), ...shared.map((folder) => path.join(folder, 'fonts')), '/usr/local/share/fonts', '/usr/share/fonts'])];
}

function windowsFolders(env: Machine['env']): readonly string[] {
  const own = env['LOCALAPPDATA'];
  const system = env['WINDIR'] || env['SystemRoot'] || 'C:\\Windows';
  return [...(own ? [path.win32.join(own, 'Microsoft\\Windows\\Fonts')] : []), path.win32.join(system, 'Fonts')];
}
