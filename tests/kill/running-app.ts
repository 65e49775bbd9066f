import { spawn } from 'node:child_process';
import { connectToPage, type PageSocket } from './page-socket.ts';

/** One start of the application, in a process group of its own. */
export type RunningApp = {
  readonly startedAt: number;
  /** The page once it is loaded; rejects when the application ends before. */
  readonly page: Promise<PageSocket>;
  /** kill -9 of the whole group; resolves when the application is gone. */
  kill(): Promise<void>;
  /** Ends as a person would. */
  quit(): Promise<void>;
  stderr(): string;
};

export type StartOptions = { readonly executable: string; readonly appFolder: string; readonly profileDir: string; readonly display: string };

export function startApp({ executable, appFolder, profileDir, display }: StartOptions): RunningApp {
  const isRoot = process.getuid?.() === 0;
  const args = [...(isRoot ? ['--no-sandbox'] : []), appFolder, `--profile-dir=${profileDir}`, '--remote-debugging-port=0', '--disable-gpu', '--lang=zh-CN'];
  const child = spawn(executable, args, { detached: true, env: { ...process.env, DISPLAY: display }, stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  const address = new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const match = /DevTools listening on (ws:\S+)/.exec(text);
      if (match?.[1]) resolve(match[1]);
    });
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`Electron ended (${code})\n${text.slice(-2000)}`)));
  });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const page = address.then(firstPage);
  // A kill during the start leaves it unanswered, and that is meant.
  page.catch(() => undefined);
  return {
    startedAt: performance.now(),
    page,
    async kill() {
      killGroup(child.pid);
      await gone;
    },
    async quit() {
      child.kill('SIGTERM');
      await gone;
    },
    stderr: () => text,
  };
}

async function firstPage(address: string): Promise<PageSocket> {
  const page = await connectToPage(address);
  // Asked again and again from here: the first document of the window is replaced while it loads.
  while (!(await page.evaluate<boolean>('window.kit !== undefined').catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 10));
  return page;
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as { code?: string }).code !== 'ESRCH') throw error;
  }
}
