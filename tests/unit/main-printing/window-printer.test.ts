import { describe, expect, test, vi } from 'vitest';
import type { PrintPage } from '../../../src-main/printing/print-page.ts';
import { otherPrinter, windowsPrinter } from '../../../src-main/printing/window-printer.ts';
import { pdfOfPages } from '../../helpers/pdf-of-pages.ts';

type Answer = { readonly ok: boolean; readonly reason: string } | 'silence';

function pageThat(answers: readonly Answer[]) {
  const asked: { silent: boolean; deviceName: string; copies: number }[] = [];
  let closed = 0;
  const open = (): PrintPage => ({
    printers: async () => [{ name: '办公室', isDefault: true }],
    show: async () => undefined,
    print: (order, answered) => {
      const answer = answers[asked.length] ?? 'silence';
      asked.push(order);
      if (answer !== 'silence') answered(answer.ok, answer.reason);
    },
    close: () => { closed += 1; },
  });
  return { asked, closed: () => closed, parts: { open, readFile: async () => pdfOfPages(2), silentMs: 20_000, dialogMs: 600_000 } };
}

const order = { printer: '办公室', title: '笔录', copies: 1 };

describe('printing through the system elsewhere', () => {
  test('a printer that takes the paper gives a receipt without a job number', async () => {
    const page = pageThat([{ ok: true, reason: '' }]);
    expect(await otherPrinter(page.parts).print('x.pdf', order)).toEqual({ ok: true, value: { printer: '办公室', jobId: null, pages: 2 } });
    expect(page.asked).toEqual([{ silent: true, deviceName: '办公室', copies: 1 }]);
    expect(page.closed()).toBe(1);
  });

  test('a system that never answers is a time-out after twenty seconds, and nothing is printed twice', async () => {
    vi.useFakeTimers();
    const page = pageThat(['silence', { ok: true, reason: '' }]);
    const printing = windowsPrinter(page.parts).print('x.pdf', order);
    await vi.advanceTimersByTimeAsync(19_999);
    expect(page.closed()).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(await printing).toEqual({ ok: false, problem: { code: 'print-timeout', detail: { printer: '办公室' } } });
    expect(page.asked).toHaveLength(1);
    expect(page.closed()).toBe(1);
    vi.useRealTimers();
  });

  test('on Windows a driver that refuses silent printing gets the dialog of the system', async () => {
    const page = pageThat([{ ok: false, reason: 'Print job failed' }, { ok: true, reason: '' }]);
    expect(await windowsPrinter(page.parts).print('x.pdf', order)).toMatchObject({ ok: true });
    expect(page.asked.map((each) => each.silent)).toEqual([true, false]);
  });

  test('without a named printer the dialog asks, and cancelling it is no printing', async () => {
    const page = pageThat([{ ok: false, reason: 'Print job canceled' }]);
    expect(await otherPrinter(page.parts).print('x.pdf', { ...order, printer: null })).toEqual({ ok: false, problem: { code: 'print-failed', detail: { reason: 'job-cancelled', printer: '' } } });
    expect(page.asked[0]?.silent).toBe(false);
  });

  test('an unknown printer is named before a window shows anything', async () => {
    const page = pageThat([]);
    expect(await otherPrinter(page.parts).print('x.pdf', { ...order, printer: '三楼' })).toEqual({ ok: false, problem: { code: 'printer-not-found', detail: { printer: '三楼' } } });
    expect(page.asked).toEqual([]);
  });
});
