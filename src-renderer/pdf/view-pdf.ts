import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import pdfWorkerAddress from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import { startWorker } from '../ui/trusted-worker.ts';
import { gapScheme } from './paper-style.ts';

/** A clickable gap of a preview, in fractions of the page from its upper left corner. */
export type PaperGap = { readonly path: string; readonly left: number; readonly top: number; readonly width: number; readonly height: number };

export type OpenPdf = {
  readonly pages: number;
  /** Points; every page of a paper has the size of its first. */
  readonly size: { readonly width: number; readonly height: number };
  /** Paints a page (from 1) at `scale` CSS pixels a point, sharp on dense screens, and says where its gaps are. */
  paint(pageNumber: number, canvas: HTMLCanvasElement, scale: number, signal?: AbortSignal): Promise<{ readonly gaps: readonly PaperGap[] }>;
  close(): Promise<void>;
};

let library: Promise<typeof import('pdfjs-dist/legacy/build/pdf.mjs')> | null = null;
let port: Worker | null = null;

/**
 * Opens a PDF for looking at: read in pdf.js' own worker, painted in pieces on the window's thread. Nothing in the file
 * runs or is followed. Takes the bytes away from the caller. Rejects for bytes that are no PDF.
 */
export async function openPdf(bytes: Uint8Array): Promise<OpenPdf> {
  // The legacy build brings what Chromium 114 lacks; loaded with the first preview only.
  const pdfjs = await (library ??= import('pdfjs-dist/legacy/build/pdf.mjs'));
  port ??= startWorker(pdfWorkerAddress);
  const worker = pdfjs.PDFWorker.create({ port });
  const task = pdfjs.getDocument({ data: bytes, worker, isEvalSupported: false, useSystemFonts: false, enableXfa: false, useWasm: false, stopAtErrors: false });
  const pdf = await task.promise;
  const first = (await pdf.getPage(1)).getViewport({ scale: 1 });
  return {
    pages: pdf.numPages,
    size: { width: first.width, height: first.height },
    paint: (pageNumber, canvas, scale, signal) => paintPage(pdf, pageNumber, canvas, scale, signal),
    close: () => task.destroy(),
  };
}

async function paintPage(pdf: PDFDocumentProxy, pageNumber: number, canvas: HTMLCanvasElement, scale: number, signal?: AbortSignal): Promise<{ readonly gaps: readonly PaperGap[] }> {
  const page = await pdf.getPage(pageNumber);
  if (signal?.aborted) return { gaps: [] };
  const viewport = page.getViewport({ scale: scale * (window.devicePixelRatio || 1) });
  // Painted aside and shown at once: the page that is looked at never flickers.
  const aside = document.createElement('canvas');
  aside.width = Math.floor(viewport.width);
  aside.height = Math.floor(viewport.height);
  const work = page.render({ canvas: aside, viewport });
  signal?.addEventListener('abort', () => work.cancel(), { once: true });
  try {
    await work.promise;
  } catch (error) {
    if (signal?.aborted) return { gaps: [] };
    throw error;
  }
  canvas.width = aside.width;
  canvas.height = aside.height;
  canvas.getContext('2d')?.drawImage(aside, 0, 0);
  const gaps = (await page.getAnnotations()).flatMap((annotation) => gapOf(annotation, page.view));
  return { gaps };
}

function gapOf(annotation: { readonly url?: string; readonly unsafeUrl?: string; readonly rect?: readonly number[] }, view: readonly number[]): readonly PaperGap[] {
  const address = annotation.unsafeUrl ?? annotation.url ?? '';
  const [left = 0, bottom = 0, right = 0, top = 0] = annotation.rect ?? [];
  const [, , width = 1, height = 1] = view;
  if (!address.startsWith(gapScheme)) return [];
  return [{ path: address.slice(gapScheme.length), left: left / width, top: 1 - top / height, width: (right - left) / width, height: (top - bottom) / height }];
}
