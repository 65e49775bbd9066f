import type { BridgeReply, BridgeRequest, PrintReceipt } from '#shared/bridge/calls.ts';
import { nextCopyNumber, type PaperRecord } from '#shared/domain/documents/read-document.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { Desk } from '../../store/desk.ts';

export type PrintTools = {
  /** Null for those who may read papers and not write them: their prints leave no note that the server would refuse. */
  readonly desk: Pick<Desk, 'edit' | 'newId'> | null;
  readonly read: (request: BridgeRequest<'evidence.read'>) => Promise<BridgeReply<'evidence.read'>>;
  readonly store: (request: BridgeRequest<'evidence.put'>) => Promise<BridgeReply<'evidence.put'>>;
  readonly print: (request: BridgeRequest<'print.evidence'>) => Promise<BridgeReply<'print.evidence'>>;
  readonly markCopy: (original: Uint8Array, line: string) => Promise<Outcome<Uint8Array<ArrayBuffer>>>;
};

export type PrintOrder = { readonly printer: string | null; readonly copies: number; readonly at: string };

/** Prints the stored bytes as they are: the original, to be signed. The record says when and on which printer. */
export async function printOriginal(paper: PaperRecord, order: PrintOrder, tools: PrintTools): Promise<Outcome<PrintReceipt>> {
  if (!paper.pdf) return failed('evidence-missing');
  return send(paper, paper.pdf.evidence.sha256, { ...order, copyNo: 0 }, tools);
}

/**
 * Prints a copy: the stored original's bytes with a mark appended (src-renderer/pdf/copy-mark.ts), kept as an original of
 * its own with its own hash. The paper's bytes are never touched.
 */
export async function printCopy(paper: PaperRecord, order: PrintOrder, tools: PrintTools): Promise<Outcome<PrintReceipt>> {
  const copy = await makeCopy(paper, order.at, tools);
  if (!copy.ok) return copy;
  const stored = await tools.store({ bytes: copy.value, mediaType: 'application/pdf' });
  if (!stored.ok) return stored;
  return send(paper, stored.value.sha256, { ...order, copyNo: nextCopyNumber(paper) }, tools);
}

/** `unreadable-file` for a PDF that this product did not write. */
async function makeCopy(paper: PaperRecord, at: string, tools: PrintTools): Promise<Outcome<Uint8Array<ArrayBuffer>>> {
  if (!paper.pdf) return failed('evidence-missing');
  const { sha256 } = paper.pdf.evidence;
  const original = await tools.read({ sha256 });
  if (!original.ok) return original;
  return tools.markCopy(original.value.bytes, copyLine(paper, nextCopyNumber(paper), at));
}

/** What a copy says on each page: that it is one, which, when, and of which bytes. */
export function copyLine(paper: PaperRecord, copyNo: number, at: string): string {
  return `副本（第${copyNo}份）　${shanghaiDateTime(at)}由留存的原件打印　原件SHA-256前16位 ${paper.pdf?.evidence.sha256.slice(0, 16) ?? ''}`;
}

async function send(paper: PaperRecord, sha256: string, order: PrintOrder & { readonly copyNo: number }, tools: PrintTools): Promise<Outcome<PrintReceipt>> {
  const receipt = await tools.print({ sha256, title: `${paper.fieldNumber} ${paper.title}`.slice(0, 120), printer: order.printer, copies: order.copies });
  if (!receipt.ok || !tools.desk) return receipt;
  const print: Record<string, JsonValue> = { at: order.at, printer: receipt.value.printer.slice(0, 200), copyNo: order.copyNo, ...(order.copyNo > 0 ? { copySha256: sha256 } : {}) };
  const noted = await tools.desk.edit([{ recordType: 'document', recordId: paper.id, values: { [`prints/${tools.desk.newId()}`]: print } }]);
  return noted.ok ? done(receipt.value) : noted;
}
