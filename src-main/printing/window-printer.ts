import type { PrintReceipt } from '#shared/bridge/calls.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { countPages } from './pdf-page-count.ts';
import { printWithin, type OpenPrintPage, type PageAnswer, type PrintPage } from './print-page.ts';
import type { PrinterPort, PrintOrder } from './printer-port.ts';

export type WindowPrinterParts = {
  readonly open: OpenPrintPage;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Silent printing that has not answered by then may still come out. */
  readonly silentMs: number;
  /** A person in front of the system's dialog. */
  readonly dialogMs: number;
};

/** Asks the system itself, for a named printer silently, else by its dialog. Its own word is all there is: no job id. */
export function otherPrinter(parts: WindowPrinterParts): PrinterPort {
  return windowPrinter(parts, (page, order) =>
    order.printer === null ? byDialog(page, order, parts.dialogMs) : silently(page, order.printer, order, parts.silentMs));
}

/**
 * As elsewhere, but a printer whose driver refuses silent printing gets the system's dialog instead. Not after silence:
 * the job may be on its way, and a second one would print the paper twice.
 */
export function windowsPrinter(parts: WindowPrinterParts): PrinterPort {
  return windowPrinter(parts, async (page, order) => {
    if (order.printer === null) return await byDialog(page, order, parts.dialogMs);
    const answer = await silently(page, order.printer, order, parts.silentMs);
    return answer.kind === 'refused' ? await byDialog(page, order, parts.dialogMs) : answer;
  });
}

type Way = (page: PrintPage, order: PrintOrder) => Promise<PageAnswer>;

function silently(page: PrintPage, deviceName: string, order: PrintOrder, timeoutMs: number): Promise<PageAnswer> {
  return printWithin(page, { silent: true, deviceName, copies: order.copies }, timeoutMs);
}

function byDialog(page: PrintPage, order: PrintOrder, timeoutMs: number): Promise<PageAnswer> {
  return printWithin(page, { silent: false, deviceName: order.printer ?? '', copies: order.copies }, timeoutMs);
}

function windowPrinter({ open, readFile }: WindowPrinterParts, way: Way): PrinterPort {
  const withPage = async <T>(work: (page: PrintPage) => Promise<T>): Promise<T> => {
    const page = open();
    try {
      return await work(page);
    } finally {
      page.close();
    }
  };
  return {
    printers: () => withPage(async (page) => done(await page.printers())),
    print: (pdfPath, order) => withPage(async (page): Promise<Outcome<PrintReceipt>> => {
      const known = await page.printers();
      if (order.printer !== null && !known.some((each) => each.name === order.printer)) return failed('printer-not-found', { printer: order.printer });
      try {
        await page.show(pdfPath);
      } catch {
        return failed('print-failed', { reason: 'no-pdf' });
      }
      const printer = order.printer ?? '';
      const answer = await way(page, order);
      if (answer.kind === 'silence') return failed('print-timeout', { printer });
      if (answer.kind === 'cancelled') return failed('print-failed', { reason: 'job-cancelled', printer });
      if (answer.kind === 'refused') return failed('print-failed', { reason: 'refused', printer, said: answer.reason.slice(0, 200) });
      return done({ printer, jobId: null, pages: countPages(await readFile(pdfPath)) });
    }),
  };
}
