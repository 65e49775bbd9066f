import type { PdfReply, PdfRequest } from './pdf-calls.ts';
import { markAsCopy } from './copy-mark.ts';
import { fetchOfficialFaces } from './official-faces.ts';
import { pdfWriter, type PdfWriter } from './write-pdf.ts';

// Long-lived: reading two fonts of 15 MB and taking their tables apart is most of the first paper's time.
const scope = self as unknown as {
  postMessage(reply: PdfReply, transfer: readonly Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: PdfRequest }) => void): void;
};

let writer: Promise<PdfWriter> | null = null;

scope.addEventListener('message', ({ data }) => {
  void answer(data).then(
    (reply) => scope.postMessage(reply, transferOf(reply)),
    (error: unknown) => scope.postMessage({ id: data.id, call: 'failed', message: error instanceof Error ? error.message : String(error) }, []),
  );
});

async function answer(request: PdfRequest): Promise<PdfReply> {
  const { font, write, warmOfficial } = await openWriter();
  switch (request.call) {
    case 'warm':
      if (request.official) await warmOfficial();
      return { id: request.id, call: 'warm', ready: true };
    case 'write':
      return { id: request.id, call: 'write', result: await write(request.content, request.options) };
    case 'copy':
      return { id: request.id, call: 'copy', result: markAsCopy(request.original, request.line, font) };
  }
}

/** The fonts again at the next request when they could not be read; once is enough when they could. */
async function openWriter(): Promise<PdfWriter> {
  writer ??= loadWriter();
  try {
    return await writer;
  } catch (error) {
    writer = null;
    throw error;
  }
}

async function loadWriter(): Promise<PdfWriter> {
  const [regular, bold] = await Promise.all([font('NotoSerifSC-Regular.ttf'), font('NotoSerifSC-Bold.ttf')]);
  return pdfWriter({ regular, bold }, () => fetchOfficialFaces(self.location.href));
}

async function font(name: string): Promise<Uint8Array> {
  const response = await fetch(new URL(`/fonts/${name}`, self.location.href));
  if (!response.ok) throw new Error(`font missing: ${name}`);
  return new Uint8Array(await response.arrayBuffer());
}

function transferOf(reply: PdfReply): readonly Transferable[] {
  if (reply.call === 'write') return [reply.result.bytes.buffer as ArrayBuffer];
  return reply.call === 'copy' && reply.result.ok ? [reply.result.value.buffer as ArrayBuffer] : [];
}
