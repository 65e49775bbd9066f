// npm run package: builds and packs the application with electron-builder.
//
//   npm run package                       an unpacked trial in release/linux-unpacked, with whatever Electron there is
//   npm run package -- --linux deb        an installer; only with the Electron that package.json pins
//   npm run package -- --win nsis
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { run } from './children.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { program } from './program.mjs';
import { setUp } from './setup.mjs';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Packs the built application. Resolves to electron-builder's exit code.
 * @param {readonly string[]} targets electron-builder's own arguments, such as ['--linux', 'deb']
 * @param {{ output?: string }} [options]
 */
export async function packApplication(targets, { output } = {}) {
  const pinned = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).devDependencies.electron;
  const trial = targets.includes('dir');
  const args = [path.join(root, 'node_modules/electron-builder/cli.js'), ...targets, '--publish', 'never'];
  if (trial) {
    const { dir } = await electronRuntime();
    const version = readFileSync(path.join(dir, 'version'), 'utf8').trim().replace(/^v/, '');
    args.push(`--config.electronDist=${dir}`, `--config.electronVersion=${version}`);
  } else {
    // electron-builder fetches the pinned version itself, for the target's platform, and checks its published hash.
    args.push(`--config.electronVersion=${pinned}`, '--config.electronFuses.grantFileProtocolExtraPrivileges=false');
  }
  if (output) args.push(`--config.directories.output=${output}`);
  return run(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
}

if (process.argv[1] === import.meta.filename) {
  await program('package', async () => {
    const targets = process.argv.slice(2);
    await setUp();
    await build({ only: ['main', 'renderer'], force: true });
    return packApplication(targets.length > 0 ? targets : ['--linux', 'dir']);
  });
}
