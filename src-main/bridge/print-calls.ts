import { randomUUID } from 'node:crypto';
import { mkdir, readdir, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PrintReceipt } from '#shared/bridge/calls.ts';
import { failed, type Outcome } from '#shared/kit/outcome.ts';
import type { PrinterPort, PrintOrder } from '../printing/printer-port.ts';
import type { BridgeHandlers } from './answer.ts';

export type PrintParts = {
  readonly port: PrinterPort;
  /** The stored original by its hash; `not-signed-in` when there is no session. */
  readonly readEvidence: (sha256: string) => Promise<Outcome<{ readonly bytes: Uint8Array; readonly mediaType: string }>>;
  /** A folder of our own in the profile, for the moment of printing only. */
  readonly spoolDir: string;
};

/** Prints stored evidence by its hash and nothing else: what lies on paper is what was hashed. */
export function printCalls(parts: PrintParts): Pick<BridgeHandlers, 'print.printers' | 'print.evidence'> {
  // A kill in the middle of a print leaves its copy behind.
  const ready = emptied(parts.spoolDir);
  return {
    'print.printers': async () => {
      const printers = await parts.port.printers();
      return printers.ok ? { ok: true, value: [...printers.value] } : printers;
    },
    'print.evidence': async ({ sha256, ...order }) => {
      const stored = await parts.readEvidence(sha256);
      if (!stored.ok) return stored;
      const { bytes, mediaType } = stored.value;
      if (mediaType !== 'application/pdf' || !isPdf(bytes)) return failed('print-failed', { reason: 'no-pdf' });
      return await printBytes(parts, await ready, bytes, order);
    },
  };
}

async function printBytes({ port, spoolDir }: PrintParts, isReady: boolean, bytes: Uint8Array, order: PrintOrder): Promise<Outcome<PrintReceipt>> {
  const file = path.join(spoolDir, `${randomUUID()}.pdf`);
  try {
    if (!isReady) return failed('storage-failed', { reason: 'spool' });
    await writeFile(file, bytes, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    await unlink(file).catch(() => undefined);
    return failed(isFull ? 'disk-full' : 'storage-failed', { reason: 'spool' });
  }
  try {
    return await port.print(file, order);
  } finally {
    // The print system has read it by now, or never will.
    await unlink(file).catch(() => undefined);
  }
}

async function emptied(spoolDir: string): Promise<boolean> {
  try {
    await mkdir(spoolDir, { recursive: true, mode: 0o700 });
    for (const name of await readdir(spoolDir)) if (name.endsWith('.pdf')) await unlink(path.join(spoolDir, name));
    return true;
  } catch {
    return false;
  }
}

function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(5, bytes.byteLength)).toString('latin1') === '%PDF-';
}
