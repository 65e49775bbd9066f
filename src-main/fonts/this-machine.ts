import { homedir } from 'node:os';
import { findTypefaces } from './find-typefaces.ts';
import { fontFolders } from './font-folders.ts';
import { systemFonts, type SystemFonts } from './system-fonts.ts';

/** The official typefaces of this machine, looked for when a paper first asks. */
export function typefacesOfThisMachine(): SystemFonts {
  const folders = fontFolders({ platform: process.platform, env: process.env, home: homedir() });
  return systemFonts(() => findTypefaces({ folders, timeLimitMs: 5000 }));
}
