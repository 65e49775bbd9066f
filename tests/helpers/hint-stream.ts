import type { TestLaptop } from './test-laptop.ts';

/** A laptop's stream of hints, read block by block. */
export type HintStream = {
  /** The next block; null when the stream has ended. */
  next(): Promise<string | null>;
  /** The position in the next news. */
  cursor(): Promise<number>;
  /** The first position at or beyond `least`. */
  cursorFrom(least: number): Promise<number>;
  toItsEnd(): Promise<'ended'>;
};

export async function listenTo(laptop: TestLaptop): Promise<HintStream> {
  const reply = await laptop.fetch('/v1/hints');
  if (!reply.body || reply.headers.get('content-type') !== 'text/event-stream') throw new Error(`no stream of hints: ${reply.status} ${await reply.text()}`);
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = '';
  const next = async (): Promise<string | null> => {
    for (;;) {
      const end = pending.indexOf('\n\n');
      if (end >= 0) {
        const block = pending.slice(0, end);
        pending = pending.slice(end + 2);
        return block;
      }
      const { value, done } = await reader.read();
      if (done) return null;
      pending += value;
    }
  };
  const cursorFrom = async (least: number): Promise<number> => {
    for (;;) {
      const block = await next();
      if (block === null) throw new Error('the stream of hints ended');
      const cursor = cursorIn(block);
      if (cursor >= least) return cursor;
    }
  };
  return {
    next, cursorFrom,
    cursor: () => cursorFrom(0),
    async toItsEnd() {
      while ((await next()) !== null);
      return 'ended';
    },
  };
}

/** NaN for what is no news. */
export function cursorIn(block: string | null): number {
  return Number(/^event: news\ndata: \{"cursor":(\d+)\}$/.exec(block ?? '')?.[1]);
}
