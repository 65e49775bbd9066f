// A display for machines without one.
import { spawnSync } from 'node:child_process';
import { end, start } from './children.mjs';

/** True where a window can be shown without our help. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Starts Xvfb on a display number that it picks itself, so that several may run side by side.
 * Throws with a sentence when Xvfb is missing or does not come up.
 * @param {{ width?: number, height?: number }} [size] of the screen in pixels
 * @returns {Promise<{ display: string, stop: () => Promise<void> }>}
 */
export async function startXvfb({ width = 1920, height = 1080 } = {}) {
  if (spawnSync('Xvfb', ['-help'], { stdio: 'ignore' }).error) {
    throw new Error('Xvfb is not installed, and there is no display. On Debian or Ubuntu: apt-get install xvfb');
  }
  const child = start('Xvfb', ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-dpi', '96'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const pipe = /** @type {import('node:stream').Readable} */ (child.stdio[3]);
  const number = await new Promise((resolve, reject) => {
    let text = '';
    pipe.setEncoding('utf8').on('data', (/** @type {string} */ part) => {
      text += part;
      if (text.includes('\n')) resolve(text.trim());
    });
    child.on('error', reject);
    child.on('close', (code) => reject(new Error(`Xvfb ended before it was ready (exit ${code})`)));
  });
  return { display: `:${number}`, stop: () => end(child) };
}
