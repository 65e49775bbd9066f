import { copyOfPdf, renderPdf } from '../../../../src-renderer/pdf/render.ts';
import { openPdf } from '../../../../src-renderer/pdf/view-pdf.ts';
import type { OpinionPaper } from '#shared/domain/documents/opinion-paper.ts';
import type { PaperContent } from '#shared/domain/documents/paper-content.ts';

/** What a test may do in the window: the product's own functions, with bytes as arrays so that they cross the debugger. */
const papers = {
  violations: [] as string[],

  async write(content: PaperContent, draft: boolean) {
    const startedAt = performance.now();
    const result = await renderPdf(content.kind, content as never, { draft });
    return { bytes: [...result.bytes], pages: result.pages, missingGlyphs: result.missingGlyphs, setIn: result.setIn, elapsedMs: performance.now() - startedAt };
  },

  /** The longest time that a timer of 4 ms had to wait for the window's thread while `content` was written, ms. */
  async longestPause(content: PaperContent): Promise<{ elapsedMs: number; pauseMs: number; byteLength: number; pages: number }> {
    let pauseMs = 0;
    let last = performance.now();
    const beat = (): void => {
      const now = performance.now();
      pauseMs = Math.max(pauseMs, now - last - 4);
      last = now;
    };
    const timer = setInterval(beat, 4);
    const startedAt = performance.now();
    const result = await renderPdf(content.kind, content as never, { draft: false });
    const elapsedMs = performance.now() - startedAt;
    beat();
    clearInterval(timer);
    return { elapsedMs, pauseMs, byteLength: result.bytes.length, pages: result.pages };
  },

  async docx(content: OpinionPaper) {
    const { opinionDocx } = await import('../../../../src-renderer/pdf/opinion-docx.ts');
    return [...(await opinionDocx(content))];
  },

  async copy(bytes: readonly number[], line: string) {
    const outcome = await copyOfPdf(new Uint8Array(bytes), line);
    return outcome.ok ? { ok: true as const, bytes: [...outcome.value] } : { ok: false as const, code: outcome.problem.code };
  },

  /** Opens in the preview and paints one page; says what is clickable on it. */
  async show(bytes: readonly number[], pageNumber: number) {
    const pdf = await openPdf(new Uint8Array(bytes));
    const canvas = document.createElement('canvas');
    document.body.replaceChildren(canvas);
    const painted = await pdf.paint(pageNumber, canvas, 1);
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
    let dark = 0;
    for (let index = 0; index < pixels.length; index += 4) if ((pixels[index] ?? 255) < 100 && (pixels[index + 3] ?? 0) > 200) dark += 1;
    const result = { pages: pdf.pages, width: canvas.width, height: canvas.height, dark, gaps: painted.gaps };
    await pdf.close();
    return result;
  },
};

document.addEventListener('securitypolicyviolation', (event) => papers.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
Object.assign(globalThis, { papers: () => papers });
document.documentElement.dataset['screen'] = 'ready';

export type Papers = typeof papers;
