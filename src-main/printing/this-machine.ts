import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { askCupsJob } from './cups-job.ts';
import { openElectronPrintPage } from './electron-print-page.ts';
import { lpEnvironment, lpPrinter } from './lp-printer.ts';
import type { PrinterPort } from './printer-port.ts';
import { commandRunner } from './run-command.ts';
import { otherPrinter, windowsPrinter } from './window-printer.ts';

/** The printers of this machine: CUPS on Linux, elsewhere the system's own way through a hidden window. */
export function printerOfThisMachine(platform: NodeJS.Platform): PrinterPort {
  if (platform === 'linux') {
    return lpPrinter({ run: commandRunner(lpEnvironment, 15_000), askJob: askCupsJob, readFile, now: () => performance.now(), sleep, watchMs: 60_000 });
  }
  const parts = { open: openElectronPrintPage, readFile, silentMs: 20_000, dialogMs: 10 * 60_000 };
  return platform === 'win32' ? windowsPrinter(parts) : otherPrinter(parts);
}
