import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A CUPS scheduler of our own: own folders, own socket, never the system's. */
export type PrivateCups = {
  /** For the environment of lp, lpstat and lpadmin. */
  readonly server: string;
  /** Adds a queue whose paper is kept: cups-pdf as root, else a raw file device, since cups-pdf runs as root only. */
  addQueue(name: string): Promise<void>;
  admin(program: string, ...args: readonly string[]): Promise<string>;
  /** `printer job pages title` of every job, from the scheduler's page log; pages of all copies together. */
  pageLog(): readonly string[];
  /** Pages of each PDF that cups-pdf wrote since the start, by pdfinfo; null when cups-pdf is not in use. */
  pagesOnPaper(): Promise<readonly number[]> | null;
  stop(): Promise<void>;
};

const isRoot = process.getuid?.() === 0;
/** Where Debian's cups-pdf puts what root prints: the account's home, whatever HOME says. It can not be given elsewhere. */
const paperDir = path.join(userInfo().homedir, 'PDF');

/** cups-pdf writes over a paper of the same title, so a name alone does not tell an old one from a new one. */
function writtenAt(name: string): number {
  return statSync(path.join(paperDir, name)).mtimeMs;
}

export async function startPrivateCups(): Promise<PrivateCups> {
  const dir = mkdtempSync(path.join(tmpdir(), 'xuncha-cups-'));
  chmodSync(dir, 0o755);
  for (const name of ['root', 'cache', 'state', 'spool', 'tmp', 'log', 'papers']) mkdirSync(path.join(dir, name));
  // Filters run as the user lp.
  for (const name of ['tmp', 'papers']) chmodSync(path.join(dir, name), 0o1777);
  const socket = path.join(dir, 'cups.sock');
  writeFileSync(path.join(dir, 'cupsd.conf'), schedulerSettings(socket));
  writeFileSync(path.join(dir, 'cups-files.conf'), folderSettings(dir));
  const before = new Map(papersIn(paperDir).map((name) => [name, writtenAt(name)]));
  const cupsd = spawn('/usr/sbin/cupsd', ['-f', '-c', path.join(dir, 'cupsd.conf'), '-s', path.join(dir, 'cups-files.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
  const env = { ...process.env, CUPS_SERVER: socket, LC_ALL: 'C.UTF-8' };
  const admin = async (program: string, ...args: readonly string[]): Promise<string> => (await run(program, [...args], { env })).stdout;
  await answering(cupsd, admin, path.join(dir, 'log/error'));
  const papers = (): readonly string[] => papersIn(paperDir).filter((name) => before.get(name) !== writtenAt(name)).map((name) => path.join(paperDir, name));
  return {
    server: socket,
    admin,
    async addQueue(name) {
      const device = isRoot ? 'cups-pdf:/' : `file://${path.join(dir, 'papers', `${name}.prn`)}`;
      await admin('/usr/sbin/lpadmin', '-p', name, '-v', device, '-P', '/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd', '-E');
    },
    pageLog: () => linesOf(path.join(dir, 'log/page')),
    pagesOnPaper: () => (isRoot ? Promise.all(papers().map(pagesOf)) : null),
    async stop() {
      await ended(cupsd);
      for (const paper of papers()) unlinkSync(paper);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function schedulerSettings(socket: string): string {
  return [
    'LogLevel debug', 'PageLogFormat %p %j %C %{job-name}', `Listen ${socket}`, 'Browsing No', 'WebInterface No', 'DefaultAuthType None',
    'PreserveJobHistory Yes', 'IdleExitTimeout 0',
    '<Location />', 'Order allow,deny', 'Allow all', '</Location>', '<Location /admin>', 'Order allow,deny', 'Allow all', '</Location>',
    '<Policy default>', 'JobPrivateAccess all', 'JobPrivateValues none', '<Limit All>', 'Order deny,allow', '</Limit>', '</Policy>', '',
  ].join('\n');
}

function folderSettings(dir: string): string {
  const user = isRoot ? [] : [`User ${process.env['USER'] ?? 'nobody'}`];
  return [
    ...user, `ServerRoot ${dir}/root`, `CacheDir ${dir}/cache`, `StateDir ${dir}/state`, `RequestRoot ${dir}/spool`, `TempDir ${dir}/tmp`,
    'ServerBin /usr/lib/cups', 'DataDir /usr/share/cups', `AccessLog ${dir}/log/access`, `ErrorLog ${dir}/log/error`, `PageLog ${dir}/log/page`,
    'FileDevice Yes', '',
  ].join('\n');
}

async function answering(cupsd: ChildProcess, admin: PrivateCups['admin'], log: string): Promise<void> {
  let said = '';
  cupsd.stderr?.on('data', (piece: Buffer) => { said += piece.toString('utf8'); });
  for (let tries = 0; tries < 100; tries += 1) {
    if (cupsd.exitCode !== null) break;
    if (await admin('lpstat', '-r').then((text) => text.includes('is running'), () => false)) return;
    await sleep(100);
  }
  throw new Error(`the private cupsd did not answer: ${said}${linesOf(log).slice(-20).join('\n')}`);
}

async function ended(cupsd: ChildProcess): Promise<void> {
  if (cupsd.exitCode !== null || cupsd.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => { cupsd.once('exit', () => resolve()); });
  cupsd.kill('SIGTERM');
  await gone;
}

async function pagesOf(paper: string): Promise<number> {
  return Number(/^Pages:\s+(\d+)$/m.exec((await run('pdfinfo', [paper])).stdout)?.[1]);
}

function papersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.pdf') && statSync(path.join(folder, name)).isFile());
  } catch {
    return [];
  }
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter((line) => line !== '');
  } catch {
    return [];
  }
}
