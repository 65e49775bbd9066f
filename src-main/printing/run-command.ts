import { execFile } from 'node:child_process';

export type CommandResult = { readonly kind: 'ended'; readonly code: number; readonly out: string; readonly err: string } | { readonly kind: 'missing' } | { readonly kind: 'timeout' };

/** Runs a program with its arguments as they are: no shell, so a title or a printer's name is never read as anything else. */
export type RunCommand = (program: string, args: readonly string[]) => Promise<CommandResult>;

const longestOutput = 4 * 1024 * 1024;

/** @param env added to this process' environment */
export function commandRunner(env: Readonly<Record<string, string>>, timeoutMs: number): RunCommand {
  return (program, args) =>
    new Promise((resolve) => {
      const options = { env: { ...process.env, ...env }, timeout: timeoutMs, maxBuffer: longestOutput, encoding: 'utf8' as const, windowsHide: true };
      execFile(program, [...args], options, (error, out, err) => {
        if (!error) return resolve({ kind: 'ended', code: 0, out, err });
        if (error.code === 'ENOENT') return resolve({ kind: 'missing' });
        if (error.killed) return resolve({ kind: 'timeout' });
        resolve({ kind: 'ended', code: typeof error.code === 'number' ? error.code : 1, out, err });
      });
    });
}
