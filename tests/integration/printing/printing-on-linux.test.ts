import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src-shared/kit/outcome.ts';
import { printCalls } from '../../../src-main/bridge/print-calls.ts';
import { askCupsJob } from '../../../src-main/printing/cups-job.ts';
import { lpEnvironment, lpPrinter } from '../../../src-main/printing/lp-printer.ts';
import { commandRunner } from '../../../src-main/printing/run-command.ts';
import { pdfOfPages } from '../../helpers/pdf-of-pages.ts';
import { startPrivateCups, type PrivateCups } from './private-cups.ts';

const sha256 = 'a'.repeat(64);

describe('printing on Linux goes through CUPS', () => {
  let cups: PrivateCups;
  let spoolDir: string;
  let stored: Outcome<{ bytes: Uint8Array; mediaType: string }>;

  const portAt = (server: string, watchMs = 20_000) =>
    lpPrinter({ run: commandRunner({ ...lpEnvironment, CUPS_SERVER: server }, 15_000), askJob: askCupsJob, readFile, now: () => performance.now(), sleep, watchMs });
  const print = (order: { printer: string | null; title?: string; copies?: number }, watchMs?: number) =>
    printCalls({ port: portAt(cups.server, watchMs), readEvidence: async () => stored, spoolDir })['print.evidence'](
      { sha256, title: order.title ?? '现场检查笔录', printer: order.printer, copies: order.copies ?? 1 });

  beforeAll(async () => {
    cups = await startPrivateCups();
    await cups.addQueue('Office');
    await cups.addQueue('Stopped');
    await cups.admin('/usr/sbin/cupsdisable', 'Stopped');
    await cups.addQueue('Closed');
    await cups.admin('/usr/sbin/cupsreject', 'Closed');
    spoolDir = mkdtempSync(path.join(tmpdir(), 'xuncha-spool-'));
  });
  afterAll(async () => {
    await cups?.stop();
    rmSync(spoolDir, { recursive: true, force: true });
  });
  beforeEach(() => {
    stored = { ok: true, value: { bytes: pdfOfPages(3), mediaType: 'application/pdf' } };
  });

  test('a stored paper of three pages comes out whole and the queue says the job is done', async () => {
    const title = '现场检查笔录 市城市管理局 3-0214';
    const printed = await print({ printer: 'Office', title });
    expect(printed).toEqual({ ok: true, value: { printer: 'Office', jobId: expect.stringMatching(/^Office-\d+$/), pages: 3 } });
    const jobId = printed.ok ? printed.value.jobId ?? '' : '';
    const number = Number(jobId.split('-').at(-1));
    expect(await askCupsJob(cups.server, 'Office', number)).toEqual({ state: 'done', sheets: 3 });
    expect(cups.pageLog()).toContainEqual(expect.stringMatching(new RegExp(`^Office ${number} 3 ${title}$`)));
    expect(await cups.pagesOnPaper() ?? [3]).toEqual([3]);
  });

  test('two copies of two pages are four sheets', async () => {
    stored = { ok: true, value: { bytes: pdfOfPages(2), mediaType: 'application/pdf' } };
    const printed = await print({ printer: 'Office', copies: 2 });
    expect(printed).toMatchObject({ ok: true, value: { pages: 2 } });
    const number = (printed.ok ? printed.value.jobId ?? '' : '').split('-').at(-1);
    expect(cups.pageLog()).toContainEqual(expect.stringMatching(new RegExp(`^Office ${number} 4 `)));
  });

  test('a title that looks like an option or a command stays a title', async () => {
    const title = '-o raw; $(reboot) `id` "笔录"';
    const printed = await print({ printer: 'Office', title: `${title}\n第二行` });
    expect(printed).toMatchObject({ ok: true });
    expect(cups.pageLog().at(-1)).toContain(`${title} 第二行`);
  });

  test('the printers are listed and the default one is marked', async () => {
    expect(await portAt(cups.server).printers()).toEqual({
      ok: true, value: ['Closed', 'Office', 'Stopped'].map((name) => ({ name, isDefault: false })),
    });
    await cups.admin('/usr/sbin/lpadmin', '-d', 'Office');
    const listed = await portAt(cups.server).printers();
    expect(listed.ok && listed.value.find((each) => each.isDefault)?.name).toBe('Office');
    expect(await print({ printer: null })).toMatchObject({ ok: true, value: { printer: 'Office' } });
    await cups.admin('/usr/sbin/lpadmin', '-x', 'Office');
    await cups.addQueue('Office');
    expect(await print({ printer: null })).toEqual({ ok: false, problem: { code: 'printer-not-found', detail: { reason: 'no-default' } } });
  });

  test('a printer that is not there is named', async () => {
    expect(await print({ printer: 'Nowhere' })).toEqual({ ok: false, problem: { code: 'printer-not-found', detail: { printer: 'Nowhere' } } });
  });

  test('a stopped printer says so and gets no job that would come out later', async () => {
    expect(await print({ printer: 'Stopped' })).toEqual({ ok: false, problem: { code: 'print-failed', detail: { reason: 'queue-stopped', printer: 'Stopped' } } });
    expect(await print({ printer: 'Closed' })).toEqual({ ok: false, problem: { code: 'print-failed', detail: { reason: 'queue-rejects', printer: 'Closed' } } });
    expect(await cups.admin('lpstat', '-W', 'not-completed', '-o', 'Stopped')).toBe('');
  });

  test('a file that no printer can read is reported as failed, not as printed', async () => {
    stored = { ok: true, value: { bytes: Buffer.from('%PDF-1.4\nthis is where it ends'), mediaType: 'application/pdf' } };
    expect(await print({ printer: 'Office' })).toMatchObject({ ok: false, problem: { code: 'print-failed', detail: { reason: 'job-failed', printer: 'Office' } } });
  });

  test('a job that does not end in time is a time-out with the number of the job', async () => {
    await cups.addQueue('Slow');
    await cups.admin('/usr/sbin/lpadmin', '-p', 'Slow', '-o', 'job-hold-until-default=indefinite');
    const printed = await print({ printer: 'Slow' }, 0);
    expect(printed).toMatchObject({ ok: false, problem: { code: 'print-timeout', detail: { printer: 'Slow', jobId: expect.stringMatching(/^Slow-\d+$/) } } });
  });

  test('a job that somebody takes out of the queue is reported as cancelled', async () => {
    await cups.addQueue('Held');
    await cups.admin('/usr/sbin/lpadmin', '-p', 'Held', '-o', 'job-hold-until-default=indefinite');
    const real = commandRunner({ ...lpEnvironment, CUPS_SERVER: cups.server }, 15_000);
    const port = lpPrinter({
      // The other person is as quick as the first look at the job.
      run: async (program, args) => {
        const result = await real(program, args);
        if (program === 'lp') await cups.admin('cancel', '-a', 'Held');
        return result;
      },
      askJob: askCupsJob, readFile, now: () => performance.now(), sleep, watchMs: 20_000,
    });
    const calls = printCalls({ port, readEvidence: async () => stored, spoolDir });
    expect(await calls['print.evidence']({ sha256, title: 't', printer: 'Held', copies: 1 }))
      .toMatchObject({ ok: false, problem: { code: 'print-failed', detail: { reason: 'job-cancelled', printer: 'Held' } } });
  });

  test('without a running print system the message is clear', async () => {
    const port = portAt(path.join(spoolDir, 'nobody-listens.sock'));
    expect(await port.printers()).toEqual({ ok: false, problem: { code: 'print-failed', detail: { reason: 'cups-not-running' } } });
    expect(await port.print('/nothing.pdf', { printer: 'Office', title: 't', copies: 1 })).toEqual({ ok: false, problem: { code: 'print-failed', detail: { reason: 'cups-not-running' } } });
  });

  test('only a stored PDF is printed, and no copy of it is left lying', async () => {
    stored = { ok: true, value: { bytes: Buffer.from('\xff\xd8\xff', 'latin1'), mediaType: 'image/jpeg' } };
    expect(await print({ printer: 'Office' })).toEqual({ ok: false, problem: { code: 'print-failed', detail: { reason: 'no-pdf' } } });
    stored = { ok: true, value: { bytes: Buffer.from('<html>'), mediaType: 'application/pdf' } };
    expect(await print({ printer: 'Office' })).toEqual({ ok: false, problem: { code: 'print-failed', detail: { reason: 'no-pdf' } } });
    stored = { ok: false, problem: { code: 'evidence-damaged' } };
    expect(await print({ printer: 'Office' })).toEqual({ ok: false, problem: { code: 'evidence-damaged' } });
    expect(readdirSync(spoolDir)).toEqual([]);
  });
});
