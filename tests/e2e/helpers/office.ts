import { once } from 'node:events';
import path from 'node:path';
import { end } from '../../../scripts/children.mjs';
import { startServer } from '../../../scripts/server-child.mjs';

/** A real server in its own process and folder. */
export type Office = Readonly<{
  url: string;
  dataDir: string;
  /** What the server wrote so far, its one-time codes among it. */
  output: () => string;
  stop: () => Promise<void>;
  /** kill -9. */
  kill: () => Promise<void>;
}>;

/**
 * Starts the built server. `port` 0 is any free one; give the earlier port to bring the same office back after `stop`.
 */
export async function startOffice(options: Readonly<{ dataDir: string; demo?: boolean; port?: number; env?: Record<string, string> }>): Promise<Office> {
  const { dataDir, demo = false, port = 0 } = options;
  const { url, child, output } = await startServer({ dataDir: path.resolve(dataDir), demo, port, env: { ...process.env, ...options.env } });
  return {
    url,
    dataDir,
    output,
    stop: () => end(child),
    kill: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
