import type { PrintReceipt } from '#shared/bridge/calls.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { AskJob } from './cups-job.ts';
import { defaultIn, jobIdIn, namesIn, numberOf, queueStateIn } from './lpstat-text.ts';
import { countPages } from './pdf-page-count.ts';
import type { PrinterEntry, PrinterPort, PrintFailure } from './printer-port.ts';
import { queueTitle } from './queue-title.ts';
import type { CommandResult, RunCommand } from './run-command.ts';

export type LpParts = {
  readonly run: RunCommand;
  readonly askJob: AskJob;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** How long a job is watched before its end is reported as unknown. */
  readonly watchMs: number;
};

/** The one environment in which lpstat speaks English and takes Chinese titles. */
export const lpEnvironment = { LC_ALL: 'C.UTF-8', LANGUAGE: 'C' } as const;

const firstLookMs = 200;
const longestLookMs = 1000;

/** Prints through CUPS: hands the PDF to `lp` and watches the job until CUPS says what became of it. */
export function lpPrinter(parts: LpParts): PrinterPort {
  return { printers: () => printers(parts.run), print: (pdfPath, order) => print(parts, pdfPath, order) };
}

async function printers(run: RunCommand): Promise<Outcome<readonly PrinterEntry[]>> {
  const scheduler = await run('lpstat', ['-r']);
  const down = printSystemDown(scheduler);
  if (down) return down;
  const [names, standard] = await Promise.all([run('lpstat', ['-e']), run('lpstat', ['-d'])]);
  const isDefault = defaultIn(outputOf(standard));
  return done(namesIn(outputOf(names)).map((name) => ({ name, isDefault: name === isDefault })));
}

async function print(parts: LpParts, pdfPath: string, order: Parameters<PrinterPort['print']>[1]): Promise<Outcome<PrintReceipt>> {
  const { run } = parts;
  const known = await printers(run);
  if (!known.ok) return known;
  const chosen = known.value.find((each) => (order.printer === null ? each.isDefault : each.name === order.printer));
  if (!chosen) return order.printer === null ? failed('printer-not-found', { reason: 'no-default' }) : failed('printer-not-found', { printer: order.printer });
  const queue = await queueOf(run, chosen.name);
  // A job handed to a stopped queue would come out at some later time, after a second try has been made.
  if (queue !== 'ready') return printFailed(queue, { printer: chosen.name });
  const taken = await run('lp', ['-d', chosen.name, '-n', String(order.copies), '-t', queueTitle(order.title), '-o', 'media=A4', '--', pdfPath]);
  const jobId = taken.kind === 'ended' && taken.code === 0 ? jobIdIn(taken.out) : null;
  if (jobId === null) return taken.kind === 'timeout' ? failed('print-timeout', { printer: chosen.name }) : printFailed('refused', { printer: chosen.name, said: saidBy(taken) });
  const end = await watch(parts, chosen.name, jobId);
  if (end !== null) return end;
  return done({ printer: chosen.name, jobId, pages: countPages(await parts.readFile(pdfPath)) });
}

/** Null when the job is done. */
async function watch({ run, askJob, now, sleep, watchMs }: LpParts, printer: string, jobId: string): Promise<Outcome<never> | null> {
  const server = outputOf(await run('lpstat', ['-H'])).trim();
  const until = now() + watchMs;
  for (let pauseMs = firstLookMs; ; pauseMs = Math.min(longestLookMs, pauseMs * 2)) {
    const report = await askJob(server, printer, numberOf(jobId));
    if (report?.state === 'done' || report?.state === 'gone') return null;
    if (report?.state === 'failed' || report?.state === 'stopped') return printFailed('job-failed', { printer, jobId });
    if (report?.state === 'cancelled') return printFailed('job-cancelled', { printer, jobId });
    const queue = await queueOf(run, printer);
    if (queue === 'queue-stopped') return printFailed(queue, { printer, jobId });
    if (now() >= until) return failed('print-timeout', { printer, jobId });
    await sleep(pauseMs);
  }
}

async function queueOf(run: RunCommand, printer: string): Promise<'ready' | 'queue-stopped' | 'queue-rejects'> {
  const [state, accepting] = await Promise.all([run('lpstat', ['-p', printer]), run('lpstat', ['-a', printer])]);
  return queueStateIn(outputOf(state), outputOf(accepting));
}

function printSystemDown(scheduler: CommandResult): Outcome<never> | null {
  if (scheduler.kind === 'missing') return printFailed('no-print-system', {});
  const isUp = scheduler.kind === 'ended' && /scheduler is running/.test(scheduler.out);
  return isUp ? null : printFailed('cups-not-running', {});
}

function printFailed(reason: PrintFailure, detail: Readonly<Record<string, string>>): Outcome<never> {
  return failed('print-failed', { ...detail, reason });
}

function outputOf(result: CommandResult): string {
  return result.kind === 'ended' ? result.out : '';
}

function saidBy(result: CommandResult): string {
  return result.kind === 'ended' ? result.err.trim().slice(0, 200) : result.kind;
}
