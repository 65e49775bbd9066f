// The central server as a plain Node child.
import path from 'node:path';
import { firstLine, start } from './children.mjs';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Starts the built server on loopback and resolves once it listens.
 * @param {{ dataDir: string, demo?: boolean, port?: number, env?: NodeJS.ProcessEnv, logTo?: 'inherit' | 'ignore' }} options
 * @returns {Promise<{ url: string, child: import('node:child_process').ChildProcess, output: () => string }>} output: what it wrote so far
 */
export async function startServer({ dataDir, demo = false, port = 0, env = process.env, logTo = 'ignore' }) {
  const args = [path.join(root, 'dist/server/server.mjs'), ...(demo ? ['--demo'] : []), '--data', dataDir, '--port', String(port)];
  const child = start(process.execPath, args, { env, stdio: ['ignore', 'pipe', logTo === 'inherit' ? 'inherit' : 'pipe'] });
  let output = '';
  child.stdout?.on('data', (text) => (output += text));
  child.stderr?.on('data', (text) => (output += text));
  const url = await firstLine(child, listeningAddress, 'the server');
  return { url, child, output: () => output };
}

/**
 * The address out of the server's line `{"listening":"http://127.0.0.1:PORT"}`, undefined for any other line.
 * @param {string} line
 * @returns {string | undefined}
 */
export function listeningAddress(line) {
  if (!line.startsWith('{')) return undefined;
  try {
    const said = JSON.parse(line);
    return typeof said.listening === 'string' ? said.listening : undefined;
  } catch {
    return undefined;
  }
}
