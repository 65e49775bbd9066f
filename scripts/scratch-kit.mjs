// Runs one test file of the project on a copy of the sources in which a bug was planted: for what the simulation can not reach.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { capture } from './children.mjs';

const root = path.resolve(import.meta.dirname, '..');
const parts = ['src-shared', 'src-main', 'src-renderer', 'src-server', 'src-cli', 'tests', 'scripts', 'package.json', 'vitest.config.mts', 'tsconfig.base.json'];

/**
 * Plants the patches in a scratch copy and runs `kit` there, and once without them: a kit that fails anyway has found nothing.
 * @param {string} kit a test file, relative to the project
 * @param {readonly import('./simulation-bundle.mjs').Patch[]} patches
 * @returns {Promise<'found' | 'not found' | 'fails anyway' | 'not planted'>}
 */
export async function kitFinds(kit, patches) {
  const scratch = path.join(root, '.cache/simulation/scratch');
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  try {
    for (const part of parts) cpSync(path.join(root, part), path.join(scratch, part), { recursive: true, filter: (from) => !from.includes('node_modules') });
    if (!(await passes(scratch, kit))) return 'fails anyway';
    for (const { file, find, put } of patches) {
      const place = path.join(scratch, file);
      const text = readFileSync(place, 'utf8');
      if (text.split(find).length !== 2) return 'not planted';
      writeFileSync(place, text.replace(find, () => put));
    }
    return (await passes(scratch, kit)) ? 'not found' : 'found';
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @param {string} scratch @param {string} kit */
async function passes(scratch, kit) {
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const { code } = await capture(process.execPath, [vitest, 'run', '--root', scratch, kit], { cwd: scratch });
  return code === 0;
}
