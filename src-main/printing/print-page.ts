/** One hidden page that shows a PDF, as far as the adapters need it. Electron's side is electron-print-page.ts. */
export type PrintPage = {
  printers(): Promise<readonly { readonly name: string; readonly isDefault: boolean }[]>;
  /** Rejects when the file can not be shown. */
  show(pdfPath: string): Promise<void>;
  /** Calls back at most once; on some systems never. `silent` false opens the system's dialog. */
  print(order: { readonly silent: boolean; readonly deviceName: string; readonly copies: number }, answered: (ok: boolean, reason: string) => void): void;
  close(): void;
};

export type OpenPrintPage = () => PrintPage;

export type PageAnswer = { readonly kind: 'printed' } | { readonly kind: 'cancelled' } | { readonly kind: 'refused'; readonly reason: string } | { readonly kind: 'silence' };

/**
 * Asks the page to print and never waits longer than `timeoutMs`: seen on Electron 25, the callback may come only when
 * the window is destroyed.
 */
export function printWithin(page: PrintPage, order: Parameters<PrintPage['print']>[0], timeoutMs: number): Promise<PageAnswer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ kind: 'silence' }), timeoutMs);
    page.print(order, (ok, reason) => {
      clearTimeout(timer);
      if (ok) return resolve({ kind: 'printed' });
      resolve(/cancel/i.test(reason) ? { kind: 'cancelled' } : { kind: 'refused', reason });
    });
  });
}
