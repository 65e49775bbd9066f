import type { PrintReceipt } from '#shared/bridge/calls.ts';
import type { Outcome } from '#shared/kit/outcome.ts';

export type PrinterEntry = { readonly name: string; readonly isDefault: boolean };

export type PrintOrder = {
  /** Null: the system's default printer. */
  readonly printer: string | null;
  /** Shown in the printer's queue. */
  readonly title: string;
  readonly copies: number;
};

/**
 * How this machine prints a PDF; one adapter a platform. Problems: `printer-not-found` (detail.reason `no-default` when
 * none was named), `print-failed` with detail.reason, `print-timeout` when nobody answered in time and the job may still
 * come out. Success means that the system says the job is done, or on platforms that can not say, that it took the job.
 */
export type PrinterPort = {
  printers(): Promise<Outcome<readonly PrinterEntry[]>>;
  print(pdfPath: string, order: PrintOrder): Promise<Outcome<PrintReceipt>>;
};

/** detail.reason of `print-failed`, for the sentence that tells what to do next. */
export type PrintFailure =
  | 'no-print-system' | 'cups-not-running' | 'queue-stopped' | 'queue-rejects' | 'job-failed' | 'job-cancelled' | 'refused' | 'no-pdf';
