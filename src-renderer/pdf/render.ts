import type { ContentOf, PaperContent } from '#shared/domain/documents/paper-content.ts';
import type { Outcome } from '#shared/kit/outcome.ts';
import { startWorker } from '../ui/trusted-worker.ts';
import type { PdfReply, PdfRequest, PdfResult } from './pdf-calls.ts';
import type { LayoutOptions } from './pdf-node.ts';
import workerAddress from './pdf-worker.ts?worker&url';

type Waiting = { readonly resolve: (reply: PdfReply) => void; readonly reject: (error: Error) => void };
type Line = { readonly worker: Worker; readonly waiting: Map<number, Waiting> };
type WithoutId<T> = T extends { readonly id: number } ? Omit<T, 'id'> : never;

let line: Line | null = null;
let nextId = 1;

/**
 * Content → PDF, in the worker. Equal content gives equal bytes (for a paper of the organ: with the same fonts installed). `missingGlyphs` are the characters that no font has;
 * they are shown as 〓, and whoever prints must say so first. Throws when a layout breaks, which is a bug.
 */
export async function renderPdf<K extends PaperContent['kind']>(definitionName: K, content: ContentOf<K>, options: LayoutOptions = { draft: false }): Promise<PdfResult> {
  if (content.kind !== definitionName) throw new Error(`${definitionName} asked for, ${content.kind} given`);
  const reply = await send({ call: 'write', content, options });
  if (reply.call !== 'write') throw new Error('the PDF worker answered another question');
  return reply.result;
}

/** The stored bytes followed by a mark on every page; `unreadable-file` for a PDF that we did not write. */
export async function copyOfPdf(original: Uint8Array, markLine: string): Promise<Outcome<Uint8Array<ArrayBuffer>>> {
  const reply = await send({ call: 'copy', original, line: markLine });
  if (reply.call !== 'copy') throw new Error('the PDF worker answered another question');
  return reply.result;
}

/** Loads the fonts once the window has nothing better to do, so that the first paper is as quick as the second. */
export function warmPdfWhenIdle(): void {
  if (line === null) warmWhenIdle(false);
}

/** The same before papers of the organ, which may be set in the system's 小标宋 and 仿宋. */
export function warmOfficialPdfWhenIdle(): void {
  warmWhenIdle(true);
}

function warmWhenIdle(official: boolean): void {
  requestIdleCallback(() => void send({ call: 'warm', official }).catch(() => undefined), { timeout: 3000 });
}

function send(request: WithoutId<PdfRequest>): Promise<PdfReply> {
  const { worker, waiting } = (line ??= open());
  const id = nextId++;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ ...request, id });
  });
}

function open(): Line {
  const worker = startWorker(workerAddress);
  const waiting = new Map<number, Waiting>();
  worker.addEventListener('message', (event: MessageEvent<PdfReply>) => {
    const reply = event.data;
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.call === 'failed') asked?.reject(new Error(reply.message));
    else asked?.resolve(reply);
  });
  // A worker that died (out of memory) is replaced at the next question.
  worker.addEventListener('error', (event) => {
    line = null;
    worker.terminate();
    for (const asked of waiting.values()) asked.reject(new Error(`the PDF worker stopped: ${event.message}`));
  });
  return { worker, waiting };
}
